package io.oarlock.engine;

import io.oarlock.store.StoreException;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does small chores about once a second, on one thread. */
final class Ticker implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Logger LOG = System.getLogger(Ticker.class.getName());

  private final List<Runnable> chores;
  private @Nullable Thread thread;

  Ticker(List<Runnable> chores) {
    this.chores = List.copyOf(chores);
  }

  void start() {
    thread = Thread.ofVirtual().name("ticker").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(PERIOD);
        chores.forEach(Ticker::once);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void once(Runnable chore) {
    try {
      chore.run();
    } catch (StoreException e) {
      LOG.log(Logger.Level.WARNING, "A chore waits for the store: {0}", e.getMessage());
    } catch (RuntimeException e) {
      // The others must go on, and this one gets another chance.
      LOG.log(Logger.Level.ERROR, "A chore failed", e);
    }
  }

  @Override
  public void close() {
    Threads.end(thread);
  }
}
