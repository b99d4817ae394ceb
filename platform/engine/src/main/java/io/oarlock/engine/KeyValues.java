package io.oarlock.engine;

import io.oarlock.automations.HostCallException;
import io.oarlock.json.Json;
import io.oarlock.model.Instants;
import io.oarlock.model.NamespacePath;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.ResourceStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values an automation keeps from run to run: its own alone, with compare-and-set. */
final class KeyValues implements Values {
  static final String TYPE = "kventry";
  private static final int KEY_MAX = 256;
  private static final int VALUE_BYTES_MAX = 64 * 1024;
  private static final int TRIES_MAX = 50;

  private final ResourceStore store;
  private final Clock clock;

  KeyValues(ResourceStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public @Nullable Object get(Automation automation, String key) throws HostCallException {
    return find(automation, key).map(d -> d.body().get("value")).orElse(null);
  }

  private Optional<Document> find(Automation automation, String key) throws HostCallException {
    return store.get(TYPE, id(automation, key));
  }

  private static String id(Automation automation, String key) throws HostCallException {
    requireKey(key);
    return id(automation.id(), key);
  }

  static void requireKey(String key) throws HostCallException {
    if (key.isEmpty() || key.length() > KEY_MAX) {
      throw new HostCallException("bad-argument", "A key has 1 to " + KEY_MAX + " characters");
    }
  }

  /** Its bytes as JSON. */
  static int requireSize(@Nullable Object value) throws HostCallException {
    var size = Json.write(value).length;
    if (size > VALUE_BYTES_MAX) {
      throw new HostCallException(
          "too-large", "A value has at most " + VALUE_BYTES_MAX + " bytes as JSON");
    }
    return size;
  }

  private static String id(String automation, String key) {
    return Idempotency.hash(automation + "\n" + key);
  }

  /**
   * The writes after which an automation keeps these values and no others. Revisions go on growing,
   * so that a run which read a value before does not take an old one for it.
   */
  static List<Batch.Write> replacing(
      List<Map<String, Object>> before,
      String automation,
      List<Map<String, Object>> values,
      NamespacePath namespace,
      Instant now) {
    var old = new LinkedHashMap<String, Map<String, Object>>();
    before.forEach(body -> old.put(Trees.required(body, "id"), body));
    var writes = new ArrayList<Batch.Write>();
    for (var value : values) {
      var expires = Trees.text(value, "expirationTime").map(Instants::parse);
      if (expires.isEmpty() || expires.get().isAfter(now)) {
        var id = id(automation, Trees.required(value, "key"));
        var revision = Trees.number(old.getOrDefault(id, value), "revision", 0) + 1;
        old.remove(id);
        var body = new LinkedHashMap<>(value);
        body.put("id", id);
        body.put("namespace", namespace.value());
        body.put("automation", automation);
        body.put("updateTime", Instants.text(now));
        body.put("revision", revision);
        writes.add(new Batch.Write.Put(new Document(TYPE, id, namespace, revision, body, expires)));
      }
    }
    old.keySet().forEach(id -> writes.add(new Batch.Write.Remove(TYPE, id, 0)));
    return writes;
  }

  @Override
  public void set(Automation automation, String key, @Nullable Object value, Optional<String> ttl)
      throws HostCallException {
    var known = find(automation, key);
    store.commit(
        Batch.builder()
            .write(new Batch.Write.Put(document(automation, key, known, value, ttl)))
            .build());
  }

  @Override
  public long increment(Automation automation, String key, long by, Optional<String> ttl)
      throws HostCallException {
    for (var tries = 0; tries < TRIES_MAX; tries++) {
      var known = find(automation, key);
      var before = known.map(d -> Trees.number(d.body(), "value", 0)).orElse(0L);
      var after = Math.addExact(before, by);
      if (replace(known, document(automation, key, known, after, ttl))) {
        return after;
      }
    }
    throw new HostCallException("busy", "The key " + key + " is written by too many at once");
  }

  @Override
  public boolean compareAndSet(
      Automation automation,
      String key,
      Optional<Object> expected,
      @Nullable Object value,
      Optional<String> ttl)
      throws HostCallException {
    var known = find(automation, key);
    var before = known.map(d -> d.body().get("value"));
    return Objects.equals(before, expected)
        && replace(known, document(automation, key, known, value, ttl));
  }

  @Override
  public boolean delete(Automation automation, String key) throws HostCallException {
    var known = find(automation, key);
    if (known.isEmpty()) {
      return false;
    }
    try {
      store.commit(
          Batch.builder().write(new Batch.Write.Remove(TYPE, known.get().id(), 0)).build());
      return true;
    } catch (ConflictException e) {
      return false;
    }
  }

  private boolean replace(Optional<Document> known, Document next) {
    var write =
        known.isPresent()
            ? new Batch.Write.Replace(next, known.get().version())
            : new Batch.Write.Insert(next);
    try {
      store.commit(Batch.builder().write(write).build());
      return true;
    } catch (ConflictException e) {
      return false;
    }
  }

  private Document document(
      Automation automation,
      String key,
      Optional<Document> known,
      @Nullable Object value,
      Optional<String> ttl)
      throws HostCallException {
    requireSize(value);
    var now = clock.instant();
    var version = known.map(Document::version).orElse(0L) + 1;
    var expires = expiry(ttl, now);
    var body = new LinkedHashMap<String, Object>();
    body.put("id", id(automation, key));
    body.put("namespace", automation.namespace().value());
    var created = known.flatMap(d -> Trees.text(d.body(), "createTime"));
    body.put("createTime", created.orElseGet(() -> Instants.text(now)));
    body.put("updateTime", Instants.text(now));
    body.put("automation", automation.id());
    body.put("key", key);
    if (value != null) {
      body.put("value", value);
    }
    body.put("revision", version);
    expires.ifPresent(at -> body.put("expirationTime", Instants.text(at)));
    return new Document(TYPE, id(automation, key), automation.namespace(), version, body, expires);
  }

  static Optional<Instant> expiry(Optional<String> ttl, Instant now) throws HostCallException {
    if (ttl.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(now.plus(Duration.parse(ttl.get())));
    } catch (DateTimeParseException e) {
      throw new HostCallException("bad-argument", "ttl is an ISO 8601 duration such as PT1H");
    }
  }
}
