package io.oarlock.engine;

import io.oarlock.json.Json;
import io.oarlock.model.Instants;
import io.oarlock.store.Document;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One attempt to deliver a message, and what its row becomes by it. */
final class Attempts {
  private static final int GONE = 410;

  private final HookBook book;
  private final UrlHooks urls;
  private final Deliveries deliveries;
  private final Breakers breakers;
  private final Consumer<Hook> disable;
  private final Tracing tracing;
  private final Clock clock;

  /**
   * What came of an attempt; not stored yet.
   *
   * @param taken whether the endpoint took the message
   */
  record Made(Document before, Document after, boolean taken) {}

  Attempts(
      HookBook book,
      UrlHooks urls,
      Deliveries deliveries,
      Breakers breakers,
      Consumer<Hook> disable,
      Tracing tracing,
      Clock clock) {
    this.book = book;
    this.urls = urls;
    this.deliveries = deliveries;
    this.breakers = breakers;
    this.disable = disable;
    this.tracing = tracing;
    this.clock = clock;
  }

  Breakers breakers() {
    return breakers;
  }

  /** Sends, and says what comes of it. */
  Made make(Document delivery) {
    var hook = book.get(Trees.required(delivery.body(), "source"));
    if (hook.isEmpty() || hook.get().timing().disabled() || hook.get().endpoint().isEmpty()) {
      return givenUp(delivery, hook.isEmpty() ? "the hook is gone" : "the hook is disabled");
    }
    var at = clock.instant();
    var began = System.nanoTime();
    Optional<Outbound.Reply> reply = Optional.empty();
    var error = Optional.<String>empty();
    try {
      reply = Optional.of(post(hook.get(), delivery));
    } catch (Outbound.Failure e) {
      error = Optional.of(e.reason());
    }
    var attempt =
        Deliveries.attempt(
            number(delivery),
            at,
            Duration.ofNanos(System.nanoTime() - began),
            reply.map(Outbound.Reply::status),
            error,
            reply.map(UrlHooks::kept));
    return settled(hook.get(), delivery, attempt, reply, error);
  }

  private static int number(Document delivery) {
    return Deliveries.attempts(delivery).size() + 1;
  }

  private Outbound.Reply post(Hook hook, Document delivery) throws Outbound.Failure {
    var message = Trees.object(delivery.body().get("message"));
    var trace = Cause.trace(message);
    try (var span = tracing.part("deliver", Tracing.Kind.CLIENT, trace)) {
      span.note("oarlock.hook", hook.name()).note("oarlock.delivery", delivery.id());
      try {
        return urls.post(hook, delivery.id(), Json.write(message), hook.timeout(), trace);
      } catch (Outbound.Failure e) {
        span.failed(e.reason());
        throw e;
      }
    }
  }

  private Made settled(
      Hook hook,
      Document delivery,
      Map<String, Object> attempt,
      Optional<Outbound.Reply> reply,
      Optional<String> error) {
    var status = reply.map(Outbound.Reply::status).orElse(0);
    if (status >= 200 && status < 300) {
      breakers.succeeded(hook);
      return made(delivery, attempt, Deliveries.Status.DELIVERED, Optional.empty());
    }
    if (status == GONE) {
      disable.accept(hook);
      return made(delivery, attempt, Deliveries.Status.DEAD_LETTERED, Optional.empty());
    }
    breakers.failed(hook, error.orElseGet(() -> "it answered with status " + status));
    var wait = Retrying.after(number(delivery), reply, clock.instant());
    var next = wait.isPresent() ? Deliveries.Status.PENDING : Deliveries.Status.DEAD_LETTERED;
    return made(delivery, attempt, next, wait);
  }

  private Made givenUp(Document delivery, String why) {
    var attempt =
        Deliveries.attempt(
            number(delivery),
            clock.instant(),
            Duration.ZERO,
            Optional.empty(),
            Optional.of(why),
            Optional.empty());
    return made(delivery, attempt, Deliveries.Status.DEAD_LETTERED, Optional.empty());
  }

  private Made made(
      Document delivery,
      Map<String, Object> attempt,
      Deliveries.Status status,
      Optional<Duration> wait) {
    var row = new LinkedHashMap<>(delivery.body());
    var attempts = new ArrayList<Object>(Deliveries.attempts(delivery));
    attempts.add(attempt);
    row.put("attempts", attempts);
    row.put("status", status.wire);
    row.remove("nextAttemptAt");
    wait.ifPresent(span -> row.put("nextAttemptAt", Instants.text(clock.instant().plus(span))));
    if (status != Deliveries.Status.PENDING) {
      row.remove(Deliveries.IN_ORDER);
    }
    var after = deliveries.changed(delivery, row);
    return new Made(delivery, after, status == Deliveries.Status.DELIVERED);
  }
}
