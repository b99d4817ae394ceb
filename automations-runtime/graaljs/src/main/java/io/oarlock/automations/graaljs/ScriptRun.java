package io.oarlock.automations.graaljs;

import io.oarlock.automations.ScriptError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/// One run of one script in a context of its own. [#run] owns the context's thread and is an event
/// loop: answers and timers wake it, and it ends when the script's promise settles. The other
/// methods may be called on any thread.
public final class ScriptRun implements AutoCloseable {

  /// How long a script may take to say where it stands before its context is closed.
  private static final long WHEREABOUTS_MILLIS = 60;

  /// Log lines are bounded one by one here, and in sum by the run's limit further out.
  private static final int LOG_LINE_CHARACTERS_MAX = 16 << 10;

  /// Timers pending at once.
  private static final int TIMERS_MAX = 10_000;

  private sealed interface Wake {
    record Answer(int id, boolean ok, @Nullable String text) implements Wake {}

    record Stop() implements Wake {}
  }

  private record Timer(int id, long dueNanos) {}

  private final ScriptEngine engine;
  private final PreparedScript script;
  private final String facts;
  private final long resultBytesMax;
  private final ScriptHost host;

  private final BlockingQueue<Wake> wakes = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean stopping = new AtomicBoolean();
  private volatile boolean idle;
  private volatile Optional<ScriptError> stood = Optional.empty();
  private volatile @Nullable Stage stage;

  // The rest belongs to the thread of run().
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::dueNanos).thenComparingInt(Timer::id));
  private final Map<Integer, String> calls = new HashMap<>();
  private int callCount;
  private @Nullable Outcome outcome;

  ScriptRun(
      ScriptEngine engine,
      PreparedScript script,
      String facts,
      long resultBytesMax,
      ScriptHost host) {
    this.engine = engine;
    this.script = script;
    this.facts = facts;
    this.resultBytesMax = resultBytesMax;
    this.host = host;
  }

  /// Runs the script to its end on the calling thread. Nothing of it runs afterwards; its memory is
  /// freed by [#close], which can wait until the outcome is told.
  public Outcome run() {
    try {
      var fresh = engine.stage();
      stage = fresh;
      return stopping.get() ? new Outcome.Stopped(Optional.empty()) : runIn(fresh);
    } finally {
      ended.countDown();
    }
  }

  /// Hands over the answer to a call, or the JSON of its refusal.
  public void answer(int id, boolean ok, @Nullable String text) {
    wakes.add(new Wake.Answer(id, ok, text));
  }

  /// Ends the run where it stands. Returns when the script has let go, which a script in one long
  /// operation of the engine may not do: whoever stops it must be ready to end the process.
  public void stop() {
    if (!stopping.compareAndSet(false, true)) {
      return;
    }
    wakes.add(new Wake.Stop());
    if (idle) {
      awaitEnd(WHEREABOUTS_MILLIS);
    } else if (stage != null) {
      stood = stage.whereabouts(WHEREABOUTS_MILLIS);
      stood.ifPresent(host::stands);
    }
    close();
  }

  private void awaitEnd(long millis) {
    try {
      var done = ended.await(millis, TimeUnit.MILLISECONDS);
      if (done) {
        idle = false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    var current = stage;
    if (current != null) {
      current.close(stopping.get());
    }
  }

  private Outcome runIn(Stage fresh) {
    try {
      fresh.start(this, script, facts);
      while (outcome == null) {
        turn();
      }
      reportDropped();
      return outcome;
    } catch (PolyglotException e) {
      if (e.isCancelled() || e.isInterrupted() || stopping.get()) {
        return new Outcome.Stopped(stood.or(() -> ErrorPositions.standing(e)));
      }
      return new Outcome.Failed(ErrorPositions.error(e));
    } catch (IllegalStateException e) {
      if (stopping.get()) {
        return new Outcome.Stopped(stood);
      }
      throw e;
    }
  }

  /// One turn of the event loop.
  private void turn() {
    if (calls.isEmpty() && timers.isEmpty()) {
      outcome = new Outcome.Failed(nothingToWaitFor());
      return;
    }
    var timer = timers.peek();
    var wake = next(timer == null ? Long.MAX_VALUE : timer.dueNanos() - System.nanoTime());
    switch (wake) {
      case null -> fire();
      case Wake.Answer(int id, boolean ok, var text) -> {
        if (calls.remove(id) != null) {
          callback("answered", id, ok, text);
        }
      }
      case Wake.Stop() -> outcome = new Outcome.Stopped(whereabouts());
    }
  }

  private @Nullable Wake next(long nanos) {
    idle = true;
    try {
      return nanos == Long.MAX_VALUE ? wakes.take() : wakes.poll(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return new Wake.Stop();
    } finally {
      idle = false;
    }
  }

  private void fire() {
    var due = timers.poll();
    if (due != null) {
      callback("timerFired", due.id());
    }
  }

  private Value callback(String name, @Nullable Object... arguments) {
    var current = stage;
    if (current == null) {
      throw new IllegalStateException("the script was not started");
    }
    return current.callback(name, arguments);
  }

  private static ScriptError nothingToWaitFor() {
    return new ScriptError(
        "the script waits for a promise that nothing is left to settle", 0, 0, "");
  }

  /// Where the script waits: the place of its oldest unanswered call or timer.
  private Optional<ScriptError> whereabouts() {
    try {
      var oldest = callback("whereabouts");
      return oldest.isException() ? Optional.of(position(oldest)) : Optional.empty();
    } catch (PolyglotException e) {
      return Optional.empty();
    }
  }

  private static ScriptError position(Value error) {
    return ErrorPositions.standing(thrown(error))
        .orElseGet(() -> new ScriptError(ErrorPositions.STOPPED, 0, 0, ""));
  }

  private static PolyglotException thrown(Value error) {
    try {
      throw error.throwException();
    } catch (PolyglotException e) {
      return e;
    }
  }

  private void reportDropped() {
    if ((calls.isEmpty() && timers.isEmpty()) || outcome instanceof Outcome.Stopped) {
      return;
    }
    var counts = new TreeMap<String, Integer>();
    calls.values().forEach(operation -> counts.merge(operation, 1, Integer::sum));
    if (!timers.isEmpty()) {
      counts.put("timer", timers.size());
    }
    var list = new StringJoiner(", ");
    counts.forEach((what, count) -> list.add(count + " × " + what));
    host.log("warn", "The run ended without awaiting all it began; dropped: " + list);
  }

  int call(String operation, String arguments) {
    var id = ++callCount;
    calls.put(id, operation);
    host.call(id, operation, arguments);
    return id;
  }

  /// For sources of the original system, whose calls return their answers.
  Object callAndWait(String operation, String arguments) {
    var id = call(operation, arguments);
    var others = new ArrayList<Wake>();
    while (next(Long.MAX_VALUE) instanceof Wake.Answer answer) {
      if (answer.id() == id) {
        wakes.addAll(others);
        calls.remove(id);
        return result(answer);
      }
      others.add(answer);
    }
    throw new ScriptMistake("the run was stopped while it waited for " + operation);
  }

  private static ProxyObject result(Wake.Answer answer) {
    var result = new HashMap<String, @Nullable Object>();
    result.put("ok", answer.ok());
    result.put("text", answer.text());
    @SuppressWarnings("NullAway") // Polyglot maps may hold null, which scripts see as null.
    var proxy = ProxyObject.fromMap(result);
    return proxy;
  }

  void startTimer(int id, double millis) {
    if (timers.size() >= TIMERS_MAX) {
      throw new ScriptMistake("a run has at most %d timers at once".formatted(TIMERS_MAX));
    }
    var delay = Math.clamp((long) (millis * 1e6), 0, TimeUnit.DAYS.toNanos(1));
    timers.add(new Timer(id, System.nanoTime() + delay));
  }

  void stopTimer(int id) {
    timers.removeIf(timer -> timer.id() == id);
  }

  void log(String level, String message) {
    host.log(level, bounded(message));
  }

  private static String bounded(String message) {
    var surplus = message.length() - LOG_LINE_CHARACTERS_MAX;
    return surplus <= 0
        ? message
        : "%s… (%d more characters)"
            .formatted(message.substring(0, LOG_LINE_CHARACTERS_MAX), surplus);
  }

  void settle(Outcome end) {
    if (outcome == null) {
      outcome = end;
    }
  }

  void succeed(Value result) {
    if (result.isNull()) {
      settle(new Outcome.Succeeded(Optional.empty()));
      return;
    }
    var json = Stage.text(result);
    settle(
        utf8Length(json) > resultBytesMax
            ? new Outcome.ResultTooLarge()
            : new Outcome.Succeeded(Optional.of(json)));
  }

  private static long utf8Length(String text) {
    return text.length()
        + text.chars().filter(c -> c > 0x7f).mapToLong(c -> c > 0x7ff ? 2 : 1).sum();
  }

  void fail(Value error) {
    settle(new Outcome.Failed(failure(error)));
  }

  private static ScriptError failure(Value error) {
    if (error.isException()) {
      return ErrorPositions.error(thrown(error));
    }
    return new ScriptError("the script threw " + describe(error), 0, 0, "");
  }

  private static String describe(Value value) {
    return value.isString() ? value.asString() : value.toString();
  }
}
