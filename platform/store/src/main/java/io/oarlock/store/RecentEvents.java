package io.oarlock.store;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest events, read once for all who follow the log: reactions, audit, mirrors and
 * subscribers ask for the same ones within milliseconds. None of them changes what it reads.
 *
 * <p>A slot holds the last event whose sequence fell into it. Only events that are durable are
 * offered, and a sequence never stands for two of those.
 */
final class RecentEvents {
  private static final int SLOTS = 512;

  /** Larger events are read each time, which bounds what is held to a few megabytes. */
  private static final int BYTES_MAX = 8 << 10;

  private final AtomicReferenceArray<@Nullable Event> slots = new AtomicReferenceArray<>(SLOTS);

  /** The event of a sequence, whose stored form is given. */
  Event event(long sequence, byte[] stored) {
    var slot = (int) (sequence & (SLOTS - 1));
    var known = slots.get(slot);
    if (known != null && known.sequence() == sequence) {
      return known;
    }
    var read = new Event(sequence, StoredForms.event(stored));
    if (stored.length <= BYTES_MAX) {
      slots.set(slot, read);
    }
    return read;
  }
}
