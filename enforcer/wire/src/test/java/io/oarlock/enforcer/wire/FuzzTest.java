package io.oarlock.enforcer.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Feeds each parser of a stranger's bytes with damaged messages for a while: whatever comes, it
 * answers with a refusal and nothing else. {@code -Dfuzz.millis} makes the while longer; the seed
 * is told by a failure.
 */
class FuzzTest {
  private static final long MILLIS = Long.getLong("fuzz.millis", 1500);

  private final Fixture fixture = new Fixture();
  private final byte[] plain = new byte[Records.PLAIN_MAX];

  private interface Parser {
    void read(byte[] bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"syn", "syn-ack", "ack", "profile", "record", "syn body"})
  void aParserAnswersDamageWithARefusal(String name) {
    var sample = Objects.requireNonNull(samples().get(name));
    var seed = System.nanoTime();
    var random = new Random(seed);
    var until = System.nanoTime() + MILLIS * 1_000_000;
    var refused = 0;
    while (System.nanoTime() < until) {
      var bytes = damage(sample.valid().value(), random);
      try {
        sample.parser().read(bytes);
      } catch (WireException e) {
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError(
            "seed " + seed + ", " + name + " of " + HexFormat.of().formatHex(bytes), e);
      }
    }
    assertThat(refused).isPositive();
  }

  private record Sample(Parser parser, Bytes valid) {
    Sample(Parser parser, byte[] valid) {
      this(parser, new Bytes(valid));
    }
  }

  private Map<String, Sample> samples() {
    var initiator = fixture.initiator();
    var answer = fixture.asked(initiator.syn()).answer(Protection.ENCRYPT);
    var agreed = initiator.answered(answer.synAck()).agree(Protection.ENCRYPT);
    var session = answer.agreed(agreed.ack());
    var body = Frame.read(initiator.syn(), Frame.Type.SYN).body();
    var record = RecordsTest.data(agreed.session().sealer(), new byte[300]);
    return Map.of(
        "syn", new Sample(this::syn, initiator.syn()),
        "syn body", new Sample(Bodies.Syn::read, body),
        "syn-ack", new Sample(initiator::answered, answer.synAck()),
        "ack", new Sample(answer::agreed, agreed.ack()),
        "profile", new Sample(this::profile, utf8(fixture.frontend.identity().profile())),
        "record", new Sample(bytes -> record(session.opener(), bytes), record));
  }

  private void syn(byte[] bytes) {
    Responder.asked(fixture.backend, bytes, Set.of(Fixture.AUDIENCE));
  }

  private void profile(byte[] bytes) {
    fixture.trust.verify(new String(bytes, StandardCharsets.UTF_8));
  }

  private void record(Opener opener, byte[] bytes) {
    if (bytes.length < Records.HEAD_BYTES || Records.lengthOf(bytes, 0) > bytes.length) {
      throw new WireException(Reason.MALFORMED, "incomplete");
    }
    opener.open(bytes, 0, Records.lengthOf(bytes, 0), plain, 0);
  }

  /** Flips, cuts, repeats, inserts; now and then keeps what the head says of the length true. */
  private static byte[] damage(byte[] valid, Random random) {
    var bytes = valid.clone();
    for (var i = random.nextInt(4); i >= 0; i--) {
      var at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        case 3 -> bytes = Frame.join(Arrays.copyOf(bytes, at), bytes);
        case 4 -> bytes[at] = (byte) "\"{}[],:\\0-9eE.=*!".charAt(random.nextInt(17));
        default -> {
          var more = new byte[random.nextInt(64)];
          random.nextBytes(more);
          bytes = Frame.join(bytes, more);
        }
      }
    }
    return bytes;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
