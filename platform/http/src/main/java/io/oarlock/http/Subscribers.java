package io.oarlock.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.oarlock.model.Problem;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** All who listen to events, and the bound on them. */
final class Subscribers implements AutoCloseable {
  private final HttpConfig.Push push;
  private final AtomicInteger seats = new AtomicInteger();
  private final Set<Listening> listening = ConcurrentHashMap.newKeySet();
  private final Counter sent;
  private volatile boolean closed;

  Subscribers(HttpConfig.Push push, MeterRegistry registry) {
    this.push = push;
    Gauge.builder("oarlock.push.subscribers", seats, AtomicInteger::get)
        .description("Open event streams")
        .register(registry);
    sent =
        Counter.builder("oarlock.push.events")
            .description("Events sent to subscribers")
            .register(registry);
  }

  /** One who listens, over whatever transport. */
  interface Listening {
    void end(Ending ending);
  }

  HttpConfig.Push push() {
    return push;
  }

  /** A place among the listeners; whoever takes it gives it back. */
  void take() {
    if (seats.incrementAndGet() > push.subscribersMax()) {
      giveBack();
      throw Problem.unavailable(
          "too-many-subscribers",
          "There are as many event subscribers as the platform takes ("
              + push.subscribersMax()
              + "); try again later");
    }
  }

  void giveBack() {
    seats.decrementAndGet();
  }

  void joined(Listening one) {
    listening.add(one);
    if (closed) {
      one.end(Ending.GOING_AWAY);
    }
  }

  void left(Listening one) {
    if (listening.remove(one)) {
      giveBack();
    }
  }

  void count(int events) {
    sent.increment(events);
  }

  @Override
  public void close() {
    closed = true;
    listening.forEach(one -> one.end(Ending.GOING_AWAY));
  }
}
