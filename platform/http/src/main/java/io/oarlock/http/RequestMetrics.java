package io.oarlock.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How many requests there were and how long they took, by route, method and status. */
final class RequestMetrics {
  static final String REQUESTS = "oarlock.http.requests";

  private static final Set<HttpMethod> KNOWN =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.PATCH,
          HttpMethod.DELETE,
          HttpMethod.OPTIONS);

  private final MeterRegistry registry;
  private final ConcurrentHashMap<Key, Timer> timers = new ConcurrentHashMap<>();

  RequestMetrics(MeterRegistry registry, Capacity capacity) {
    this.registry = registry;
    Gauge.builder("oarlock.http.requests.open", capacity, Capacity::requests)
        .description("Requests under way")
        .register(registry);
    Gauge.builder("oarlock.http.connections.open", capacity, Capacity::connections)
        .description("Open connections")
        .register(registry);
  }

  private record Key(String route, String method, int status) {}

  void record(String route, HttpMethod method, int status, long nanos) {
    // Methods are free text on the wire: callers must not be able to make series of their own.
    var name = KNOWN.contains(method) ? method.name() : "OTHER";
    timers
        .computeIfAbsent(new Key(route, name, status), this::timer)
        .record(Duration.ofNanos(nanos));
  }

  private Timer timer(Key key) {
    return Timer.builder(REQUESTS)
        .description("Requests answered")
        .tags("route", key.route, "method", key.method, "status", Integer.toString(key.status))
        .register(registry);
  }
}
