package io.oarlock.engine;

import io.oarlock.json.Json;
import io.oarlock.model.Instants;
import io.oarlock.spi.Outgoing;
import io.oarlock.spi.Sink;
import io.oarlock.spi.SinkException;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.Event;
import io.oarlock.store.ResourceStore;
import io.oarlock.store.StoreException;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One forwarder at work, on a thread of its own: reads the log from its cursor, sends, and moves
 * the cursor when the sink has acknowledged. It holds one batch and no more, so an outage of the
 * sink fills the log and no memory.
 */
final class Forward implements Runnable {
  /** Failures in a row that raise an alarm. */
  static final int FAILURES_MAX = 5;

  private static final int STEP = 500;
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration RETRY_FIRST = Duration.ofSeconds(1);
  private static final Duration RETRY_MAX = Duration.ofMinutes(1);

  /**
   * Longest time that the cursor is ahead of what is stored of it, for events that are not sent.
   */
  private static final Duration UNSAVED = Duration.ofSeconds(1);

  private static final int MESSAGE_BYTES_MAX = 256 * 1024;
  private static final Logger LOG = System.getLogger(Forward.class.getName());

  private final Forwarder forwarder;
  private final ResourceStore store;
  private final Sinks sinks;
  private final Transforms transforms;
  private final Deliveries deliveries;
  private final Alarms alarms;
  private final Clock clock;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean closed;

  // Used by the forwarder's thread only.
  private ForwarderState state;
  private long savedAt = System.nanoTime();
  private @Nullable Sink sink;
  private long refused;
  private long taken;

  Forward(
      Forwarder forwarder,
      ForwarderState state,
      ResourceStore store,
      Sinks sinks,
      Transforms transforms,
      Deliveries deliveries,
      Alarms alarms,
      Clock clock) {
    this.forwarder = forwarder;
    this.state = state;
    this.store = store;
    this.sinks = sinks;
    this.transforms = transforms;
    this.deliveries = deliveries;
    this.alarms = alarms;
    this.clock = clock;
  }

  Forwarder forwarder() {
    return forwarder;
  }

  void wake() {
    wake.release();
  }

  void stop() {
    closed = true;
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ConflictException e) {
      // Somebody rewound the forwarder, or another node has it: whoever looks next begins there.
      LOG.log(Logger.Level.DEBUG, "The forwarder {0} was moved by somebody else", forwarder.name());
    } catch (RuntimeException e) {
      // A plugin's mistake must not end the forwarder: whoever looks next begins again.
      LOG.log(Logger.Level.ERROR, "The forwarder " + forwarder.name() + " failed", e);
    } finally {
      closeSink();
    }
  }

  private void step() throws InterruptedException {
    try {
      skipLost();
      var batch = gather();
      if (batch.isEmpty()) {
        await(saveIdle() ? IDLE : UNSAVED);
        return;
      }
      deliver(batch);
    } catch (StoreException e) {
      LOG.log(Logger.Level.WARNING, "The forwarder {0} waits: {1}", forwarder.name(), e);
      await(RETRY_FIRST);
    }
  }

  /** What is past its retention is gone: counted, and told, never passed over in silence. */
  private void skipLost() {
    var oldest = store.events().oldest();
    if (state.sequence() >= oldest - 1) {
      return;
    }
    var count = oldest - 1 - state.sequence();
    save(state.lost(count));
    alarms.raise(
        new Alarms.Notice(
            forwarder.namespace(),
            "lost-" + forwarder.id(),
            "forwarder:events-lost",
            "The forwarder " + forwarder.name() + " lost events",
            count
                + " events were past their retention before the forwarder "
                + forwarder.name()
                + " could send them.",
            Map.of("forwarder", forwarder.id())));
  }

  /** The next events to send: as many as a batch holds, or as come in time. Moves past others. */
  private List<Event> gather() throws InterruptedException {
    var batch = new ArrayList<Event>();
    var end = System.nanoTime() + forwarder.waitMax().toNanos();
    var position = state.sequence();
    while (batch.size() < forwarder.eventsMax() && !closed) {
      wake.drainPermits();
      var events = store.events().read(position, STEP);
      for (var event : events) {
        position = event.sequence();
        if (forwarder.sends(event.content())) {
          batch.add(event);
        }
        if (batch.size() == forwarder.eventsMax()) {
          break;
        }
      }
      if (batch.isEmpty()) {
        state = state.at(position);
      }
      var left = end - System.nanoTime();
      if (events.isEmpty() && (batch.isEmpty() || left <= 0 || !awaitNanos(left))) {
        break;
      }
    }
    return batch;
  }

  private boolean awaitNanos(long nanos) throws InterruptedException {
    return wake.tryAcquire(nanos, TimeUnit.NANOSECONDS);
  }

  private void await(Duration time) throws InterruptedException {
    if (wake.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
      wake.drainPermits();
    }
  }

  /** Stores the cursor now and then; whether it is stored. */
  private boolean saveIdle() {
    var stored = store.get(ForwarderState.TYPE, forwarder.id()).map(ForwarderState::of);
    if (stored.isPresent() && stored.get().sequence() == state.sequence()) {
      return true;
    }
    if (System.nanoTime() - savedAt < UNSAVED.toNanos()) {
      return false;
    }
    save(state);
    return true;
  }

  private void save(ForwarderState changed) {
    save(changed, List.of());
  }

  private void save(ForwarderState changed, List<Batch.Write> alongside) {
    var next = changed.next();
    var batch = Batch.builder().write(next.replace());
    alongside.forEach(batch::write);
    store.commit(batch.build());
    state = next;
    savedAt = System.nanoTime();
  }

  /** Sends until the sink has it, however long that takes. */
  private void deliver(List<Event> events) throws InterruptedException {
    while (!closed) {
      try {
        refused = 0;
        taken = 0;
        var dead = new ArrayList<Batch.Write>();
        send(events, dead);
        var hadFailed = state.failures() > 0;
        var done = state.at(events.getLast().sequence()).acknowledged(taken, refused, now());
        save(done, dead);
        if (hadFailed) {
          alarms.resolve(forwarder.namespace(), "forwarder-" + forwarder.id());
        }
        return;
      } catch (SinkException e) {
        failed(e);
      }
    }
  }

  private Instant now() {
    return clock.instant();
  }

  private void failed(SinkException failure) throws InterruptedException {
    closeSink();
    save(state.failed(failure.reason(), now()));
    if (state.failures() >= FAILURES_MAX) {
      alarms.raise(
          new Alarms.Notice(
              forwarder.namespace(),
              "forwarder-" + forwarder.id(),
              "forwarder:failing",
              "The forwarder " + forwarder.name() + " cannot send",
              "The sink of the forwarder "
                  + forwarder.name()
                  + " takes nothing: "
                  + failure.reason()
                  + ". Events are kept until it does, for as long as the event log keeps them.",
              Map.of("forwarder", forwarder.id())));
    }
    Thread.sleep(failure.askedWait().orElseGet(() -> pause(state.failures())));
  }

  private static Duration pause(long failures) {
    var doublings = Math.clamp(failures - 1, 0, 10);
    var wait = RETRY_FIRST.multipliedBy(1L << doublings);
    var most = wait.compareTo(RETRY_MAX) < 0 ? wait : RETRY_MAX;
    var jitter = 1 + ThreadLocalRandom.current().nextDouble(-Retrying.JITTER, Retrying.JITTER);
    return Duration.ofMillis(Math.round(most.toMillis() * jitter));
  }

  /** What the sink refuses is sent in halves, until what it refuses is one event. */
  private void send(List<Event> events, List<Batch.Write> dead)
      throws SinkException, InterruptedException {
    try {
      var outgoing = outgoing(events);
      if (!outgoing.isEmpty()) {
        sink().send(outgoing);
        taken += outgoing.size();
      }
    } catch (SinkException e) {
      if (!e.isRefused()) {
        throw e;
      }
      if (events.size() > 1) {
        var half = events.size() / 2;
        send(events.subList(0, half), dead);
        send(events.subList(half, events.size()), dead);
      } else {
        refused++;
        dead.add(new Batch.Write.Insert(giveUp(events.getFirst(), e.reason())));
      }
    }
  }

  private Sink sink() throws SinkException {
    var open = sink;
    if (open == null) {
      open = sinks.open(forwarder);
      sink = open;
    }
    return open;
  }

  private void closeSink() {
    var open = sink;
    sink = null;
    if (open != null) {
      open.close();
    }
  }

  private List<Outgoing> outgoing(List<Event> events) throws SinkException, InterruptedException {
    var wire = events.stream().map(Feeds::wire).toList();
    var payloads =
        forwarder.transform().isPresent()
            ? transforms.apply(forwarder, wire)
            : new ArrayList<@Nullable Object>(wire);
    var outgoing = new ArrayList<Outgoing>();
    for (var i = 0; i < events.size(); i++) {
      var payload = payloads.get(i);
      if (payload != null) {
        outgoing.add(outgoing(events.get(i), payload));
      }
    }
    return outgoing;
  }

  private static Outgoing outgoing(Event event, Object payload) {
    var content = event.content();
    return new Outgoing(
        content.id(),
        event.sequence(),
        content.time(),
        content.type(),
        content.operation().wire(),
        content.namespace().value(),
        content.resourceId(),
        content.object(),
        payload);
  }

  private Document giveUp(Event event, String why) {
    var content = event.content();
    alarms.raise(
        new Alarms.Notice(
            forwarder.namespace(),
            "refused-" + forwarder.id(),
            "forwarder:events-refused",
            "The forwarder " + forwarder.name() + " gave events up",
            "Events could not be sent and were passed over, the first because "
                + why
                + ". They are the deliveries of the forwarder "
                + forwarder.name()
                + "; correct the transform or the sink and rewind the forwarder.",
            Map.of("forwarder", forwarder.id())));
    var row = new LinkedHashMap<String, Object>();
    var now = Instants.text(now());
    row.put("id", Ids.at(now()));
    row.put("namespace", forwarder.namespace().value());
    row.put("createTime", now);
    row.put("updateTime", now);
    row.put("sourceType", Forwarder.TYPE);
    row.put("source", forwarder.id());
    row.put("sourceName", forwarder.name());
    row.put("eventId", content.id());
    row.put("sequence", event.sequence());
    row.put("operation", content.operation().wire());
    row.put("targetType", content.type());
    row.put("targetId", content.resourceId());
    Trees.text(content.object(), "name").ifPresent(name -> row.put("targetName", name));
    row.put("cause", Cause.brief(content.cause()));
    row.put("status", Deliveries.Status.DEAD_LETTERED.wire);
    row.put(
        "attempts",
        List.of(
            Deliveries.attempt(
                1, now(), Duration.ZERO, Optional.empty(), Optional.of(why), Optional.empty())));
    var message = Feeds.wire(event);
    if (Json.write(message).length <= MESSAGE_BYTES_MAX) {
      row.put("message", message);
    }
    return deliveries.document(forwarder.namespace(), row, 1);
  }
}
