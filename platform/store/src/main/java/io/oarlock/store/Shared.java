package io.oarlock.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values made of short texts that come again and again: attribute names, namespace paths. A slot
 * holds the last value that fell into it, so memory is bounded and nobody waits; two threads that
 * race for a slot at worst make a value twice.
 */
final class Shared<T> {
  private static final int SLOTS = 4096;
  private static final int LENGTH_MAX = 256;

  private record Slot<T>(ByteKey utf8, T value) {}

  private final @Nullable Slot<T>[] slots;
  private final Function<String, T> make;

  @SuppressWarnings({
    "unchecked",
    "rawtypes"
  }) // an array of a generic type cannot be made otherwise
  Shared(Function<String, T> make) {
    this.slots = new Slot[SLOTS];
    this.make = make;
  }

  T of(byte[] bytes, int offset, int length) {
    if (length > LENGTH_MAX) {
      return make.apply(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }
    var hash = length;
    for (var i = offset; i < offset + length; i++) {
      hash = hash * 31 + bytes[i];
    }
    var index = (hash ^ hash >>> 15) & (SLOTS - 1);
    var slot = slots[index];
    if (slot != null && slot.utf8.isAt(bytes, offset, length)) {
      return slot.value;
    }
    var utf8 = Arrays.copyOfRange(bytes, offset, offset + length);
    var made = make.apply(new String(utf8, StandardCharsets.UTF_8));
    slots[index] = new Slot<>(new ByteKey(utf8), made);
    return made;
  }
}
