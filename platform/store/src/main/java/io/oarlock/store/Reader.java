package io.oarlock.store;

import static java.util.Objects.requireNonNull;

import io.oarlock.model.Filters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** Answers one query from one snapshot. */
final class Reader {
  private final Snapshot snapshot;
  private final TypeEntry type;
  private final Query query;
  private final long now;
  private final Ordering ordering;

  Reader(Snapshot snapshot, TypeEntry type, Query query, long now) {
    this.snapshot = snapshot;
    this.type = type;
    this.query = query;
    this.now = now;
    this.ordering = Ordering.of(query);
  }

  private record Place(ByteKey key, Document document) {}

  Page page() {
    return page(new Planner(snapshot, type, query).forList());
  }

  Page page(Access access) {
    var after = query.after().map(text -> PageCursor.read(text, ordering)).orElse(null);
    var wanted = query.skip() + query.limit() + 1;
    var found = access.sorted() ? inOrder(access, after, wanted) : sorted(access, after, wanted);
    var from = Math.min(query.skip(), found.size());
    var page = found.subList(from, Math.min(found.size(), from + query.limit()));
    var more = found.size() == wanted && !page.isEmpty();
    return new Page(
        page,
        more
            ? Optional.of(PageCursor.after(page.getLast(), ordering).text(ordering))
            : Optional.empty());
  }

  private List<Document> inOrder(Access access, @Nullable PageCursor after, int wanted) {
    var found = new ArrayList<Document>();
    var suffix = after == null ? null : suffix(access, after);
    documents(
        access,
        suffix,
        document -> {
          found.add(document);
          return found.size() < wanted;
        });
    return found;
  }

  // The part of a key that follows what is fixed in each run.
  private byte[] suffix(Access access, PageCursor after) {
    var out = new ByteSink(64);
    for (var i = 0; i < ordering.attributes().size(); i++) {
      if (!access.fixed().contains(ordering.attributes().get(i).attribute())) {
        Keys.value(out, after.values().get(i));
      }
    }
    return out.utf8(after.id()).toBytes();
  }

  private List<Document> sorted(Access access, @Nullable PageCursor after, int wanted) {
    var begin = after == null ? null : new ByteKey(ordering.key(after));
    Comparator<Place> order = Comparator.comparing(Place::key);
    var best = new PriorityQueue<Place>(order.reversed());
    documents(
        access,
        null,
        document -> {
          var key = new ByteKey(ordering.key(PageCursor.after(document, ordering)));
          if (begin == null || key.compareTo(begin) > 0) {
            best.add(new Place(key, document));
            if (best.size() > wanted) {
              best.poll();
            }
          }
          return true;
        });
    return best.stream().sorted(order).map(Place::document).toList();
  }

  /** Documents looked at for a total; where there are more, a sample of them is. */
  static final int COUNTED_MAX = 1000;

  long count() {
    return count(new Planner(snapshot, type, query).forCount());
  }

  ResourceStore.Total total() {
    return total(new Planner(snapshot, type, query).forCount());
  }

  ResourceStore.Total total(Access access) {
    return access.countable() || access.scan() <= COUNTED_MAX
        ? ResourceStore.Total.exactly(count(access))
        : new ResourceStore.Total(estimate(access), false);
  }

  private long count(Access access) {
    if (access.countable()) {
      var keys = 0L;
      for (var reach : access.reaches()) {
        keys += Snapshot.count(snapshot.index(), reach.keys().low(), reach.keys().high());
      }
      return keys - expired();
    }
    var counted = new long[1];
    matches(
        access,
        null,
        (_, _) -> {
          counted[0]++;
          return true;
        });
    return counted[0];
  }

  private long estimate(Access access) {
    var match = new Match(query, access);
    return new Estimate(map(access), access)
        .matches((key, reach) -> {
          var id = id(access, key);
          var bytes = alive(snapshot.document(type.number(), id));
          return bytes == null || !match.test(bytes, reach.above())
              ? 0
              : 1.0 / (access.repeats() ? times(access, id, bytes) : 1);
        });
  }

  /** How many keys of an access lead to a document. */
  private long times(Access access, String id, byte[] bytes) {
    var keys = requireNonNull(access.index()).keys(Indexed.stored(type, id, bytes));
    var within =
        keys.stream().filter(key -> access.reaches().stream().anyMatch(r -> r.keys().holds(key)));
    return Math.max(1, within.map(ByteKey::new).distinct().count());
  }

  /** How many documents match but have expired and were not swept yet. */
  private long expired() {
    var matches = Filters.predicate(query.filter());
    var end = new ByteSink(10).u16(Catalog.EXPIRY).i64(now + 1).toBytes();
    var count = 0L;
    for (var key = snapshot.index().firstKey();
        key != null && Arrays.compareUnsigned(key, end) < 0;
        key = snapshot.index().higherKey(key)) {
      var documentKey = Arrays.copyOfRange(key, 10, key.length);
      if (Arrays.mismatch(documentKey, type.prefix()) >= 2) {
        var document = read(documentKey);
        if (document != null
            && Match.inScope(query.scope(), document.namespace())
            && matches.test(document.body())) {
          count++;
        }
      }
    }
    return count;
  }

  private @Nullable Document read(byte[] key) {
    var bytes = snapshot.documents().get(key);
    var id = new String(key, 2, key.length - 2, StandardCharsets.UTF_8);
    return bytes == null ? null : StoredForms.document(type.name(), id, bytes);
  }

  ResourceStore.Plan explain() {
    var access = new Planner(snapshot, type, query).forList();
    var used = access.used().isEmpty() ? "" : ": " + Filters.print(Filters.and(access.used()));
    var range = query.scope() + ", " + access.words();
    return new ResourceStore.Plan(
        access.name(),
        range + used,
        access.residual().stream().map(Filters::print).toList(),
        access.scan());
  }

  private void documents(Access access, byte @Nullable [] suffix, Predicate<Document> visitor) {
    matches(
        access, suffix, (id, bytes) -> visitor.test(StoredForms.document(type.name(), id, bytes)));
  }

  /** Is shown a document that matches, in its stored form, and tells whether to go on. */
  private interface Visitor {
    boolean visit(String id, byte[] document);
  }

  private void matches(Access access, byte @Nullable [] suffix, Visitor visitor) {
    var match = new Match(query, access);
    var seen = access.repeats() ? new HashSet<String>() : null;
    var descending = access.sorted() && ordering.idDescending();
    new Scan(map(access), access, descending, suffix)
        .forEach((key, value, reach) -> {
          var id = id(access, key);
          var bytes = alive(access.index() == null ? value : snapshot.document(type.number(), id));
          return bytes == null
              || !match.test(bytes, reach.above())
              || (seen != null && !seen.add(id))
              || visitor.visit(id, bytes);
        });
  }

  private MVMap<byte[], byte[]> map(Access access) {
    return access.index() == null ? snapshot.documents() : snapshot.index();
  }

  private byte @Nullable [] alive(byte @Nullable [] document) {
    return document == null || StoredForms.expired(document, now) ? null : document;
  }

  private static String id(Access access, byte[] key) {
    var index = access.index();
    var from = index == null ? 2 : idOffset(index, key);
    return new String(key, from, key.length - from, StandardCharsets.UTF_8);
  }

  private static int idOffset(IndexEntry index, byte[] key) {
    var at = 2;
    while (key[at] != 0) {
      at++;
    }
    at++;
    for (var i = 0; i < index.attributes().size(); i++) {
      at = Keys.end(key, at);
    }
    return at;
  }
}
