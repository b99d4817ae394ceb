package io.oarlock.engine;

import org.jspecify.annotations.Nullable;

/** Ending threads that wait for interrupts. */
final class Threads {
  private Threads() {}

  /** Interrupts the thread and waits until it has ended. */
  static void end(@Nullable Thread thread) {
    if (thread == null) {
      return;
    }
    thread.interrupt();
    var interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
