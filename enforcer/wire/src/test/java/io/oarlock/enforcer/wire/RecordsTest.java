package io.oarlock.enforcer.wire;

import static io.oarlock.enforcer.wire.HandshakeTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordsTest {
  private static final byte[] SECRET = Primitives.sha256(new byte[] {1});
  private static final byte[] MARKER = "attack at dawn".getBytes(StandardCharsets.US_ASCII);

  private final byte[] plain = new byte[Records.PLAIN_MAX];

  @ParameterizedTest
  @EnumSource(names = {"INTEGRITY", "ENCRYPT"})
  void whatIsSealedAtOneEndIsOpenedAtTheOther(Protection protection) {
    var pair = new Fixture().shake(protection, protection);
    var sealer = pair.initiator().sealer();
    var opener = pair.responder().opener();
    var random = new Random(2);
    for (var i = 0; i < 200; i++) {
      var sent = new byte[1 + random.nextInt(Records.PLAIN_MAX)];
      random.nextBytes(sent);
      var opened = open(opener, data(sealer, sent));
      assertThat(opened.type()).isEqualTo(Records.Type.DATA);
      assertThat(Arrays.copyOf(plain, opened.length())).isEqualTo(sent);
    }
    assertThat(open(opener, sealer.end()).type()).isEqualTo(Records.Type.END);
    opener.finish();
  }

  @Test
  void encryptionHidesBytesAndIntegrityDoesNot() {
    assertThat(text(data(sealer(Protection.ENCRYPT), MARKER))).doesNotContain("dawn");
    assertThat(text(data(sealer(Protection.INTEGRITY), MARKER))).contains("dawn");
  }

  @ParameterizedTest
  @EnumSource(names = {"INTEGRITY", "ENCRYPT"})
  void noByteOfARecordCanBeChanged(Protection protection) {
    var record = data(sealer(protection), MARKER);
    for (var i = 0; i < record.length; i++) {
      var changed = record.clone();
      changed[i] ^= 1;
      var opener = opener(protection);
      org.assertj.core.api.Assertions.assertThatExceptionOfType(WireException.class)
          .as("byte %d", i)
          .isThrownBy(() -> open(opener, changed));
      if (i >= Records.HEAD_BYTES) {
        refused(Reason.TAMPERED, () -> open(opener, record));
      }
    }
  }

  @Test
  void aRecordRepeatedMovedOrLeftOutIsRefused() {
    var sealer = sealer(Protection.ENCRYPT);
    var first = data(sealer, new byte[] {1});
    var second = data(sealer, new byte[] {2});
    var repeating = opener(Protection.ENCRYPT);
    open(repeating, first);
    refused(Reason.TAMPERED, () -> open(repeating, first));
    refused(Reason.TAMPERED, () -> open(opener(Protection.ENCRYPT), second));
  }

  @Test
  void aRecordSentBackIsRefused() {
    var pair = new Fixture().shake(Protection.ENCRYPT, Protection.ENCRYPT);
    var record = data(pair.initiator().sealer(), MARKER);
    refused(Reason.TAMPERED, () -> open(pair.initiator().opener(), record));
  }

  @Test
  void aStreamWithoutItsEndWasCut() {
    var opener = opener(Protection.ENCRYPT);
    open(opener, data(sealer(Protection.ENCRYPT), MARKER));
    refused(Reason.TRUNCATED, opener::finish);
  }

  @Test
  void nothingFollowsTheEnd() {
    var sealer = sealer(Protection.ENCRYPT);
    var opener = opener(Protection.ENCRYPT);
    var end = sealer.end();
    open(opener, end);
    refused(Reason.TAMPERED, () -> open(opener, end));
    org.assertj.core.api.Assertions.assertThatIllegalStateException()
        .isThrownBy(() -> data(sealer, MARKER));
  }

  @Test
  void bothEndsStepToTheNextKeyTogether() {
    var sealer = new Sealer(new TrafficKey(SECRET, Protection.ENCRYPT, 3));
    var opener = new Opener(new TrafficKey(SECRET, Protection.ENCRYPT, 3));
    var never = new Opener(new TrafficKey(SECRET, Protection.ENCRYPT, 1000));
    for (var i = 0; i < 20; i++) {
      var record = data(sealer, MARKER);
      assertThat(open(opener, record).length()).isEqualTo(MARKER.length);
      if (i < 3) {
        open(never, record);
      } else if (i == 3) {
        refused(Reason.TAMPERED, () -> open(never, record));
      }
    }
  }

  private static Sealer sealer(Protection protection) {
    return new Sealer(new TrafficKey(SECRET, protection));
  }

  private static Opener opener(Protection protection) {
    return new Opener(new TrafficKey(SECRET, protection));
  }

  static byte[] data(Sealer sealer, byte[] plain) {
    var out = new byte[plain.length + Records.OVERHEAD_BYTES];
    assertThat(sealer.data(plain, 0, plain.length, out, 0)).isEqualTo(out.length);
    return out;
  }

  private Opener.Opened open(Opener opener, byte[] record) {
    return opener.open(record, 0, Records.lengthOf(record, 0), plain, 0);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
