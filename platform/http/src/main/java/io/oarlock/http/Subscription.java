package io.oarlock.http;

import io.oarlock.engine.EventFeed;
import io.oarlock.engine.Principal;
import io.oarlock.model.Problem;
import io.vertx.core.Future;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Carries events from a feed to a sink, on a virtual thread of its own that pulls only when the
 * sink has room. It is never interrupted, since that would close files under the store; closing the
 * feed ends its waiting.
 */
final class Subscription implements Runnable {
  private static final Logger LOG = System.getLogger("io.oarlock.http");

  private static final Duration SHORTEST_LOOK = Duration.ofMillis(1);

  private final HttpConfig.Push push;
  private final EventFeed feed;
  private final Sink sink;
  private final Supplier<Principal> verify;
  private Instant verifiedAt = Instant.now();
  private Instant saidAt = Instant.now();
  private Instant expiry = Instant.MIN;
  private volatile boolean stopped;
  private volatile long position;

  /** {@code verify} gives the principal anew, or refuses because it is none any more. */
  Subscription(HttpConfig.Push push, EventFeed feed, Sink sink, Supplier<Principal> verify) {
    this.push = push;
    this.feed = feed;
    this.sink = sink;
    this.verify = verify;
    this.position = feed.position();
  }

  /** Sequence after which a successor goes on. */
  long position() {
    return position;
  }

  /** Nothing is sent after this; what was being sent may be. */
  void stop() {
    stopped = true;
    feed.close();
  }

  @Override
  public void run() {
    try (feed) {
      while (!stopped) {
        look();
      }
    } catch (Problem problem) {
      end(Ending.refused(problem.code(), problem.detail()));
    } catch (TimeoutException e) {
      end(Ending.SLOW);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(Ending.GOING_AWAY);
    } catch (Departed e) {
      stop();
    } catch (RuntimeException e) {
      if (!stopped) {
        LOG.log(Level.ERROR, "An event stream failed", e);
      }
      end(Ending.FAILED);
    }
  }

  private void end(Ending ending) {
    if (!stopped) {
      stopped = true;
      sink.end(ending);
    }
  }

  private void look() throws InterruptedException, TimeoutException {
    recheck();
    var events = feed.next(push.batchMax(), untilNextLook());
    if (stopped) {
      return;
    }
    if (!events.isEmpty()) {
      room(sink.send(events));
    } else if (Duration.between(saidAt, Instant.now()).compareTo(push.heartbeat()) >= 0) {
      room(sink.beat(feed.position()));
    }
    position = feed.position();
  }

  private void room(Future<Void> sent) throws TimeoutException {
    try {
      sent.await(push.slowAfter().toMillis(), TimeUnit.MILLISECONDS);
    } catch (RuntimeException e) {
      throw new Departed();
    }
    saidAt = Instant.now();
  }

  private void recheck() {
    var now = Instant.now();
    if (!now.isBefore(verifiedAt.plus(push.recheck())) || !now.isBefore(expiry)) {
      expiry = verify.get().expiresAt().orElse(Instant.MAX);
      verifiedAt = now;
    }
  }

  private Duration untilNextLook() {
    var now = Instant.now();
    if (expiry.isAfter(now.plus(push.poll()))) {
      return push.poll();
    }
    var left = Duration.between(now, expiry);
    return left.compareTo(SHORTEST_LOOK) > 0 ? left : SHORTEST_LOOK;
  }

  /** The subscriber has left: nobody is there to be told anything. */
  private static final class Departed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Departed() {
      super(null, null, false, false);
    }
  }
}
