package io.oarlock.engine;

import io.oarlock.model.Filter;
import io.oarlock.model.FilterParser;
import io.oarlock.model.Filters;
import io.oarlock.model.Instants;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.Suggest;
import io.oarlock.store.Event;
import io.oarlock.store.EventLog;
import io.oarlock.store.StoreException;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Event feeds. A feed holds nothing but its position in the log; every event is authorized when it
 * is read, so that rights taken away end what is seen.
 *
 * <p>One thread reads the log for all and wakes those whom an event may concern: thousands that
 * wait for what seldom happens cost nothing while much else does.
 */
final class Feeds implements AutoCloseable {
  /** Events read from the log at a time, seen by the subscriber or not. */
  private static final int STEP = 500;

  /** Longest time until an event is noticed whose signal was lost. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final Logger LOG = System.getLogger(Feeds.class.getName());

  private final EventLog log;
  private final ResourceModel model;
  private final Authorizer authorizer;
  private final Clock clock;
  private final Set<Feed> open = ConcurrentHashMap.newKeySet();

  /** Open feeds by the type they ask for; those of every type under none. */
  private final Map<String, Set<Feed>> byType = new ConcurrentHashMap<>();

  private final EventLog.Subscription subscription;
  private final Semaphore appended = new Semaphore(0);
  private final Thread thread;

  /** Whoever an event up to here may concern has been told. */
  private volatile long announced;

  Feeds(EventLog log, ResourceModel model, Authorizer authorizer, Clock clock) {
    this.log = log;
    this.model = model;
    this.authorizer = authorizer;
    this.clock = clock;
    this.announced = log.head();
    this.subscription = log.onAppend(appended::release);
    this.thread = Thread.ofVirtual().name("feeds").start(this::work);
  }

  private void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        if (appended.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          appended.drainPermits();
        }
        announceAll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void announceAll() {
    try {
      for (var some = log.read(announced, STEP); !some.isEmpty(); ) {
        some.forEach(this::announce);
        announced = some.getLast().sequence();
        some = log.read(announced, STEP);
      }
    } catch (StoreException e) {
      LOG.log(Logger.Level.WARNING, "Event feeds wait for the store: {0}", e.getMessage());
    }
  }

  private void announce(Event event) {
    for (var type : List.of(event.content().type(), "")) {
      for (var feed : byType.getOrDefault(type, Set.of())) {
        if (feed.concerns(event)) {
          feed.tell(event.sequence());
        }
      }
    }
  }

  private void add(Feed feed) {
    open.add(feed);
    feed.types()
        .forEach(
            type -> byType.computeIfAbsent(type, _ -> ConcurrentHashMap.newKeySet()).add(feed));
  }

  private void remove(Feed feed) {
    open.remove(feed);
    feed.types()
        .forEach(type ->
            byType.computeIfPresent(
                type, (_, feeds) -> feeds.remove(feed) && feeds.isEmpty() ? null : feeds));
  }

  EventFeed open(Principal principal, EventFeed.Request request) {
    request.types().forEach(this::requireType);
    var filter = request.filter().map(this::parse).orElseGet(Filter.All::new);
    var feed = new Feed(principal.anywhere(), request, Filters.predicate(filter));
    add(feed);
    return feed;
  }

  private Filter parse(String text) {
    return FilterParser.parse(text, clock);
  }

  private void requireType(String name) {
    if (model.type(name).isEmpty()) {
      throw Problem.malformed(
          "There is no resource type "
              + name
              + Suggest.didYouMean(name, model.words()).map(hint -> ". " + hint).orElse(""));
    }
  }

  int subscribers() {
    return open.size();
  }

  /** The wire form of an event. */
  static Map<String, Object> wire(Event event) {
    var content = event.content();
    var wire = new LinkedHashMap<String, Object>();
    wire.put("id", content.id());
    wire.put("sequence", event.sequence());
    wire.put("time", Instants.text(content.time()));
    wire.put("type", content.type());
    wire.put("operation", content.operation().wire());
    wire.put("namespace", content.namespace().value());
    wire.put("object", content.object());
    content.original().ifPresent(original -> wire.put("original", original));
    wire.put("cause", content.cause());
    return wire;
  }

  @Override
  public void close() {
    subscription.close();
    Threads.end(thread);
    open.forEach(Feed::close);
  }

  private final class Feed implements EventFeed {
    private final Principal principal;
    private final Request request;
    private final Predicate<Map<String, Object>> filter;
    private final Semaphore wake = new Semaphore(0);

    /** The first event that may concern it and was not read; 0 for none. */
    private final AtomicLong told;

    private long position;
    private volatile boolean closed;

    Feed(Principal principal, Request request, Predicate<Map<String, Object>> filter) {
      this.principal = principal;
      this.request = request;
      this.filter = filter;
      this.position = request.after().orElseGet(log::head);
      // What came before it was opened was announced to others.
      this.told = new AtomicLong(position + 1);
    }

    Set<String> types() {
      return request.types().isEmpty() ? Set.of("") : request.types();
    }

    void tell(long sequence) {
      told.compareAndSet(0, sequence);
      wake.release();
    }

    @Override
    public List<Map<String, Object>> next(int limit, Duration wait) throws InterruptedException {
      var deadline = System.nanoTime() + wait.toNanos();
      while (!closed) {
        wake.drainPermits();
        var found = read(limit);
        if (!found.isEmpty()) {
          return found;
        }
        var left = deadline - System.nanoTime();
        if (left <= 0 || !wake.tryAcquire(left, TimeUnit.NANOSECONDS)) {
          return List.of();
        }
      }
      return List.of();
    }

    private List<Map<String, Object>> read(int limit) {
      var passed = announced; // before what was told: it may be behind that, never ahead
      var from = told.getAndSet(0);
      position = Math.max(position, from == 0 ? passed : from - 1);
      return from == 0 ? List.of() : readOn(limit);
    }

    private List<Map<String, Object>> readOn(int limit) {
      var found = new ArrayList<Map<String, Object>>();
      gap().ifPresent(found::add);
      while (found.size() < limit) {
        var events = log.read(position, Math.min(STEP, limit));
        for (var event : events) {
          position = event.sequence();
          if (sees(event)) {
            found.add(wire(event));
          }
        }
        if (events.isEmpty()) {
          return found;
        }
      }
      told.set(position + 1); // there may be more
      return found;
    }

    private Optional<Map<String, Object>> gap() {
      var oldest = log.oldest();
      if (position >= oldest - 1) {
        return Optional.empty();
      }
      var gap = new LinkedHashMap<String, Object>();
      gap.put("kind", "Gap");
      gap.put("from", position + 1);
      gap.put("to", oldest - 1);
      position = oldest - 1;
      return Optional.of(gap);
    }

    /** What can be told without knowing what the subscriber may see. */
    private boolean concerns(Event event) {
      var content = event.content();
      return (request.types().isEmpty() || request.types().contains(content.type()))
          && (request.operations().isEmpty() || request.operations().contains(content.operation()))
          && inScope(content.namespace(), content.object());
    }

    private boolean sees(Event event) {
      var content = event.content();
      return concerns(event)
          && filter.test(content.object())
          && authorizer
              .permissions(principal, content.namespace(), Optional.empty())
              .allows(content.type(), Operation.GET);
    }

    private boolean inScope(NamespacePath at, Map<String, Object> object) {
      if (at.equals(request.namespace())) {
        return true;
      }
      if (at.isAbove(request.namespace())) {
        return Trees.truth(object, "propagate") && !Trees.truth(object, "propagationHidden");
      }
      return request.recursive() && request.namespace().isAbove(at);
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public void close() {
      closed = true;
      remove(this);
      wake.release();
    }
  }
}
