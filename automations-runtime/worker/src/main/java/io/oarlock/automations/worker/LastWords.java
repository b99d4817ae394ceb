package io.oarlock.automations.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Drains what a process prints and remembers the end of it, for the message when it dies.
final class LastWords {

  private static final long STACK_BYTES = 128 << 10;

  private final int bytesMax;
  private byte[] kept = {};

  private LastWords(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  static LastWords of(InputStream in, int bytesMax) {
    var words = new LastWords(bytesMax);
    // A virtual thread that reads a pipe would take a carrier from all others for as long as the
    // process lives.
    Thread.ofPlatform()
        .daemon()
        .name("last words")
        .stackSize(STACK_BYTES)
        .start(() -> words.drain(in));
    return words;
  }

  private void drain(InputStream in) {
    var buffer = new byte[bytesMax];
    try (in) {
      for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        keep(buffer, count);
      }
    } catch (IOException e) {
      // A killed process says no more.
    }
  }

  private synchronized void keep(byte[] buffer, int count) {
    var all = Arrays.copyOf(kept, kept.length + count);
    System.arraycopy(buffer, 0, all, kept.length, count);
    kept = Arrays.copyOfRange(all, Math.max(0, all.length - bytesMax), all.length);
  }

  synchronized String text() {
    return new String(kept, StandardCharsets.UTF_8).strip();
  }
}
