package io.oarlock.marketplace.bundle;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a publisher says of a bundle: this digest is mine. The file is JSON with {@code publisher},
 * {@code digest} and {@code signature}; signed are a line that says what is signed, and the digest.
 */
public record Signature(PublicKey publisher, String digest, String base64) {
  /** The file it stands in, which is not part of the digest. */
  public static final String FILE = "signature.json";

  private static final String PURPOSE = "oarlock app bundle 1\n";
  private static final Set<String> MEMBERS = Set.of("publisher", "digest", "signature");

  static Signature make(String digest, PrivateKey key) {
    var bytes = key.sign(message(digest));
    return new Signature(key.publicKey(), digest, Base64.getEncoder().encodeToString(bytes));
  }

  static Signature read(byte[] file) throws BundleException {
    try {
      var tree = Json.parseObject(file);
      if (!tree.keySet().equals(MEMBERS)) {
        throw malformed("its members are not publisher, digest and signature");
      }
      return new Signature(
          PublicKey.parse(text(tree, "publisher")), text(tree, "digest"), text(tree, "signature"));
    } catch (JsonException | IllegalArgumentException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private static String text(Map<String, Object> tree, String member) {
    if (tree.get(member) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(member + " is no text");
  }

  byte[] file() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("publisher", publisher.toString());
    tree.put("digest", digest);
    tree.put("signature", base64);
    return (Json.pretty(tree) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Refused unless it is the publisher's word on exactly this digest. */
  void requireOf(String actual) throws BundleException {
    if (!digest.equals(actual)) {
      throw refusal(
          "changed",
          "The files are not those that were signed: their digest is " + actual + ".",
          "Get the bundle again; if you changed it, sign it anew.");
    }
    try {
      if (publisher.verifies(message(digest), Base64.getDecoder().decode(base64))) {
        return;
      }
    } catch (IllegalArgumentException _) {
      // No Base64, so no signature either.
    }
    throw refusal(
        "signature-wrong",
        "The signature is not that of " + publisher + ".",
        "Get the bundle again from its publisher.");
  }

  private static byte[] message(String digest) {
    return (PURPOSE + digest).getBytes(StandardCharsets.UTF_8);
  }

  private static BundleException malformed(String reason) {
    return refusal(
        "signature-unreadable", "It cannot be read: " + reason + ".", "Sign the bundle anew.");
  }

  private static BundleException refusal(String code, String reason, String fix) {
    return new BundleException(new Fault(code, FILE, reason, fix));
  }
}
