package io.oarlock.store.kit;

import io.oarlock.model.Attribute;
import io.oarlock.model.Filter;
import io.oarlock.model.Index;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import io.oarlock.model.TextFormat;
import io.oarlock.model.ValueType;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import io.oarlock.store.NewEvent;
import io.oarlock.store.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The types of the kit, and short words for documents, batches and filters of them. */
public final class Things {
  public static final String THING = "thing";
  public static final String NOTE = "note";

  private static final AtomicLong EVENTS = new AtomicLong();
  private static final ValueType TEXT =
      new ValueType.Text(0, 4096, TextFormat.PLAIN, false, Optional.empty(), Optional.empty());

  private Things() {}

  /** A thing has every kind of index; a note has none. */
  public static ResourceModel model() {
    return model(
        List.of(
            new Index(List.of("name"), true),
            new Index(List.of("rank"), false),
            new Index(List.of("tags"), false),
            new Index(List.of("color", "rank"), false),
            new Index(List.of("spot.x"), false)));
  }

  /** The same with other indexes of things. */
  public static ResourceModel model(List<Index> indexes) {
    return new ResourceModel(List.of(type(THING, indexes), type(NOTE, List.of())));
  }

  private static ResourceType type(String name, List<Index> indexes) {
    return new ResourceType(
        name,
        name + "s",
        "Kit",
        "A " + name + ".",
        List.of(),
        Set.of(),
        Set.of(),
        List.of(
            attribute("name", TEXT),
            attribute("color", TEXT),
            attribute("rank", new ValueType.Whole(Long.MIN_VALUE, Long.MAX_VALUE)),
            attribute("tags", new ValueType.ListOf(TEXT, 0, 100, true)),
            attribute(
                "subject",
                new ValueType.ListOf(new ValueType.ListOf(TEXT, 0, 100, true), 0, 100, true)),
            attribute(
                "spot",
                new ValueType.ObjectOf(List.of(attribute("x", new ValueType.Whole(-1000, 1000)))))),
        indexes,
        List.of(),
        Optional.empty(),
        Map.of());
  }

  private static Attribute attribute(String name, ValueType type) {
    return new Attribute(
        name, type, name, "A " + name + ".", Optional.empty(), Optional.empty(), false, Set.of());
  }

  /** A thing at version 1; unless said otherwise its name, which is unique, is its id. */
  public static Document thing(String id, String namespace, Object... namesAndValues) {
    var body = new LinkedHashMap<String, Object>();
    body.put("name", id);
    for (var i = 0; i < namesAndValues.length; i += 2) {
      body.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return document(THING, id, namespace, 1, body);
  }

  static Document document(
      String type, String id, String namespace, long version, Map<String, Object> attributes) {
    var body = new LinkedHashMap<String, Object>();
    body.put("id", id);
    body.put("namespace", namespace);
    body.put("version", version);
    body.putAll(attributes);
    return new Document(type, id, NamespacePath.of(namespace), version, body, Optional.empty());
  }

  /** The same document one version later, with one attribute changed. */
  public static Document next(Document document, String attribute, Object value) {
    var body = new LinkedHashMap<>(document.body());
    body.put(attribute, value);
    body.put("version", document.version() + 1);
    return new Document(
        document.type(),
        document.id(),
        document.namespace(),
        document.version() + 1,
        body,
        document.expiresAt());
  }

  /** The same document, gone at a time. */
  public static Document expiring(Document document, Instant at) {
    return new Document(
        document.type(),
        document.id(),
        document.namespace(),
        document.version(),
        document.body(),
        Optional.of(at));
  }

  public static Batch.Write insert(Document document) {
    return new Batch.Write.Insert(document);
  }

  public static Batch.Write replace(Document document, long expected) {
    return new Batch.Write.Replace(document, expected);
  }

  public static Batch.Write remove(Document document, long expected) {
    return new Batch.Write.Remove(document.type(), document.id(), expected);
  }

  public static Batch.Write check(Document document, long expected) {
    return new Batch.Write.Check(document.type(), document.id(), expected);
  }

  public static Batch batch(Batch.Write... writes) {
    return new Batch(List.of(writes), List.of());
  }

  /** Inserts that many things into a namespace, ids in the order of their ranks. */
  static Batch many(int count, String namespace) {
    var writes = new ArrayList<Batch.Write>();
    for (var i = 0; i < count; i++) {
      var id = "%s-%05d".formatted(namespace.replace('/', '.'), i);
      writes.add(
          insert(thing(id, namespace, "rank", (long) i, "color", i % 2 == 0 ? "red" : "blue")));
    }
    return new Batch(writes, List.of());
  }

  /** An event with an id of its own. */
  public static NewEvent event(String resourceId) {
    return new NewEvent(
        "event-" + EVENTS.incrementAndGet(),
        Instant.parse("2026-11-21T23:50:00.123Z"),
        THING,
        Operation.UPDATE,
        NamespacePath.of("/acme"),
        resourceId,
        Map.of("id", resourceId, "name", "new"),
        Optional.of(Map.of("id", resourceId, "name", "old")),
        Map.of("kind", "Request", "depth", 0L));
  }

  public static Query.Scope only(String namespace) {
    return new Query.Scope.Only(NamespacePath.of(namespace));
  }

  public static Query.Scope below(String namespace) {
    return new Query.Scope.Below(NamespacePath.of(namespace));
  }

  public static Query.Scope everywhere() {
    return new Query.Scope.Everywhere();
  }

  public static Query things(Query.Scope scope) {
    return Query.all(THING, scope);
  }

  /** Ordered by attributes, a minus before those that descend. */
  public static Query ordered(Query query, String... attributes) {
    var order = new ArrayList<Query.Order>();
    for (var attribute : attributes) {
      var descending = attribute.startsWith("-");
      order.add(new Query.Order(descending ? attribute.substring(1) : attribute, descending));
    }
    return new Query(
        query.type(),
        query.scope(),
        query.filter(),
        order,
        query.limit(),
        query.after(),
        query.skip());
  }

  public static Filter equal(String path, Object value) {
    return new Filter.Compare(path, Filter.Comparison.EQUAL, value);
  }
}
