package io.oarlock.marketplace.bundle;

import io.oarlock.model.Formats;
import io.oarlock.model.ModelReader;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import io.oarlock.model.TreeCodec;
import io.oarlock.model.Validator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An app as it travels: a manifest and the files it speaks of, known by the digest of its contents.
 *
 * @param files by path, the manifest and the signature among them
 * @param digest of all files but the signature: {@code sha256:…}
 * @param signature checked against the digest; whether its publisher is trusted is {@link Trust}'s
 *     question
 */
public record Bundle(
    AppManifest manifest,
    SortedMap<String, byte[]> files,
    String digest,
    Optional<Signature> signature) {
  /** The file that says what the app is. */
  public static final String MANIFEST = "app.yaml";

  private static final ResourceType TYPE =
      ModelReader.load(List.of(AppManifest.class)).require("app");

  public Bundle {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /**
   * Reads a zip or tar.gz.
   *
   * @param platform the types its resources can be of
   */
  public static Bundle read(byte[] archive, ResourceModel platform) throws BundleException {
    if (archive.length > Limits.ARCHIVE_MAX) {
      throw new BundleException(
          Fault.of(
              "archive-too-large",
              "A packed bundle has at most "
                  + Limits.ARCHIVE_MAX
                  + " bytes, this one "
                  + archive.length
                  + ".",
              "Leave out what the app does not need."));
    }
    var contents = new Contents();
    if (ZipReader.isZip(archive)) {
      ZipReader.read(archive, contents);
    } else if (TarReader.isGzip(archive)) {
      TarReader.read(archive, contents);
    } else {
      throw new BundleException(
          Fault.of(
              "no-archive",
              "It is neither a zip nor a tar.gz.",
              "Pack it with oarlock app build."));
    }
    return of(contents.done(), platform);
  }

  /** Reads a folder; what is in it may be changed and packed afterwards. */
  public static Bundle readFolder(Path folder, ResourceModel platform)
      throws BundleException, IOException {
    var contents = new Contents();
    FolderReader.read(folder, contents);
    return of(contents.done(), platform);
  }

  private static Bundle of(SortedMap<String, byte[]> files, ResourceModel platform)
      throws BundleException {
    var digest = Digests.of(files);
    var signature = Optional.<Signature>empty();
    if (files.containsKey(Signature.FILE)) {
      signature = Optional.of(Signature.read(files.get(Signature.FILE)));
      signature.get().requireOf(digest);
    }
    var manifest = manifest(files, platform);
    var faults = new ArrayList<>(References.faults(manifest, files));
    faults.addAll(Makeable.faults(manifest, platform));
    if (!faults.isEmpty()) {
      throw new BundleException(faults);
    }
    return new Bundle(manifest, files, digest, signature);
  }

  private static AppManifest manifest(Map<String, byte[]> files, ResourceModel platform)
      throws BundleException {
    var file = files.get(MANIFEST);
    if (file == null) {
      throw new BundleException(
          Fault.of(
              "no-manifest",
              "There is no " + MANIFEST + " at its top.",
              "Pack the files themselves, not the folder they are in."));
    }
    var tree = AppYaml.read(file);
    var names = platform.types().stream().map(ResourceType::name).toList();
    var validator = new Validator(Formats.of(names, Map.of()));
    var wrong = validator.validate(TYPE, tree, Validator.Mode.CREATE, Optional.empty());
    if (!wrong.isEmpty()) {
      throw new BundleException(wrong.stream().map(Fault::of).toList());
    }
    return TreeCodec.of(AppManifest.class).decode(validator.complete(TYPE, tree));
  }

  /** The same, signed; a signature it had before is replaced. */
  public Bundle signed(PrivateKey key) {
    var made = Signature.make(digest, key);
    var all = new TreeMap<>(files);
    all.put(Signature.FILE, made.file());
    return new Bundle(manifest, all, digest, Optional.of(made));
  }

  /** Packed as a zip; the same contents give the same bytes. */
  public byte[] pack() {
    return Packer.zip(files);
  }

  /** The text of a file that the manifest speaks of. */
  String text(String path) {
    return new String(files.get(path), java.nio.charset.StandardCharsets.UTF_8);
  }
}
