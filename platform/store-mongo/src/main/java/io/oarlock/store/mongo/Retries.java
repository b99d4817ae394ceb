package io.oarlock.store.mongo;

import com.mongodb.MongoException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * When a transaction is tried again. An error that the server labels transient has committed
 * nothing: all is done anew, a little later each time. An error that leaves the commit unknown is
 * answered by committing again, which the server takes as the same commit.
 */
final class Retries {
  /** How long a transaction is tried for. */
  static final Duration RETRY_MAX = Duration.ofSeconds(30);

  private static final long PAUSE_MIN_NANOS = Duration.ofMillis(2).toNanos();
  private static final long PAUSE_MAX_NANOS = Duration.ofMillis(500).toNanos();

  /** A transaction, as far as trying again goes. */
  interface Attempt {
    void start();

    void commit();

    /** Forgets what was done; never throws. */
    void abort();
  }

  private final Duration most;

  Retries(Duration most) {
    this.most = most;
  }

  <R> R run(Attempt attempt, Supplier<R> work) {
    var deadline = System.nanoTime() + most.toNanos();
    for (var pause = PAUSE_MIN_NANOS; ; pause = Math.min(pause * 2, PAUSE_MAX_NANOS)) {
      try {
        attempt.start();
        var result = worked(attempt, work);
        commit(attempt, deadline);
        return result;
      } catch (MongoException e) {
        if (!e.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)
            || System.nanoTime() > deadline) {
          throw e;
        }
        // Jitter, so that nodes that collided do not collide again.
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause / 2, pause));
      }
    }
  }

  private static <R> R worked(Attempt attempt, Supplier<R> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      attempt.abort();
      throw e;
    }
  }

  private static void commit(Attempt attempt, long deadline) {
    while (true) {
      try {
        attempt.commit();
        return;
      } catch (MongoException e) {
        if (!e.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL)
            || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_MIN_NANOS);
      }
    }
  }
}
