package io.oarlock.engine;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

/**
 * Identifiers: 48 bits of milliseconds and 72 random bits in 24 characters of an alphabet whose
 * order is text order, so that ids of one type sort by time and new ones are put at the end of an
 * index.
 */
final class Ids {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int LENGTH = 24;
  private static final int RANDOM_BYTES = 9;

  private Ids() {}

  static String next() {
    return at(Instant.now());
  }

  static String at(Instant time) {
    return of(time, randomBytes(RANDOM_BYTES));
  }

  /** The same id for the same time and name, and another for any other. */
  static String of(Instant time, String name) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return of(time, digest.digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static String of(Instant time, byte[] random) {
    var millis = time.toEpochMilli();
    var text = new char[LENGTH];
    for (int i = 9; i >= 0; i--) {
      text[i] = ALPHABET.charAt((int) (millis & 31));
      millis >>>= 5;
    }
    for (int i = 10; i < LENGTH; i++) {
      text[i] = ALPHABET.charAt(bits(random, (i - 10) * 5));
    }
    return new String(text);
  }

  private static int bits(byte[] bytes, int from) {
    var value = 0;
    for (int i = from; i < from + 5; i++) {
      value = (value << 1) | ((bytes[i / 8] >> (7 - i % 8)) & 1);
    }
    return value;
  }

  /** A secret for URLs and headers: 256 random bits. */
  static String secret() {
    var random = new byte[32];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  static byte[] randomBytes(int count) {
    var random = new byte[count];
    RANDOM.nextBytes(random);
    return random;
  }
}
