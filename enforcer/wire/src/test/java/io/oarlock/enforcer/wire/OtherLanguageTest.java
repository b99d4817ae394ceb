package io.oarlock.enforcer.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.oarlock.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A verifier in Python, written from PROTOCOL.md, is shown what the Java code made. */
class OtherLanguageTest {
  private static final Path VERIFIER = Path.of("src/test/python/verify_handshake.py");
  private static final List<Protection> PROTECTIONS =
      List.of(Protection.AUTHORISE, Protection.INTEGRITY, Protection.ENCRYPT);
  private static final String PYTHON = "/usr/bin/python3";

  private final Fixture fixture = new Fixture();
  private final Random random = new Random(3);

  @Test
  void whatJavaMadePythonVerifies() throws Exception {
    var captures = new ArrayList<Map<String, Object>>();
    var expected = new ArrayList<String>();
    for (var i = 0; i < 30; i++) {
      var capture = new LinkedHashMap<String, Object>();
      expected.add(capture(PROTECTIONS.get(i % 3), capture));
      captures.add(capture);
    }
    assertThat(verify(captures)).isEqualTo(expected);
  }

  @Test
  void whatWasChangedOnTheWayPythonRefusesToo() throws Exception {
    var captures = new ArrayList<Map<String, Object>>();
    for (var i = 0; i < 150; i++) {
      var capture = new LinkedHashMap<String, Object>();
      capture(Protection.ENCRYPT, capture);
      var field =
          List.of("syn", "synAck", "ack", "initiatorRecords", "responderRecords").get(i % 5);
      capture.put(field, changed(String.valueOf(capture.get(field))));
      captures.add(capture);
    }
    assertThat(verify(captures)).hasSize(150).allMatch(line -> line.startsWith("refused "));
  }

  private String changed(String hex) {
    var bytes = HexFormat.of().parseHex(hex);
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return HexFormat.of().formatHex(bytes);
  }

  /** Fills in a capture and gives what a verifier must say of it. */
  private String capture(Protection protection, Map<String, Object> capture) {
    var randoms = ((Fixture.Recording) fixture.frontend.random()).given;
    randoms.clear();
    var initiator = fixture.initiator();
    var answer = fixture.asked(initiator.syn()).answer(protection);
    var agreed = initiator.answered(answer.synAck()).agree(Protection.AUTHORISE);
    var responder = answer.agreed(agreed.ack());
    var sent = new byte[1 + random.nextInt(40_000)];
    random.nextBytes(sent);
    capture.put("authority", der());
    capture.put("namespace", "/acme");
    capture.put("audience", Fixture.AUDIENCE);
    capture.put("now", Fixture.NOON.toEpochMilli());
    capture.put("initiatorSecret", hex(randoms.getFirst()));
    capture.put("syn", hex(initiator.syn()));
    capture.put("synAck", hex(answer.synAck()));
    capture.put("ack", hex(agreed.ack()));
    var plain = protection == Protection.AUTHORISE;
    capture.put("initiatorRecords", plain ? "" : hex(records(agreed.session().sealer(), sent)));
    capture.put("responderRecords", plain ? "" : hex(records(responder.sealer(), sent)));
    return "ok %s %s %s"
        .formatted(
            hex(responder.transcript()),
            hex(agreed.session().export("test", 32)),
            hex(plain ? Primitives.sha256() : Primitives.sha256(sent, sent)));
  }

  private String der() {
    try {
      return Base64.getEncoder().encodeToString(fixture.authority.certificate().getEncoded());
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] records(Sealer sealer, byte[] sent) {
    var all = new byte[0];
    for (var at = 0; at < sent.length; at += Records.PLAIN_MAX) {
      var end = Math.min(sent.length, at + Records.PLAIN_MAX);
      all = Frame.join(all, RecordsTest.data(sealer, java.util.Arrays.copyOfRange(sent, at, end)));
    }
    return Frame.join(all, sealer.end());
  }

  private static List<String> verify(List<Map<String, Object>> captures)
      throws IOException, InterruptedException {
    requireVerifier();
    var process =
        new ProcessBuilder(PYTHON, VERIFIER.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      try (var input = process.getOutputStream()) {
        for (var capture : captures) {
          input.write(Json.write(capture));
          input.write('\n');
        }
      }
      return process.inputReader().lines().toList();
    } finally {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static void requireVerifier() throws IOException, InterruptedException {
    var probe =
        java.nio.file.Files.isExecutable(Path.of(PYTHON))
            && new ProcessBuilder(PYTHON, "-c", "import cryptography").start().waitFor() == 0;
    assumeTrue(
        probe || System.getenv("CI") != null,
        "no " + PYTHON + " with the package python3-cryptography");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
