package io.oarlock.store;

import io.oarlock.model.NamespacePath;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values as bytes whose unsigned order is the order of the values. Each encoding is prefix-free, so
 * that encodings can be put one after another and still compare as a tuple.
 *
 * <p>Across kinds the order is absent, numbers, text, booleans. Text is ordered by code point. A
 * text longer than {@link #TEXT_MAX} bytes is cut there and told apart by a hash.
 *
 * <p>A namespace is encoded with its slashes below every other byte, which makes a namespace and
 * all below it one range.
 */
final class Keys {
  /** Bytes of a text that go into a key as they are. */
  static final int TEXT_MAX = 512;

  static final int ABSENT = 0x05;
  static final int NUMBER = 0x20;
  static final int TEXT = 0x30;
  static final int BOOLEAN = 0x40;

  private static final int END = 0x01;
  private static final int CUT = 0x02;
  private static final int HASH_LENGTH = 16;
  private static final int SLASH = 0x01;

  private Keys() {}

  static void value(ByteSink out, @Nullable Object value) {
    switch (value) {
      case null -> out.u8(ABSENT);
      case Long number -> number(out, number.doubleValue(), number);
      case Integer number -> number(out, number.doubleValue(), number);
      case Double number -> number(out, number, number.longValue());
      case String text -> text(out, text);
      case Boolean truth -> out.u8(BOOLEAN).u8(truth ? 1 : 0);
      default ->
          throw new IllegalArgumentException(
              "Neither text, number nor boolean: " + value.getClass().getName());
    }
  }

  static byte[] value(@Nullable Object value) {
    var out = new ByteSink(32);
    value(out, value);
    return out.toBytes();
  }

  // The double orders all numbers; the long tells apart those that a double rounds together.
  private static void number(ByteSink out, double number, long whole) {
    var bits = Double.doubleToLongBits(number == 0 ? 0.0 : number);
    out.u8(NUMBER).i64(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE).i64(whole ^ Long.MIN_VALUE);
  }

  private static void text(ByteSink out, String text) {
    var utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.u8(TEXT);
    escaped(out, utf8, Math.min(utf8.length, TEXT_MAX));
    if (utf8.length <= TEXT_MAX) {
      out.u8(0).u8(END);
    } else {
      out.u8(0).u8(CUT).raw(sha256(utf8), 0, HASH_LENGTH);
    }
  }

  /** Where the value that begins at an offset ends. */
  static int end(byte[] key, int offset) {
    return switch (key[offset]) {
      case ABSENT -> offset + 1;
      case BOOLEAN -> offset + 2;
      case NUMBER -> offset + 17;
      case TEXT -> textEnd(key, offset + 1);
      default -> throw new StoreException("An index key has the unknown tag " + key[offset], null);
    };
  }

  private static int textEnd(byte[] key, int offset) {
    var at = offset;
    while (key[at] != 0 || key[at + 1] == (byte) 0xFF) {
      at += key[at] == 0 ? 2 : 1;
    }
    return at + 2 + (key[at + 1] == CUT ? HASH_LENGTH : 0);
  }

  /** The start of every text that starts with this one. */
  static byte[] textPrefix(String prefix) {
    var utf8 = prefix.getBytes(StandardCharsets.UTF_8);
    var out = new ByteSink(utf8.length + 1).u8(TEXT);
    escaped(out, utf8, Math.min(utf8.length, TEXT_MAX));
    return out.toBytes();
  }

  /** Whether the key holds the whole text, so that comparing keys is comparing texts. */
  static boolean whole(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length <= TEXT_MAX;
  }

  private static void escaped(ByteSink out, byte[] utf8, int length) {
    for (var i = 0; i < length; i++) {
      out.u8(utf8[i]);
      if (utf8[i] == 0) {
        out.u8(0xFF);
      }
    }
  }

  static void namespace(ByteSink out, NamespacePath namespace) {
    namespacePrefix(out, namespace);
    out.u8(0);
  }

  /** The start of the namespace and of all below it. */
  private static void namespacePrefix(ByteSink out, NamespacePath namespace) {
    for (var b : namespace.value().getBytes(StandardCharsets.UTF_8)) {
      out.u8(b == '/' ? SLASH : b);
    }
  }

  /** First key beyond the namespaces below this one. */
  static byte[] afterBelow(byte[] prefix, NamespacePath namespace) {
    var out = new ByteSink(prefix.length + 64).raw(prefix);
    if (!namespace.isRoot()) {
      namespacePrefix(out, namespace);
    }
    return out.u8(SLASH + 1).toBytes();
  }

  /** Reads the namespace that starts at an offset. */
  static NamespacePath namespaceAt(byte[] key, int offset) {
    var end = offset;
    while (key[end] != 0) {
      end++;
    }
    var text = new String(key, offset, end - offset, StandardCharsets.UTF_8);
    return NamespacePath.of(text.replace((char) SLASH, '/'));
  }

  /** First key that does not start with the prefix. */
  static byte[] after(byte[] prefix) {
    var end = prefix.length;
    while (end > 0 && prefix[end - 1] == (byte) 0xFF) {
      end--;
    }
    var next = Arrays.copyOf(prefix, end);
    next[end - 1]++;
    return next;
  }

  static byte[] join(byte[] first, byte[] second) {
    var both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
