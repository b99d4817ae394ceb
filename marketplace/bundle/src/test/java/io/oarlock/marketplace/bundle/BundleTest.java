package io.oarlock.marketplace.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
  private final PrivateKey key = PrivateKey.make();

  @Test
  void oneContentHasOneDigestHoweverItTravels(@TempDir Path folder) throws Exception {
    for (var file : Apps.files().entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    var expected = Apps.good().digest();

    assertThat(Bundle.readFolder(folder, Apps.PLATFORM).digest()).isEqualTo(expected);
    assertThat(Bundle.read(RawZip.of(Apps.files()).bytes(), Apps.PLATFORM).digest())
        .isEqualTo(expected);
    assertThat(Bundle.read(RawTar.of(Apps.files()).gzipped(), Apps.PLATFORM).digest())
        .isEqualTo(expected);
  }

  @Test
  void theTarOfTheSystemIsRead(@TempDir Path folder) throws Exception {
    var app = Files.createDirectory(folder.resolve("app"));
    for (var file : Apps.files().entrySet()) {
      Files.write(app.resolve(file.getKey()), file.getValue());
    }
    var archive = folder.resolve("app.tar.gz");
    var tar = new ProcessBuilder("tar", "-czf", archive.toString(), "-C", app.toString(), ".");
    assertThat(tar.inheritIO().start().waitFor()).isZero();

    assertThat(Bundle.read(Files.readAllBytes(archive), Apps.PLATFORM).digest())
        .isEqualTo(Apps.good().digest());
  }

  @Test
  void aSymbolicLinkInAFolderIsRefused(@TempDir Path folder) throws Exception {
    var elsewhere = Files.writeString(folder.resolve("elsewhere.yaml"), Apps.YAML);
    Files.createSymbolicLink(folder.resolve("app.yaml"), elsewhere);

    assertThatExceptionOfType(BundleException.class)
        .isThrownBy(() -> Bundle.readFolder(folder, Apps.PLATFORM))
        .withMessageContaining("symbolic link");
  }

  @Test
  void packingTwiceGivesTheSameBytes() throws Exception {
    var bundle = Apps.good().signed(key);

    var again = Bundle.read(bundle.pack(), Apps.PLATFORM);

    assertThat(again.pack()).isEqualTo(bundle.pack());
    assertThat(again.digest()).isEqualTo(bundle.digest());
    assertThat(again.manifest()).isEqualTo(bundle.manifest());
  }

  @Test
  void everyChangedByteOfASignedAppIsNoticed() throws Exception {
    var signed = Apps.good().signed(key);
    for (var path : signed.files().keySet()) {
      var content = signed.files().get(path);
      for (var i = 0; i < content.length; i++) {
        var files = new TreeMap<>(signed.files());
        var changed = content.clone();
        changed[i] ^= 1;
        files.put(path, changed);
        assertThat(isTaken(files)).as("%s, byte %d", path, i).isFalse();
      }
    }
  }

  /** A changed byte of the key is that of a publisher nobody trusts, if it is one at all. */
  private boolean isTaken(SortedMap<String, byte[]> files) {
    try {
      new Trust(Set.of(key.publicKey()), Set.of())
          .require(Bundle.read(Packer.zip(files), Apps.PLATFORM));
      return true;
    } catch (BundleException _) {
      return false;
    }
  }

  @Test
  void onlyTrustedPublishersAreTaken() throws Exception {
    var unsigned = Apps.good();
    var signed = unsigned.signed(key);
    var known = key.publicKey();

    new Trust(Set.of(known), Set.of()).require(signed);
    assertThat(refusal(new Trust(Set.of(known), Set.of()), unsigned)).isEqualTo("unsigned");
    assertThat(refusal(new Trust(Set.of(), Set.of()), signed)).isEqualTo("unknown-publisher");
    assertThat(refusal(new Trust(Set.of(known), Set.of(known)), signed)).isEqualTo("revoked");
  }

  private static String refusal(Trust trust, Bundle bundle) {
    var refused = catchThrowableOfType(BundleException.class, () -> trust.require(bundle));
    return refused.faults().getFirst().code();
  }

  @Test
  void keysSurviveTheirFiles() {
    assertThat(PrivateKey.parse(key.pem()).publicKey()).isEqualTo(key.publicKey());
    assertThat(PublicKey.parse(key.publicKey().toString())).isEqualTo(key.publicKey());
    assertThat(key.toString()).doesNotContain(key.pem().lines().toList().get(1));
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    var yaml =
        Apps.YAML
            .replace("${file:main.js}", "${file:man.js}")
            .replace("${parameters.level}", "${parameters.levl}");

    var refused = catchThrowableOfType(BundleException.class, () -> Apps.read(yaml));

    assertThat(refused.faults())
        .extracting(Fault::code)
        .containsExactlyInAnyOrder("no-such-file", "unknown-parameter", "undeclared-file");
    assertThat(refused).hasMessageContaining("Did you mean \"main.js\"?");
    assertThat(refused).hasMessageContaining("Did you mean \"level\"?");
  }
}
