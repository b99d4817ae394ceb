package io.oarlock.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Password hashes: Argon2id (RFC 9106) with the second recommended option's passes and lanes scaled
 * to 19 MiB, as the OWASP password storage cheat sheet gives it.
 */
final class Passwords {
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  private Passwords() {}

  static String hash(String password) {
    var salt = Ids.randomBytes(SALT_BYTES);
    var encoder = Base64.getEncoder().withoutPadding();
    return "argon2id:v19:"
        + encoder.encodeToString(salt)
        + ":"
        + encoder.encodeToString(derive(password, salt));
  }

  static boolean verify(String password, String stored) {
    var parts = stored.split(":", 4);
    if (parts.length != 4 || !parts[0].equals("argon2id")) {
      return false;
    }
    var salt = Base64.getDecoder().decode(parts[2]);
    return MessageDigest.isEqual(derive(password, salt), Base64.getDecoder().decode(parts[3]));
  }

  private static byte[] derive(String password, byte[] salt) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(MEMORY_KIB)
            .withIterations(PASSES)
            .withParallelism(LANES)
            .withSalt(salt)
            .build());
    var hash = new byte[HASH_BYTES];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
