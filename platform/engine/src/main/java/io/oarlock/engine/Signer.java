package io.oarlock.engine;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages as Standard Webhooks 1.0.0 say: each shared secret gives a v1 signature, so that
 * two of them are good while one replaces the other, and the key pair gives a v1a signature.
 */
final class Signer {
  private static final String SECRET = "whsec_";
  private static final String PUBLIC = "whpk_";
  private static final String PRIVATE = "whsk_";
  private static final int SECRET_BYTES = 32;

  private final List<byte[]> secrets;
  private final Optional<Instant> oldUntil;
  private final Optional<PrivateKey> key;

  /** What a new hook is given. */
  record Keys(String secret, String publicKey, String privateKey) {
    static Keys make() {
      var encoder = Base64.getEncoder();
      try {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return new Keys(
            newSecret(),
            PUBLIC + encoder.encodeToString(pair.getPublic().getEncoded()),
            PRIVATE + encoder.encodeToString(pair.getPrivate().getEncoded()));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("Ed25519 is not available in this JDK", e);
      }
    }

    static String newSecret() {
      return SECRET + Base64.getEncoder().encodeToString(Ids.randomBytes(SECRET_BYTES));
    }

    @Override
    public String toString() {
      return "Keys[publicKey=" + publicKey + "]";
    }
  }

  /**
   * A signer.
   *
   * @param secrets the newest first
   * @param oldUntil until when those after the first sign as well
   */
  Signer(List<String> secrets, Optional<Instant> oldUntil, Optional<String> privateKey) {
    this.oldUntil = oldUntil;
    this.secrets =
        secrets.stream().map(secret -> decode(secret.substring(SECRET.length()))).toList();
    this.key = privateKey.map(text -> privateKey(decode(text.substring(PRIVATE.length()))));
  }

  private static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private static PrivateKey privateKey(byte[] encoded) {
    try {
      return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A stored signing key is no Ed25519 key", e);
    }
  }

  /** The three headers of a message sent now. */
  Map<String, String> headers(String id, Instant now, byte[] body) {
    var seconds = Long.toString(now.getEpochSecond());
    var signed = concat((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8), body);
    var headers = new LinkedHashMap<String, String>();
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", seconds);
    headers.put("webhook-signature", signatures(signed, now));
    return headers;
  }

  private List<byte[]> inForce(Instant now) {
    var isOver = oldUntil.filter(end -> !now.isBefore(end)).isPresent();
    return isOver && !secrets.isEmpty() ? secrets.subList(0, 1) : secrets;
  }

  private String signatures(byte[] signed, Instant now) {
    var encoder = Base64.getEncoder();
    var found = new ArrayList<String>();
    try {
      for (var secret : inForce(now)) {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        found.add("v1," + encoder.encodeToString(mac.doFinal(signed)));
      }
      if (key.isPresent()) {
        var signature = Signature.getInstance("Ed25519");
        signature.initSign(key.get());
        signature.update(signed);
        found.add("v1a," + encoder.encodeToString(signature.sign()));
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK cannot sign messages", e);
    }
    return String.join(" ", found);
  }

  private static byte[] concat(byte[] one, byte[] two) {
    var both = new byte[one.length + two.length];
    System.arraycopy(one, 0, both, 0, one.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }
}
