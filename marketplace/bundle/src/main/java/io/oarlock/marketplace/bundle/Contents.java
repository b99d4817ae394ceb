package io.oarlock.marketplace.bundle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gathers the files of a bundle while it is read, within the limits. Paths and twins are gathered
 * as faults; what exceeds a limit ends the reading.
 */
final class Contents {
  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private final Map<String, String> folded = new HashMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private long bytes;

  /** How many bytes a file of that size may have; ends the reading when it may not. */
  int room(String path, long size) throws BundleException {
    if (size > Limits.FILE_MAX) {
      throw new BundleException(
          new Fault(
              "file-too-large",
              BundlePath.shown(path),
              "A file has at most " + Limits.FILE_MAX + " bytes, this one " + size + ".",
              "Leave out what the app does not need."));
    }
    if (bytes + size > Limits.CONTENTS_MAX) {
      throw new BundleException(
          Fault.of(
              "contents-too-large",
              "The files of a bundle have at most " + Limits.CONTENTS_MAX + " bytes together.",
              "Leave out what the app does not need."));
    }
    return (int) size;
  }

  void add(String path, byte[] content) throws BundleException {
    room(path, content.length);
    if (files.size() == Limits.FILES_MAX) {
      throw new BundleException(
          Fault.of(
              "too-many-files",
              "A bundle has at most " + Limits.FILES_MAX + " files.",
              "Leave out what the app does not need."));
    }
    bytes += content.length;
    BundlePath.fault(path).ifPresentOrElse(faults::add, () -> twin(path));
    files.putIfAbsent(path, content);
  }

  private void twin(String path) {
    var other = folded.putIfAbsent(BundlePath.folded(path), path);
    if (path.equals(other)) {
      refuse(
          "twin",
          path,
          "Two files have the same path.",
          "Pack it once: readers disagree on which.");
    } else if (other != null) {
      refuse(
          "twin-case",
          path,
          "Its path differs from " + BundlePath.shown(other) + " only in case or compatible forms.",
          "Rename one of them: some systems take them for one file.");
    }
  }

  /** Notes a fault of one entry, whose content is left out. */
  void refuse(String code, String path, String reason, String fix) {
    faults.add(new Fault(code, BundlePath.shown(path), reason, fix));
  }

  /** The files by path; refused when any fault was noted. */
  SortedMap<String, byte[]> done() throws BundleException {
    if (!faults.isEmpty()) {
      throw new BundleException(faults);
    }
    return files;
  }
}
