package io.oarlock.client;

import io.oarlock.model.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A connection to a platform, used by many threads at once. It sends requests with a token that it
 * renews, and again where that is safe.
 *
 * <pre>{@code
 * var settings = Settings.of("https://localhost:8443", Credentials.account("admin", password));
 * try (var oarlock = Oarlock.connect(settings.trusting(caFile).in("/acme"))) {
 *   var networks = oarlock.of(ExternalNetwork.class);
 *   networks.create(Map.of("name", "office", "entries", List.of("10.0.0.0/8")));
 *   networks.list().forEach(network -> System.out.println(network.value().entries()));
 * }
 * }</pre>
 *
 * <p>Calls wait for their answer, and end early with a {@link CancelledException} when their thread
 * is interrupted. Whatever goes wrong is an {@link OarlockException}.
 */
public final class Oarlock implements AutoCloseable {
  private final Exchange exchange;

  private Oarlock(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Connects to a platform; nothing is sent until something is asked. */
  public static Oarlock connect(Settings settings) {
    return new Oarlock(
        new Exchange(
            new Transport(settings),
            settings.credentials(),
            settings.patience(),
            settings.namespace(),
            Optional.empty()));
  }

  /** The same at work in another namespace; both share connections and token. */
  public Oarlock in(String namespace) {
    return new Oarlock(
        new Exchange(
            exchange.transport(),
            exchange.credentials(),
            exchange.patience(),
            Optional.of(namespace),
            exchange.budget()));
  }

  /**
   * The same with less time: each call, all its attempts included, is over after that, or ends with
   * a {@link CancelledException}. Of a list each page is a call. A watch has all the time.
   */
  public Oarlock within(Duration budget) {
    return new Oarlock(
        new Exchange(
            exchange.transport(),
            exchange.credentials(),
            exchange.patience(),
            exchange.namespace(),
            Optional.of(budget)));
  }

  /** Resources of a type, by its record: {@code of(ExternalNetwork.class)}. */
  public <R extends Record> Resources<R> of(Class<R> record) {
    return new Resources<>(exchange, TypeOf.of(record));
  }

  /** Resources of a type, by a word for it: its singular, its plural or an alias. */
  public Resources<?> of(String word) {
    return TypeOf.find(word)
        .map(this::resources)
        .orElseThrow(() -> new IllegalArgumentException("No resource type is called " + word));
  }

  private Resources<?> resources(TypeOf<?> type) {
    return new Resources<>(exchange, type);
  }

  /** Events of several types, or of all; see {@link Watch}. */
  public Watch<Record> watch(WatchOptions options) {
    return new Watch<>(exchange, options, Oarlock::anything);
  }

  /** Of a type that this client does not know there is the tree alone. */
  private static Stored<Record> anything(String word, Map<String, Object> tree) {
    return new Stored<>(
        tree,
        known ->
            TypeOf.find(word)
                .map(type -> (Record) type.stored(known).value())
                .orElseThrow(
                    () -> new IllegalArgumentException("This client has no record of " + word)));
  }

  /** Several writes, up to 500: all of them or none. */
  public List<BatchResult> batch(List<BatchWrite> writes) {
    return batch(writes, WriteOptions.USUAL);
  }

  /** Several writes, up to 500: all of them or none. */
  public List<BatchResult> batch(List<BatchWrite> writes, WriteOptions options) {
    options.requireNoVersion();
    var key = options.idempotencyKey().orElseGet(() -> UUID.randomUUID().toString());
    var isMaking = writes.stream().allMatch(each -> each.operation() == Operation.CREATE);
    var request =
        Request.of("POST", "batch")
            .query(options.query())
            .header("Idempotency-Key", key)
            .body(writes.stream().map(BatchWrite::tree).toList())
            .repeatable(isMaking);
    return Trees.list(exchange.send(request).tree()).stream()
        .map(Trees::object)
        .map(BatchResult::of)
        .toList();
  }

  /** Cuts what is still under way, here and in all that {@link #in} and {@link #within} made. */
  @Override
  public void close() {
    exchange.transport().close();
  }
}
