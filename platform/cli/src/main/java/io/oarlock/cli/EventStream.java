package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import io.oarlock.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The platform's events, followed across cuts of the connection without a gap. */
final class EventStream {
  /** The platform gives a sign of life more often than this. */
  private static final int SILENCE_MAX_MILLIS = 90_000;

  private static final Duration PAUSE_MIN = Duration.ofMillis(200);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

  /** How long a platform that is gone is waited for. */
  private static final Duration ABSENCE_MAX = Duration.ofMinutes(10);

  /** Too many requests, and what proxies and platforms say that start or stop. */
  private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

  private final Session session;
  private final Query query;
  private Optional<String> after;
  private boolean everOpened;
  private Duration pause = PAUSE_MIN;
  private Instant goneSince = Instant.MAX;

  /**
   * A stream.
   *
   * @param query types, operations, filter, recursive
   * @param after sequence to go on after; empty for what happens from now on
   */
  EventStream(Session session, Query query, Optional<String> after) {
    this.session = session;
    this.query = query;
    this.after = after;
  }

  /** Hears that the stream is open, before its first event. */
  @FunctionalInterface
  interface Opened {
    void run() throws IOException;
  }

  /** Hands on each event until one is answered with false. */
  void follow(Opened opened, Predicate<Map<String, Object>> goOn)
      throws IOException, InterruptedException {
    while (once(opened, goOn)) {
      waitBeforeRetry();
    }
  }

  private boolean once(Opened opened, Predicate<Map<String, Object>> goOn) throws IOException {
    // Each connection asks anew who it is: a token may have been renewed meanwhile.
    try (var api = session.api()) {
      var ask = Ask.of("GET", "/v1/events").query(query).header("Accept", "text/event-stream");
      var resumed = after.map(id -> ask.header("Last-Event-ID", id)).orElse(ask);
      var events = new ServerSentEvents(api.stream(resumed, SILENCE_MAX_MILLIS), after);
      if (!everOpened) {
        everOpened = true;
        opened.run();
      }
      return read(events, goOn);
    } catch (IOException e) {
      return retry(e);
    } catch (Failure failure) {
      if (everOpened && PASSING.contains(failure.status())) {
        return true;
      }
      throw failure;
    }
  }

  private boolean retry(IOException e) throws IOException {
    if (!everOpened) {
      try (var api = session.api()) {
        throw api.unreachable(e);
      }
    }
    return true;
  }

  private boolean read(ServerSentEvents events, Predicate<Map<String, Object>> goOn)
      throws IOException {
    try {
      for (var next = events.next(); next.isPresent(); next = events.next()) {
        pause = PAUSE_MIN;
        goneSince = Instant.MAX;
        if (next.get().kind().equals("end")) {
          told(Json.parseObject(next.get().data()));
        } else if (!goOn.test(Json.parseObject(next.get().data()))) {
          return false;
        }
      }
      return true;
    } finally {
      after = events.lastId();
    }
  }

  // The platform ends a stream when it shuts down, which is waited out, or when the token no longer
  // holds, which the next connection tells.
  private void told(Map<String, Object> end) {
    session.terminal().note("The platform ends the stream: " + end.get("detail"));
  }

  private void waitBeforeRetry() throws InterruptedException {
    var now = Instant.now();
    if (goneSince.equals(Instant.MAX)) {
      goneSince = now;
      session.terminal().note("The connection is cut; going on where it was.");
    } else if (Duration.between(goneSince, now).compareTo(ABSENCE_MAX) > 0) {
      throw Failure.of(
          Exit.FAILURE,
          "The platform has not come back for " + ABSENCE_MAX.toMinutes() + " minutes",
          "Go on later with --after " + after.orElse("0"));
    }
    Thread.sleep(pause);
    pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause.multipliedBy(2);
  }
}
