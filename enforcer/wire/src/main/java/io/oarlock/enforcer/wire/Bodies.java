package io.oarlock.enforcer.wire;

import io.oarlock.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** The bodies of the three messages, read strictly and written once. */
final class Bodies {
  static final int NONCE_BYTES = 32;
  private static final int SUITES_MAX = 8;
  private static final int AUDIENCE_MAX = 256;

  private Bodies() {}

  /** The first message: who I am, whom I want, what I can. */
  record Syn(
      List<String> suites,
      Bytes nonce,
      Bytes share,
      String profile,
      String audience,
      Instant time,
      Protection protection,
      long epoch) {
    private static final Set<String> NAMES =
        Set.of("suites", "nonce", "share", "profile", "audience", "time", "protection", "epoch");

    static Syn read(byte[] json) {
      var fields = Fields.read(json, NAMES);
      return new Syn(
          fields.texts("suites", SUITES_MAX),
          new Bytes(fields.bytes("nonce", NONCE_BYTES)),
          new Bytes(fields.bytes("share", Primitives.SHARE_BYTES)),
          fields.text("profile"),
          bounded(fields.text("audience")),
          Instant.ofEpochMilli(fields.whole("time")),
          Protection.ofWire(fields.text("protection")),
          fields.whole("epoch"));
    }

    byte[] write() {
      var tree = new LinkedHashMap<String, Object>();
      tree.put("suites", suites);
      tree.put("nonce", nonce.text());
      tree.put("share", share.text());
      tree.put("profile", profile);
      tree.put("audience", audience);
      tree.put("time", time.toEpochMilli());
      tree.put("protection", protection.wire());
      tree.put("epoch", epoch);
      return Json.write(tree);
    }
  }

  /** The second message: who I am, what I chose and what I insist on. */
  record SynAck(
      String suite, Bytes nonce, Bytes share, String profile, Protection protection, long epoch) {
    private static final Set<String> NAMES =
        Set.of("suite", "nonce", "share", "profile", "protection", "epoch");

    static SynAck read(byte[] json) {
      var fields = Fields.read(json, NAMES);
      return new SynAck(
          fields.text("suite"),
          new Bytes(fields.bytes("nonce", NONCE_BYTES)),
          new Bytes(fields.bytes("share", Primitives.SHARE_BYTES)),
          fields.text("profile"),
          Protection.ofWire(fields.text("protection")),
          fields.whole("epoch"));
    }

    byte[] write() {
      var tree = new LinkedHashMap<String, Object>();
      tree.put("suite", suite);
      tree.put("nonce", nonce.text());
      tree.put("share", share.text());
      tree.put("profile", profile);
      tree.put("protection", protection.wire());
      tree.put("epoch", epoch);
      return Json.write(tree);
    }
  }

  /** The third message: what we agreed on. */
  record Ack(Bytes initiatorNonce, Bytes responderNonce, Bytes transcript, Protection protection) {
    private static final Set<String> NAMES =
        Set.of("initiatorNonce", "responderNonce", "transcript", "protection");

    static Ack read(byte[] json) {
      var fields = Fields.read(json, NAMES);
      return new Ack(
          new Bytes(fields.bytes("initiatorNonce", NONCE_BYTES)),
          new Bytes(fields.bytes("responderNonce", NONCE_BYTES)),
          new Bytes(fields.bytes("transcript", Primitives.HASH_BYTES)),
          Protection.ofWire(fields.text("protection")));
    }

    byte[] write() {
      var tree = new LinkedHashMap<String, Object>();
      tree.put("initiatorNonce", initiatorNonce.text());
      tree.put("responderNonce", responderNonce.text());
      tree.put("transcript", transcript.text());
      tree.put("protection", protection.wire());
      return Json.write(tree);
    }
  }

  private static String bounded(String text) {
    if (text.length() > AUDIENCE_MAX) {
      throw new WireException(Reason.MALFORMED, "An audience is too long");
    }
    return text;
  }
}
