package io.oarlock.client;

import io.oarlock.model.Operation;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The verbs, the same for every type. Which one is meant is said by its id, or by its name as
 * {@link #named}. A verb that the type does not have is an {@link IllegalArgumentException} before
 * anything is sent.
 *
 * @param <R> the record of the type
 */
public final class Resources<R extends Record> {
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>;\\s*rel=\"next\"");

  private final Exchange exchange;
  private final TypeOf<R> type;

  Resources(Exchange exchange, TypeOf<R> type) {
    this.exchange = exchange;
    this.type = type;
  }

  /** The id of the one of that name, where names are unique. */
  public static String named(String name) {
    return "name:" + name;
  }

  /** All of the namespace; see {@link #list(ListOptions)}. */
  public Listing<R> list() {
    return list(ListOptions.ALL);
  }

  /** Those that match, in order, each when it is needed. */
  public Listing<R> list(ListOptions options) {
    type.require(Operation.LIST);
    return new Listing<>(options, this::page);
  }

  private Page<R> page(ListOptions options) {
    var answer = exchange.send(asking("GET", plural()).query(options.query()));
    var items = Trees.list(answer.tree()).stream().map(Trees::object).map(type::stored).toList();
    return new Page<>(
        items,
        answer.count(),
        answer.header("X-Count-Estimated").equals(Optional.of("true")),
        answer.header("Link").flatMap(Resources::next));
  }

  /** {@code </v1/x?after=…>; rel="next"}: the cursor in it. */
  private static Optional<String> next(String link) {
    var target = NEXT.matcher(link);
    return target.find() ? cursor(URI.create(target.group(1))) : Optional.empty();
  }

  private static Optional<String> cursor(URI target) {
    return Arrays.stream(Objects.requireNonNullElse(target.getRawQuery(), "").split("&", -1))
        .filter(each -> each.startsWith("after="))
        .map(each -> URLDecoder.decode(each.substring("after=".length()), StandardCharsets.UTF_8))
        .findFirst();
  }

  /** How many there are in the namespace. */
  public long count() {
    return count(ListOptions.ALL);
  }

  /** How many match; how they would be listed does not matter. */
  public long count(ListOptions options) {
    type.require(Operation.COUNT);
    return exchange.send(asking("HEAD", plural()).query(options.countQuery())).count();
  }

  /** One of them, or only these attributes of it. */
  public Stored<R> get(String id, String... fields) {
    type.require(Operation.GET);
    var query = Map.<String, Object>of("fields", Arrays.asList(fields));
    return stored(asking("GET", item(id)).query(query));
  }

  /** Makes one. */
  public Stored<R> create(Map<String, ?> object) {
    return create(object, WriteOptions.USUAL);
  }

  /** Makes one. The same key makes it once, however often it is sent. */
  public Stored<R> create(Map<String, ?> object, WriteOptions options) {
    type.require(Operation.CREATE);
    options.requireNoVersion();
    var key = options.idempotencyKey().orElseGet(() -> UUID.randomUUID().toString());
    return stored(
        asking("POST", plural())
            .query(options.query())
            .header("Idempotency-Key", key)
            .body(object));
  }

  /** Replaces one: what is left out gets its default. */
  public Stored<R> update(String id, Map<String, ?> object) {
    return update(id, object, WriteOptions.USUAL);
  }

  /** Replaces one: what is left out gets its default. */
  public Stored<R> update(String id, Map<String, ?> object, WriteOptions options) {
    type.require(Operation.UPDATE);
    return stored(change("PUT", id, options).body(object));
  }

  /** Changes parts of one (RFC 7396): what is left out stays, null removes. */
  public Stored<R> patch(String id, Map<String, ? extends @Nullable Object> changes) {
    return patch(id, changes, WriteOptions.USUAL);
  }

  /** Changes parts of one (RFC 7396): what is left out stays, null removes. */
  public Stored<R> patch(
      String id, Map<String, ? extends @Nullable Object> changes, WriteOptions options) {
    type.require(Operation.PATCH);
    return stored(change("PATCH", id, options).body(changes));
  }

  /** Deletes one. */
  public void remove(String id) {
    remove(id, WriteOptions.USUAL);
  }

  /** Deletes one. */
  public void remove(String id, WriteOptions options) {
    type.require(Operation.DELETE);
    exchange.send(change("DELETE", id, options));
  }

  /** Their events from now on; see {@link Watch}. */
  public Watch<R> watch() {
    return watch(WatchOptions.NOW);
  }

  /** Their events; see {@link Watch}. */
  public Watch<R> watch(WatchOptions options) {
    var mine = options.types(type.type().name());
    return new Watch<>(exchange, mine, (_, tree) -> type.stored(tree));
  }

  /**
   * What one can do beside the verbs, as {@code act(id, "run", Map.of("payload", …))}: the answer's
   * tree. It is not repeated when its answer is lost, unless it only reads.
   */
  public @Nullable Object act(String id, String action, Map<String, ?> input) {
    return acted(item(id) + "/" + action, action, input);
  }

  /** What the type itself can do beside the verbs, as {@code act("preview", …)}. */
  public @Nullable Object act(String action, Map<String, ?> input) {
    return acted(plural() + "/" + action, action, input);
  }

  private @Nullable Object acted(String path, String name, Map<String, ?> input) {
    var action = type.action(name);
    if (action.onType() != path.equals(plural() + "/" + name)) {
      throw new IllegalArgumentException(
          name + (action.onType() ? " is asked of the type, without an id" : " needs an id"));
    }
    var isReading = action.method().equals("GET");
    var request = Request.of(action.method(), path).repeatable(isReading);
    return exchange.send(isReading ? request : request.body(input)).tree();
  }

  private Stored<R> stored(Request request) {
    return type.stored(Trees.object(exchange.send(request).tree()));
  }

  private static Request asking(String method, String path) {
    return Request.of(method, path).repeatable(true);
  }

  /** With a condition, a repeat of what was done but lost its answer would be refused as stale. */
  private Request change(String method, String id, WriteOptions options) {
    options.requireNoKey();
    var request =
        Request.of(method, item(id))
            .query(options.query())
            .repeatable(options.ifVersion().isEmpty());
    return options.ifVersion().isPresent()
        ? request.header("If-Match", '"' + Long.toString(options.ifVersion().getAsLong()) + '"')
        : request;
  }

  private String plural() {
    return type.type().plural();
  }

  private String item(String id) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("Which one? Give its id, or named(NAME)");
    }
    return plural() + "/" + Request.encoded(id);
  }
}
