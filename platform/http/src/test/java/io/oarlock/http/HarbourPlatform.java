package io.oarlock.http;

import io.oarlock.engine.ActionCall;
import io.oarlock.engine.Answer;
import io.oarlock.engine.Call;
import io.oarlock.engine.EventFeed;
import io.oarlock.engine.InboundCall;
import io.oarlock.engine.Platform;
import io.oarlock.engine.Principal;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.Violation;
import io.oarlock.store.ResourceStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/** A platform in memory that keeps boats: enough of an engine for the edge to stand on. */
final class HarbourPlatform implements Platform {
  static final String TOKEN = "good.token";
  static final String REQUEST_TO_FAIL = "sunk";

  private final Map<String, Map<String, Object>> boats = new TreeMap<>();
  private final List<Map<String, Object>> events = new ArrayList<>();
  private final Map<String, Instant> expiry = new LinkedHashMap<>();
  private final Semaphore anchor = new Semaphore(0);
  private long firstKept = 1;
  private int ids;
  private Optional<Call> last = Optional.empty();

  @Override
  public ResourceModel model() {
    return Boats.MODEL;
  }

  /** The call that came last, as the edge understood it. */
  synchronized Call last() {
    return last.orElseThrow();
  }

  synchronized void expire(String token, Instant at) {
    expiry.put(token, at);
  }

  @Override
  public synchronized Principal authenticate(String token, Call.Origin origin) {
    var end = expiry.get(token);
    if (!token.startsWith(TOKEN) || (end != null && end.isBefore(Instant.now()))) {
      throw Problem.unauthenticated("bad-token", "The token is not one of this platform");
    }
    return new Principal(
        Set.of("@auth:subject=" + token),
        Principal.Restrictions.NONE,
        Optional.of(token),
        Optional.empty(),
        Optional.ofNullable(end));
  }

  @Override
  public NamespacePath defaultNamespace(Principal principal) {
    return NamespacePath.ROOT;
  }

  @Override
  public synchronized Answer handle(Call call) {
    last = Optional.of(call);
    return switch (call.operation()) {
      case CREATE -> call.type().equals(Boats.ISSUE) ? issued() : create(call);
      case GET -> new Answer.One(find(call), false);
      case LIST -> list(call);
      case COUNT -> new Answer.Count(boats.size());
      case UPDATE, PATCH -> change(call);
      case DELETE -> delete(call);
    };
  }

  private static Answer issued() {
    return new Answer.One(new LinkedHashMap<>(Map.of("token", TOKEN)), false);
  }

  private Answer create(Call call) {
    if (!(call.body().get("name") instanceof String name)) {
      throw Problem.invalid(
          List.of(
              Violation.of("required", "A boat has a name.", "/name").withHint("Add \"name\"")));
    }
    if (name.equals(REQUEST_TO_FAIL)) {
      throw new IllegalStateException("a hole below the waterline");
    }
    var boat = new LinkedHashMap<String, Object>(Map.of("id", "b" + ++ids, "version", 1L));
    boat.put("namespace", call.namespace().value());
    boat.putAll(call.body());
    if (!call.writing().dryRun()) {
      boats.put((String) boat.get("id"), boat);
      emit("Create", boat);
    }
    return new Answer.One(boat, true);
  }

  private Map<String, Object> find(Call call) {
    var boat = boats.get(call.id().orElseThrow());
    if (boat == null) {
      throw Problem.notFound("There is no boat " + call.id().orElseThrow());
    }
    return boat;
  }

  private Answer list(Call call) {
    var limit = call.reading().limit().orElse(100);
    var after = call.reading().after().orElse("");
    var found =
        boats.values().stream().filter(b -> after.compareTo((String) b.get("id")) < 0).toList();
    var page = found.subList(0, Math.min(limit, found.size()));
    var next =
        page.size() < found.size()
            ? Optional.of(String.valueOf(page.getLast().get("id")))
            : Optional.<String>empty();
    var plan =
        call.reading().explain()
            ? Optional.of(new ResourceStore.Plan("byName", "all", List.of("q"), boats.size()))
            : Optional.<ResourceStore.Plan>empty();
    var total = new ResourceStore.Total(boats.size(), call.reading().exactTotal());
    return new Answer.Many(page, total, next, plan);
  }

  private Answer change(Call call) {
    var boat = new LinkedHashMap<>(find(call));
    call.writing().ifMatch().ifPresent(version -> requireVersion(boat, version));
    boat.putAll(call.body());
    boat.put("version", version(boat) + 1);
    boats.put((String) boat.get("id"), boat);
    emit("Update", boat);
    return new Answer.One(boat, false);
  }

  private static void requireVersion(Map<String, Object> boat, long version) {
    if (version(boat) != version) {
      throw Problem.stale("The boat is at version " + version(boat));
    }
  }

  private static long version(Map<String, Object> boat) {
    return (Long) boat.getOrDefault("version", 0L);
  }

  private Answer delete(Call call) {
    var boat = find(call);
    boats.remove(boat.get("id"));
    emit("Delete", boat);
    return new Answer.Gone(boat);
  }

  /** Lets one action with the parameter {@code anchored} go on. */
  void weighAnchor() {
    anchor.release();
  }

  @Override
  public Map<String, Object> act(ActionCall call) {
    if (call.parameters().containsKey("anchored")) {
      anchor.acquireUninterruptibly();
    }
    var answer = new LinkedHashMap<String, Object>();
    answer.put("action", call.action().name());
    call.id().ifPresent(id -> answer.put("id", id));
    answer.put("body", call.body());
    answer.put("parameters", new LinkedHashMap<String, Object>(call.parameters()));
    return answer;
  }

  @Override
  public synchronized List<Answer> batch(List<Call> calls) {
    return calls.stream().map(this::handle).toList();
  }

  @Override
  public InboundCall.Reply call(InboundCall call) {
    if (!call.token().equals("right")) {
      throw Problem.notFound("There is nothing to call here");
    }
    if (call.body().equals("later")) {
      return new InboundCall.Reply(202, Map.of(), Optional.of(Map.of("run", "r1")));
    }
    var headers = new LinkedHashMap<String, String>();
    headers.put("X-Echo", call.headers().getOrDefault("x-note", ""));
    headers.put("Set-Cookie", "session=stolen");
    return new InboundCall.Reply(
        201, headers, Optional.of(Map.<String, Object>of("got", call.body())));
  }

  @Override
  public Map<String, Object> calledRun(String token, String run) {
    if (!token.equals("right") || !run.equals("r1")) {
      throw Problem.notFound("There is no such run of this URL");
    }
    return Map.of("id", run, "status", "Queued");
  }

  private void emit(String operation, Map<String, Object> boat) {
    var event = new LinkedHashMap<String, Object>();
    event.put("id", "e" + (events.size() + 1));
    event.put("sequence", (long) events.size() + 1);
    event.put("type", "boat");
    event.put("operation", operation);
    event.put("object", Map.copyOf(boat));
    events.add(event);
    notifyAll();
  }

  /** Forgets all events before the sequence, as retention does. */
  synchronized void forgetEventsBefore(long sequence) {
    firstKept = sequence;
  }

  @Override
  public EventFeed subscribe(Principal principal, EventFeed.Request request) {
    if (request.filter().filter("=="::equals).isPresent()) {
      throw Problem.malformed("The filter ends too early (column 3)");
    }
    synchronized (this) {
      return new Feed(request, request.after().orElse((long) events.size()));
    }
  }

  private final class Feed implements EventFeed {
    private final Request request;
    private long position;
    private boolean closed;

    Feed(Request request, long position) {
      this.request = request;
      this.position = position;
    }

    @Override
    public List<Map<String, Object>> next(int limit, Duration wait) throws InterruptedException {
      synchronized (HarbourPlatform.this) {
        if (events.size() <= position && !closed) {
          HarbourPlatform.this.wait(wait.toMillis());
        }
        var found = new ArrayList<Map<String, Object>>();
        if (position + 1 < firstKept) {
          found.add(Map.of("kind", "Gap", "from", position + 1, "to", firstKept - 1));
          position = firstKept - 1;
        }
        while (position < events.size() && found.size() < limit) {
          var event = events.get((int) position++);
          if (wanted(event)) {
            found.add(event);
          }
        }
        return found;
      }
    }

    private boolean wanted(Map<String, Object> event) {
      return request.operations().isEmpty()
          || request.operations().stream()
              .anyMatch(operation -> operation.wire().equals(event.get("operation")));
    }

    @Override
    public long position() {
      synchronized (HarbourPlatform.this) {
        return position;
      }
    }

    @Override
    public void close() {
      synchronized (HarbourPlatform.this) {
        closed = true;
        HarbourPlatform.this.notifyAll();
      }
    }
  }

  @Override
  public Map<String, Object> jwks() {
    return Map.of("keys", List.of());
  }

  @Override
  public Map<String, String> readiness() {
    return Map.of("store", "ok");
  }
}
