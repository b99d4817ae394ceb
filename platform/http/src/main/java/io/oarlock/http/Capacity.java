package io.oarlock.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What is in use of the bounds that all callers share. */
final class Capacity {
  private final HttpConfig.Load max;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong buffered = new AtomicLong();

  Capacity(HttpConfig.Load max) {
    this.max = max;
  }

  int requests() {
    return requests.get();
  }

  int connections() {
    return connections.get();
  }

  boolean enter() {
    return take(requests, max.requestsMax());
  }

  void leave() {
    requests.decrementAndGet();
  }

  boolean connect() {
    return take(connections, max.connectionsMax());
  }

  void disconnect() {
    connections.decrementAndGet();
  }

  boolean reserve(int bytes) {
    if (buffered.addAndGet(bytes) <= max.bufferedMax()) {
      return true;
    }
    buffered.addAndGet(-bytes);
    return false;
  }

  void release(long bytes) {
    buffered.addAndGet(-bytes);
  }

  private static boolean take(AtomicInteger used, int limit) {
    if (used.incrementAndGet() <= limit) {
      return true;
    }
    used.decrementAndGet();
    return false;
  }
}
