package io.oarlock.marketplace.bundle;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which paths files of a bundle may have. Bundles are never unpacked to disk here, but people
 * unpack them, and on other systems than they were packed on: what is another file there, or
 * another place, is refused.
 */
final class BundlePath {
  private static final Pattern PART = Pattern.compile("[\\p{L}\\p{M}\\p{N}_@+.-]+");
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");

  /** Names that Windows keeps for devices, whatever follows the dot. */
  private static final Set<String> DEVICES =
      Set.of(
          "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
          "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

  private BundlePath() {}

  /** What is wrong with a path; the first rule it breaks. */
  static Optional<Fault> fault(String path) {
    if (path.isEmpty()) {
      return fault("path-empty", path, "A file has no name.", "Give it one.");
    }
    if (path.length() > Limits.PATH_MAX) {
      return fault(
          "path-too-long",
          path.substring(0, 32) + "…",
          "A path has at most " + Limits.PATH_MAX + " characters, this one " + path.length() + ".",
          "Shorten it.");
    }
    if (path.indexOf('\0') >= 0) {
      return fault("path-nul", path, "A path holds the character NUL.", "Rename the file.");
    }
    if (path.indexOf('\\') >= 0) {
      return fault(
          "path-backslash", path, "A path holds a backslash.", "Separate folders by a slash.");
    }
    if (path.startsWith("/") || DRIVE.matcher(path).matches()) {
      return fault(
          "path-absolute", path, "A path is absolute.", "Pack the files relative to app.yaml.");
    }
    if (!Normalizer.isNormalized(path, Normalizer.Form.NFC)) {
      return fault(
          "path-not-nfc",
          path,
          "A path is not in Unicode's normal form C, so that two files can look alike.",
          "Rename the file with composed letters.");
    }
    var parts = path.split("/", -1);
    if (parts.length > Limits.PATH_PARTS_MAX) {
      return fault(
          "path-too-deep",
          path,
          "A path has at most " + Limits.PATH_PARTS_MAX + " parts, this one " + parts.length + ".",
          "Use fewer folders.");
    }
    for (var part : parts) {
      var found = part(path, part);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Fault> part(String path, String part) {
    if (part.equals("..")) {
      return fault(
          "path-parent",
          path,
          "A path leads out of its folder.",
          "Pack files below app.yaml only.");
    }
    if (part.isEmpty() || part.equals(".")) {
      return fault(
          "path-not-plain", path, "A path has an empty part or a dot.", "Write it without.");
    }
    if (!PART.matcher(part).matches()) {
      return fault(
          "path-characters",
          path,
          "A path has letters, digits, '-', '_', '.', '@' and '+' only.",
          "Rename the file.");
    }
    if (part.endsWith(".")) {
      return fault(
          "path-dot-at-end",
          path,
          "A part of a path ends with a dot, which some systems leave out.",
          "Rename the file.");
    }
    var stem = part.indexOf('.') < 0 ? part : part.substring(0, part.indexOf('.'));
    return DEVICES.contains(stem.toLowerCase(Locale.ROOT))
        ? fault(
            "path-device",
            path,
            "A part of a path is the name of a device on Windows.",
            "Rename the file.")
        : Optional.empty();
  }

  /** The same for paths that a file system could take for each other. */
  static String folded(String path) {
    var upper = Normalizer.normalize(path, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
    return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
  }

  /** Without what would steer a terminal or a log. */
  static String shown(String path) {
    return path.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Optional<Fault> fault(String code, String path, String reason, String fix) {
    return Optional.of(new Fault(code, shown(path), reason, fix));
  }
}
