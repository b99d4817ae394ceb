package io.oarlock.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures trees without writing them. */
final class JsonSize {
  private JsonSize() {}

  /** Bytes of the compact UTF-8 JSON text of a tree. */
  static long of(@Nullable Object value) {
    return switch (value) {
      case null -> 4;
      case String text -> text(text);
      case Map<?, ?> map -> {
        var bytes = 1L + Math.max(1, map.size());
        for (var entry : map.entrySet()) {
          bytes += text((String) entry.getKey()) + 1 + of(entry.getValue());
        }
        yield bytes;
      }
      case List<?> list -> {
        var bytes = 1L + Math.max(1, list.size());
        for (var element : list) {
          bytes += of(element);
        }
        yield bytes;
      }
      default -> value.toString().length();
    };
  }

  private static long text(String text) {
    var bytes = 2L;
    for (var i = 0; i < text.length(); i++) {
      bytes += character(text.charAt(i));
    }
    return bytes;
  }

  private static int character(char c) {
    if (c < ' ') {
      return c == '\n' || c == '\t' || c == '\r' || c == '\b' || c == '\f' ? 2 : 6;
    }
    if (c < 0x80) {
      return c == '"' || c == '\\' ? 2 : 1;
    }
    return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }
}
