package io.oarlock.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Token buckets by key. A bucket that is full again is the same as none, so those are what is
 * dropped when there are too many.
 */
final class RateLimiter {
  private static final String OVERFLOW = "\0overflow";

  private final String name;
  private final int perSecond;
  private final int burst;
  private final int keysMax;
  private final LongSupplier nanos;
  private final ConcurrentHashMap<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final String policy;

  RateLimiter(String name, int perSecond, int burst, int keysMax, LongSupplier nanos) {
    this.name = name;
    this.perSecond = perSecond;
    this.burst = burst;
    this.keysMax = keysMax;
    this.nanos = nanos;
    this.policy = "\"" + name + "\";q=" + burst + ";w=" + Math.ceilDiv(burst, perSecond);
  }

  /** What a taken token says of its bucket. */
  record Ticket(boolean allowed, long remaining, RateLimiter of) {
    /** Fields of draft-ietf-httpapi-ratelimit-headers. */
    void announce(Reply.Full reply) {
      reply.with("RateLimit-Policy", of.policy);
      reply.with("RateLimit", "\"" + of.name + "\";r=" + remaining + ";t=1");
    }
  }

  Ticket take(String key) {
    var now = nanos.getAsLong();
    var bucket = buckets.get(key);
    if (bucket == null) {
      bucket = open(key, now);
    }
    return bucket.take(now);
  }

  private Bucket open(String key, long now) {
    if (buckets.size() >= keysMax) {
      buckets.values().removeIf(bucket -> bucket.isFull(now));
    }
    var open = buckets.size() >= keysMax ? OVERFLOW : key;
    return buckets.computeIfAbsent(open, _ -> new Bucket(now));
  }

  private final class Bucket {
    private double tokens = burst;
    private long filledAt;

    Bucket(long now) {
      filledAt = now;
    }

    synchronized Ticket take(long now) {
      fill(now);
      var allowed = tokens >= 1;
      if (allowed) {
        tokens--;
      }
      return new Ticket(allowed, (long) tokens, RateLimiter.this);
    }

    synchronized boolean isFull(long now) {
      fill(now);
      return tokens >= burst;
    }

    private void fill(long now) {
      tokens = Math.min(burst, tokens + (now - filledAt) * 1e-9 * perSecond);
      filledAt = now;
    }
  }
}
