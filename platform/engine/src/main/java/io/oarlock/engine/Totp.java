package io.oarlock.engine;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One-time passwords by time: RFC 6238 with the parameters that every authenticator app knows
 * (SHA-1, 30 s, six digits). A step is accepted once, and one step before or after the present.
 */
final class Totp {
  private static final int SECRET_BYTES = 20;
  private static final long STEP_SECONDS = 30;
  private static final int MODULUS = 1_000_000;
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Totp() {}

  /** A new secret in base 32 (RFC 4648), as apps take it. */
  static String secret() {
    var bytes = Ids.randomBytes(SECRET_BYTES);
    var text = new StringBuilder();
    for (var bit = 0; bit < bytes.length * 8; bit += 5) {
      var value = 0;
      for (var i = bit; i < bit + 5; i++) {
        value = (value << 1) | ((bytes[i / 8] >> (7 - (i % 8))) & 1);
      }
      text.append(ALPHABET.charAt(value));
    }
    return text.toString();
  }

  /** What apps scan. */
  static String uri(String account, String secret) {
    var name = URLEncoder.encode(account, StandardCharsets.UTF_8);
    return "otpauth://totp/Oarlock:" + name + "?secret=" + secret + "&issuer=Oarlock";
  }

  /** The step the code belongs to, if it is one that may be used now and was not used before. */
  static OptionalLong step(String code, String secret, Instant now, long lastStep) {
    var present = now.getEpochSecond() / STEP_SECONDS;
    for (var step = present - 1; step <= present + 1; step++) {
      if (step > lastStep && same(code, code(secret, step))) {
        return OptionalLong.of(step);
      }
    }
    return OptionalLong.empty();
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  static String code(String secret, long step) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(decode(secret), "HmacSHA1"));
      var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      var offset = hash[hash.length - 1] & 0xf;
      var number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & Integer.MAX_VALUE;
      return String.format(Locale.ROOT, "%06d", number % MODULUS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA1", e);
    }
  }

  private static byte[] decode(String secret) {
    var bytes = new byte[secret.length() * 5 / 8];
    for (var bit = 0; bit < bytes.length * 8; bit++) {
      var value = ALPHABET.indexOf(secret.charAt(bit / 5));
      var isSet = (value >> (4 - (bit % 5))) & 1;
      bytes[bit / 8] |= (byte) (isSet << (7 - (bit % 8)));
    }
    return bytes;
  }
}
