package io.oarlock.marketplace.bundle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;

/**
 * The name that contents give themselves: SHA-256 over a line for each file, in the order of paths,
 * with the SHA-256 of its content, its size and its path. How it was packed makes no difference.
 */
final class Digests {
  private static final String ALGORITHM = "SHA-256";

  private Digests() {}

  static String of(SortedMap<String, byte[]> files) {
    var lines = new StringBuilder();
    files.forEach((path, content) -> {
      if (!path.equals(Signature.FILE)) {
        lines.append(hex(content)).append(' ').append(content.length).append(' ');
        lines.append(path).append('\n');
      }
    });
    return of(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  static String of(byte[] bytes) {
    return "sha256:" + hex(bytes);
  }

  private static String hex(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(ALGORITHM).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JDK has no " + ALGORITHM, e);
    }
  }
}
