package io.oarlock.automations.graaljs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;

/// What Java lends to the prelude that does not belong to a single run.
final class HostFunctions {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int RANDOM_BYTES_MAX = 65536;
  private static final Set<String> DIGESTS = Set.of("SHA-1", "SHA-256", "SHA-384", "SHA-512");

  private HostFunctions() {}

  /// Adds the stateless functions to those of a run.
  static ProxyObject with(Map<String, Object> functions) {
    functions.put("randomUuid", (ProxyExecutable) args -> UUID.randomUUID().toString());
    functions.put("randomBytes", (ProxyExecutable) args -> randomBytes(args[0].asInt()));
    functions.put("digest", (ProxyExecutable) HostFunctions::digest);
    return ProxyObject.fromMap(functions);
  }

  /// Bytes travel as text of characters up to U+00FF: a host array would be a host object.
  private static String randomBytes(int count) {
    var bytes = new byte[Math.clamp(count, 0, RANDOM_BYTES_MAX)];
    RANDOM.nextBytes(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static Object digest(Value... args) {
    var algorithm = args[0].asString().toUpperCase(java.util.Locale.ROOT);
    if (!DIGESTS.contains(algorithm)) {
      throw new ScriptMistake("digest knows SHA-1, SHA-256, SHA-384 and SHA-512, not " + algorithm);
    }
    try {
      var data = args[1].asString().getBytes(StandardCharsets.ISO_8859_1);
      return new String(
          MessageDigest.getInstance(algorithm).digest(data), StandardCharsets.ISO_8859_1);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
