package io.oarlock.engine;

import io.oarlock.json.Json;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Problem;
import io.oarlock.model.types.Enforcer;
import io.oarlock.store.Event;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The policies of each namespace as its enforcers hold them: resolved, signed by the namespace's
 * authority, numbered by an epoch. Whoever waits is answered when they change.
 */
final class PolicySets implements AutoCloseable {
  /** Most enforcers waiting on this node; one more is answered at once and asks again. */
  static final int WAITING_MAX = 1000;

  /** Most namespaces whose set is kept; when full, all are made anew as they are asked for. */
  static final int KEPT_MAX = 1000;

  /** How long a set with a schedule in it counts before it is looked at again. */
  static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private static final Set<String> TYPES =
      Set.of("networkaccesspolicy", "externalnetwork", Namespaces.TYPE, EnforcerProcessor.TYPE);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER =
      BASE64.encodeToString(Enforcer.POLICY_SET_HEADER.getBytes(StandardCharsets.US_ASCII));

  private final Resolution resolution;
  private final Epochs epochs;
  private final EnforcerAuthorities authorities;
  private final Clock clock;
  private final Map<NamespacePath, Made> made = new ConcurrentHashMap<>();
  private final Object changes = new Object();
  private long version;
  private int waiting;
  private boolean closed;

  /** A set as it is sent. */
  record Signed(long epoch, String signed) {}

  private record Made(Signed signed, long version, Instant until) {}

  PolicySets(
      Journal journal,
      Namespaces namespaces,
      EnforcerAuthorities authorities,
      Crons crons,
      Clock clock) {
    this.resolution = new Resolution(journal.store(), namespaces, crons);
    this.epochs = new Epochs(journal.store(), namespaces);
    this.authorities = authorities;
    this.clock = clock;
    journal.follow(this::look);
  }

  private void look(Event event) {
    if (TYPES.contains(event.content().type())) {
      synchronized (changes) {
        version++;
        changes.notifyAll();
      }
    }
  }

  /** The set of a namespace, as soon as it is newer than that epoch, or else after the wait. */
  Signed after(NamespacePath namespace, long epoch, Duration wait) {
    var end = clock.instant().plus(wait);
    while (true) {
      var seen = version();
      var current = current(namespace, seen);
      if (current.signed().epoch() > epoch || !await(seen, earlier(end, current.until()), end)) {
        return current.signed();
      }
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private long version() {
    synchronized (changes) {
      return version;
    }
  }

  /** Waits for a change; false when there is no time left to. */
  private boolean await(long seen, Instant until, Instant end) {
    synchronized (changes) {
      if (closed || waiting >= WAITING_MAX) {
        return false;
      }
      waiting++;
      try {
        while (version == seen && !closed) {
          var left = Duration.between(clock.instant(), until).toMillis();
          if (left <= 0) {
            return clock.instant().isBefore(end);
          }
          changes.wait(left);
        }
        return !closed;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } finally {
        waiting--;
      }
    }
  }

  private Made current(NamespacePath namespace, long seen) {
    if (made.size() >= KEPT_MAX) {
      made.clear();
    }
    return made.compute(
        namespace,
        (path, old) ->
            old != null && old.version() == seen && clock.instant().isBefore(old.until())
                ? old
                : make(path, seen));
  }

  private Made make(NamespacePath namespace, long seen) {
    var now = clock.instant();
    var numbered = epochs.number(namespace, () -> resolution.of(namespace, now));
    var until = numbered.content().timed() ? now.plus(LOOK_AGAIN) : Instant.MAX;
    return new Made(sign(namespace, numbered), seen, until);
  }

  private Signed sign(NamespacePath namespace, Epochs.Numbered numbered) {
    var epoch = numbered.epoch();
    var set = new LinkedHashMap<String, Object>();
    set.put("namespace", namespace.value());
    set.put("epoch", epoch);
    set.putAll(numbered.content().tree());
    var text = HEADER + "." + BASE64.encodeToString(Json.write(set));
    if (text.length() > Enforcer.POLICY_SET_MAX) {
      throw Problem.tooLarge(
          "The policies of %s are more than %d characters together; move some to the namespaces they are about"
              .formatted(namespace, Enforcer.POLICY_SET_MAX));
    }
    var signature = authorities.of(namespace).sign(text.getBytes(StandardCharsets.US_ASCII));
    return new Signed(epoch, text + "." + BASE64.encodeToString(signature));
  }

  @Override
  public void close() {
    synchronized (changes) {
      closed = true;
      changes.notifyAll();
    }
  }
}
