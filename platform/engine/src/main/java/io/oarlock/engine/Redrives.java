package io.oarlock.engine;

import io.oarlock.model.Filter;
import io.oarlock.model.Instants;
import io.oarlock.model.ResourceType;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import io.oarlock.store.StoreException;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages of a hook in line again, all or a range of them. Each step changes some rows and
 * the progress in one batch, so a crash neither repeats nor forgets any.
 */
final class Redrives implements Processor, AutoCloseable {
  static final String TYPE = "redrive";

  private static final int STEP = 100;
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final String PROGRESS = "progress";
  private static final String GATHERING = "Gathering";
  private static final String GATHERED = "gathered";
  private static final String SENDING = "Sending";
  private static final String DONE = "Done";
  private static final Logger LOG = System.getLogger(Redrives.class.getName());

  private final ResourceStore store;
  private final ResourceType hooks;
  private final Lookup lookup;
  private final Deliveries deliveries;
  private final Deliverer deliverer;
  private final Tenure tenure;
  private final Clock clock;
  private final Semaphore wake = new Semaphore(0);
  private @Nullable Thread thread;
  private volatile boolean closed;

  Redrives(
      ResourceStore store,
      ResourceType hooks,
      Lookup lookup,
      Deliveries deliveries,
      Deliverer deliverer,
      String node,
      Clock clock) {
    this.store = store;
    this.hooks = hooks;
    this.lookup = lookup;
    this.deliveries = deliveries;
    this.deliverer = deliverer;
    this.tenure = new Tenure(store.leases(), "redrives", node);
    this.clock = clock;
  }

  @Override
  public void process(Write write) {
    if (!write.creates()) {
      return;
    }
    var named = write.text("source").orElse("");
    var hook = lookup.find(hooks, write.namespace, named);
    if (hook.isEmpty() || !hook.get().namespace().equals(write.namespace)) {
      write.refuse(
          "no-hook", "There is no hook policy " + named + " in " + write.namespace, "/source");
      return;
    }
    write.resource.put("source", hook.get().id());
    write.resource.computeIfAbsent("until", _ -> Instants.text(write.now));
    write.resource.put(PROGRESS, GATHERING);
    write.resource.put("redriven", 0L);
  }

  void start(Journal journal) {
    journal.follow(event -> {
      if (event.content().type().equals(TYPE)) {
        wake.release();
      }
    });
    thread = Thread.ofVirtual().name("redrives").start(this::work);
  }

  private void work() {
    try {
      while (!closed) {
        var wait = tenure.holds() && step() ? LOOK : IDLE;
        if (wake.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One look at all that go on; whether there are any. */
  private boolean step() {
    try {
      var open = new ArrayList<>(with(GATHERING));
      open.forEach(this::gather);
      var sending = with(SENDING);
      sending.forEach(this::look);
      return !open.isEmpty() || !sending.isEmpty();
    } catch (StoreException e) {
      LOG.log(Logger.Level.WARNING, "Redrives wait for the store: {0}", e.getMessage());
      return true;
    }
  }

  private List<Document> with(String progress) {
    var query =
        Query.all(TYPE, new Query.Scope.Everywhere())
            .where(new Filter.Compare(PROGRESS, Filter.Comparison.EQUAL, progress));
    return store.list(query).documents();
  }

  private void gather(Document redrive) {
    var current = Optional.of(redrive);
    while (!closed && current.isPresent()) {
      current = gathered(current.get());
    }
    deliverer.wake(Trees.required(redrive.body(), "source"), redrive.namespace());
  }

  /** Puts some more in line; empty when all are, or somebody deleted the redrive. */
  private Optional<Document> gathered(Document redrive) {
    var rows = store.list(matching(redrive)).documents();
    var body = new LinkedHashMap<>(redrive.body());
    if (!rows.isEmpty()) {
      body.put(GATHERED, Trees.required(rows.getLast().body(), "createTime"));
    }
    body.computeIfAbsent("total", _ -> store.count(matching(redrive)));
    body.put("redriven", Trees.number(body, "redriven", 0) + rows.size());
    if (rows.isEmpty()) {
      body.put(PROGRESS, SENDING);
    }
    var next = next(redrive, body);
    var batch = Batch.builder().write(new Batch.Write.Replace(next, redrive.version()));
    for (var row : rows) {
      batch.write(new Batch.Write.Replace(again(row, redrive), row.version()));
    }
    try {
      store.commit(batch.build());
    } catch (ConflictException e) {
      // A row was replayed by hand, or the redrive was deleted: look again at what there is.
      return store.get(TYPE, redrive.id());
    }
    deliverer.wake(Trees.required(body, "source"), redrive.namespace());
    return rows.isEmpty() ? Optional.empty() : Optional.of(next);
  }

  /**
   * The oldest first, so that the order of a line is kept. What was sent again leaves the match,
   * and each step begins where the one before came to: one that began at the first message would
   * read all that are in line already.
   */
  private Query matching(Document redrive) {
    var body = redrive.body();
    var all = new ArrayList<Filter>();
    all.add(equal("source", Trees.required(body, "source")));
    all.add(equal("mode", "Post"));
    all.add(new Filter.In("status", List.copyOf(Trees.texts(body.get("statuses")))));
    all.add(new Filter.Not(equal("redrive", redrive.id())));
    Trees.text(body, GATHERED)
        .or(() -> Trees.text(body, "from"))
        .ifPresent(at ->
            all.add(new Filter.Compare("createTime", Filter.Comparison.GREATER_OR_EQUAL, at)));
    Trees.text(body, "until")
        .ifPresent(at -> all.add(new Filter.Compare("createTime", Filter.Comparison.LESS, at)));
    return new Query(
        Deliveries.TYPE,
        new Query.Scope.Only(redrive.namespace()),
        new Filter.And(all),
        List.of(new Query.Order("createTime", false)),
        STEP,
        Optional.empty(),
        0);
  }

  private static Filter equal(String path, Object value) {
    return new Filter.Compare(path, Filter.Comparison.EQUAL, value);
  }

  private Document again(Document row, Document redrive) {
    var body = deliveries.untried(row);
    body.put("redrive", redrive.id());
    deliverer
        .hook(Trees.required(body, "source"))
        .filter(Hook::ordered)
        .ifPresent(hook -> body.put(Deliveries.IN_ORDER, Deliveries.line(hook, body)));
    return deliveries.changed(row, body);
  }

  /** How many still wait. */
  private void look(Document redrive) {
    var source = Trees.required(redrive.body(), "source");
    var pending = Deliveries.of(redrive.namespace(), source, Deliveries.Status.PENDING);
    var own = new Filter.And(List.of(pending.filter(), equal("redrive", redrive.id())));
    var waiting = store.count(pending.where(own));
    if (waiting == Trees.number(redrive.body(), "waiting", -1) && waiting > 0) {
      return;
    }
    var body = new LinkedHashMap<>(redrive.body());
    body.put("waiting", waiting);
    if (waiting == 0) {
      body.put(PROGRESS, DONE);
      body.put("doneAt", Instants.text(clock.instant()));
    }
    try {
      store.commit(
          Batch.builder()
              .write(new Batch.Write.Replace(next(redrive, body), redrive.version()))
              .build());
    } catch (ConflictException e) {
      LOG.log(Logger.Level.DEBUG, "The redrive {0} was deleted", redrive.id());
    }
  }

  private Document next(Document redrive, Map<String, Object> body) {
    body.put("updateTime", Instants.text(clock.instant()));
    return new Document(
        TYPE, redrive.id(), redrive.namespace(), redrive.version() + 1, body, redrive.expiresAt());
  }

  @Override
  public void close() {
    closed = true;
    Threads.end(thread);
    tenure.release();
  }
}
