package io.oarlock.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/**
 * Tells listeners that events were appended, on one thread of its own and never more often than
 * they can take: signals that come while listeners run, or shortly after, become one. The first
 * after a silence is passed on at once.
 */
public final class AppendSignal implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AppendSignal.class.getName());

  /** Waking all listeners for each of many events would cost as much as writing them. */
  private static final Duration PAUSE = Duration.ofMillis(2);

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Semaphore signals = new Semaphore(0);
  private final Thread thread =
      Thread.ofVirtual().name("oarlock-store-events").unstarted(this::run);

  public AppendSignal() {
    thread.start();
  }

  /** Calls that back from now on, until what it returns is closed. */
  public EventLog.Subscription listen(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** There is something new; never blocks. */
  public void signal() {
    signals.release();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        signals.acquire();
        signals.drainPermits();
        listeners.forEach(AppendSignal::tell);
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private static void tell(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "A listener of the event log failed", e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
