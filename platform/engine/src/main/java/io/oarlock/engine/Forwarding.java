package io.oarlock.engine;

import io.oarlock.automations.AutomationRunner;
import io.oarlock.model.FilterParser;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Problem;
import io.oarlock.spi.SinkSettings;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.EventLog;
import io.oarlock.store.ResourceStore;
import io.oarlock.store.StoreException;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The event forwarders: checked when they are saved, each at work on one node at a time, and shown
 * with how far they are.
 */
final class Forwarding implements Processor, AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final int TRIES_MAX = 20;
  private static final Logger LOG = System.getLogger(Forwarding.class.getName());

  private final Mirror<Forwarder> mirror;
  private final ResourceStore store;
  private final Lookup lookup;
  private final Sinks sinks;
  private final OutboundGuard guard;
  private final AutomationRunner runner;
  private final Deliveries deliveries;
  private final Alarms alarms;
  private final Tenure tenure;
  private final Clock clock;
  private final Map<String, Working> working = new ConcurrentHashMap<>();
  private final Semaphore changed = new Semaphore(0);
  private EventLog.@Nullable Subscription subscription;
  private @Nullable Thread thread;

  private record Working(Forward forward, Thread thread) {
    void end() {
      forward.stop();
      Threads.end(thread);
    }
  }

  Forwarding(
      Journal journal,
      Lookup lookup,
      Sinks sinks,
      OutboundGuard guard,
      AutomationRunner runner,
      Deliveries deliveries,
      Alarms alarms,
      String node,
      Clock clock) {
    this.store = journal.store();
    this.lookup = lookup;
    this.sinks = sinks;
    this.guard = guard;
    this.runner = runner;
    this.deliveries = deliveries;
    this.alarms = alarms;
    this.tenure = new Tenure(store.leases(), "forwarders", node);
    this.clock = clock;
    this.mirror =
        new Mirror<>(
            store, Forwarder.TYPE, (document, body) -> Forwarder.of(document, body, clock));
    mirror.onChange(changed::release);
    journal.mirror(mirror);
  }

  /** How far it is moves by itself, so what a caller read of it is no wish to change it. */
  @Override
  public void prepare(Write write) {
    write.resource.remove("progress");
  }

  @Override
  public void process(Write write) {
    if (!write.puts()) {
      write.alongside.add(new Batch.Write.Remove(ForwarderState.TYPE, write.id(), 0));
      return;
    }
    checkSink(write);
    Trees.text(write.resource, "filter").ifPresent(text -> checkFilter(write, text));
    Trees.text(write.resource, "transform").ifPresent(text -> checkTransform(write, text));
    if (write.creates()) {
      var first = ForwarderState.first(write.id(), write.namespace, store.events().head());
      write.alongside.add(new Batch.Write.Insert(first.document()));
    }
  }

  private void checkSink(Write write) {
    var sink = Trees.object(write.resource.get("sink"));
    if (Trees.text(sink, "kind").filter(Forwarder.PLUGIN::equals).isPresent()) {
      checkPlugin(write, Forwarder.settings(sink));
      return;
    }
    var kind = Trees.text(sink, "kind").orElse("");
    if (!sinks.kinds().contains(kind)) {
      write.refuse("no-plugin", "No plugin of this platform sends to " + kind, "/sink/kind");
    }
    var isUrl = sink.containsKey("url");
    var url =
        Trees.text(sink, "url")
            .orElseGet(() ->
                Sinks.url(
                    Trees.text(sink, "host").orElse(""), (int) Trees.number(sink, "port", 443)));
    try {
      guard.checkSpelling(write.namespace, url);
    } catch (Problem e) {
      write.refuse(e.code(), e.detail(), isUrl ? "/sink/url" : "/sink/host");
    }
  }

  // What it sends to is asked of the guard when it connects.
  private void checkPlugin(Write write, SinkSettings settings) {
    var own = sinks.kindsBeyond(write.type);
    if (!own.contains(settings.kind())) {
      write.refuse(
          "no-plugin",
          "No plugin in a folder of this platform sends to "
              + settings.kind()
              + "; there "
              + (own.isEmpty() ? "is none" : "are " + String.join(", ", own)),
          "/sink/type");
      return;
    }
    for (var fault : sinks.faults(settings)) {
      var setting = fault.setting().replace("~", "~0").replace("/", "~1");
      write.refuse(
          "bad-setting",
          fault.message(),
          "/sink/settings" + (setting.isEmpty() ? "" : "/" + setting));
    }
  }

  private void checkFilter(Write write, String text) {
    try {
      FilterParser.parse(text, clock);
    } catch (Problem | IllegalArgumentException e) {
      write.refuse("bad-filter", String.valueOf(e.getMessage()), "/filter");
    }
  }

  private void checkTransform(Write write, String source) {
    var before = write.original.map(Document::body).flatMap(body -> Trees.text(body, "transform"));
    if (before.filter(source::equals).isPresent()) {
      return;
    }
    try {
      for (var problem : runner.check(Transforms.script("transform", source))) {
        write.refuse(
            "syntax-error",
            problem.message() + " (line " + problem.line() + ", column " + problem.column() + ")",
            "/transform");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("interrupted", "The platform is stopping; save again later");
    }
  }

  Map<String, Actions> actions() {
    return Map.of("eventforwarder/rewind", this::rewind);
  }

  private Map<String, Object> rewind(ActionCall call) {
    var id = call.id().orElseThrow(() -> Problem.malformed("An id is missing"));
    var found =
        lookup
            .find(call.type(), call.namespace(), id)
            .orElseThrow(() -> Lookup.absent(call.type(), call.namespace(), id));
    var after = Trees.number(call.body(), "after", 0);
    if (after > store.events().head()) {
      throw Problem.malformed(
          "after is at most " + store.events().head() + ", the newest event, not " + after);
    }
    for (var tries = 0; ; tries++) {
      var from = Math.max(after, store.events().oldest() - 1);
      var next = state(found.id(), found.namespace()).at(from).next();
      try {
        store.commit(Batch.builder().write(next.replace()).build());
        Optional.ofNullable(working.get(found.id())).ifPresent(one -> one.forward().wake());
        return next.shown(store.events().head());
      } catch (ConflictException e) {
        if (tries == TRIES_MAX) {
          throw Problem.conflict("busy", "The forwarder moves right now; try again");
        }
      }
    }
  }

  private ForwarderState state(String id, NamespacePath namespace) {
    var known = store.get(ForwarderState.TYPE, id).map(ForwarderState::of);
    if (known.isPresent()) {
      return known.get();
    }
    // Made before there was a state: it begins with what is committed from now on.
    var first = ForwarderState.first(id, namespace, store.events().head());
    store.commit(Batch.builder().write(new Batch.Write.Insert(first.document())).build());
    return first;
  }

  /** The forwarder as readers see it. */
  Map<String, Object> shown(Document forwarder, Map<String, Object> tree) {
    var state = store.get(ForwarderState.TYPE, forwarder.id()).map(ForwarderState::of);
    if (state.isEmpty()) {
      return tree;
    }
    var shown = new LinkedHashMap<>(tree);
    shown.put("progress", state.get().shown(store.events().head()));
    return shown;
  }

  void start() {
    subscription =
        store.events().onAppend(() -> working.values().forEach(one -> one.forward().wake()));
    thread = Thread.ofVirtual().name("forwarders").start(this::work);
  }

  private void work() {
    try {
      while (true) {
        look();
        if (changed.tryAcquire(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
          changed.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      var holds = tenure.holds();
      working.forEach((id, one) -> {
        var now = mirror.get(id).filter(found -> holds && !found.disabled());
        var isSame =
            now.filter(found -> found.version() == one.forward().forwarder().version()).isPresent();
        if (!isSame || !one.thread().isAlive()) {
          one.end();
          working.remove(id);
        }
      });
      if (holds) {
        mirror.all().stream().filter(one -> !one.disabled()).forEach(this::begin);
      }
    } catch (StoreException | ConflictException e) {
      LOG.log(Logger.Level.WARNING, "Forwarders wait for the store: {0}", e.getMessage());
    }
  }

  private void begin(Forwarder forwarder) {
    working.computeIfAbsent(
        forwarder.id(),
        id -> {
          var forward =
              new Forward(
                  forwarder,
                  state(id, forwarder.namespace()),
                  store,
                  sinks,
                  new Transforms(runner),
                  deliveries,
                  alarms,
                  clock);
          return new Working(
              forward, Thread.ofVirtual().name("forwarder-" + forwarder.name()).start(forward));
        });
  }

  /** Events the slowest forwarder has before it. */
  long lag() {
    var head = store.events().head();
    return working.keySet().stream()
        .map(id -> store.get(ForwarderState.TYPE, id))
        .flatMap(Optional::stream)
        .mapToLong(state -> head - ForwarderState.of(state).sequence())
        .max()
        .orElse(0);
  }

  @Override
  public void close() {
    if (subscription != null) {
      subscription.close();
    }
    Threads.end(thread);
    working.values().forEach(Working::end);
    tenure.release();
  }
}
