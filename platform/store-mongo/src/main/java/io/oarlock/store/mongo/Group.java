package io.oarlock.store.mongo;

import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import io.oarlock.model.ResourceModel;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What several batches together do to the database, found out before anything is written: the
 * documents and unique values they touch are read, each batch is tried upon them in order, and one
 * whose expectations are not met leaves no trace. What remains cannot fail any more, since the
 * transaction as a whole conflicts with every other one.
 */
final class Group {
  /** A document as far as expectations go. */
  private record Held(long version, Optional<Instant> expiresAt, List<Claim> claims) {}

  private record Key(String type, String id) {}

  private final ResourceModel model;
  private final Instant now;
  private final Map<Key, Held> documents = new HashMap<>();
  private final Map<Claim, String> holders = new HashMap<>();
  private final Map<String, List<WriteModel<BsonDocument>>> writes = new LinkedHashMap<>();
  private final List<BsonDocument> events = new ArrayList<>();

  Group(ResourceModel model, Instant now) {
    this.model = model;
    this.now = now;
  }

  /** The writes of each type, in order. */
  Map<String, List<WriteModel<BsonDocument>>> writes() {
    return writes;
  }

  List<BsonDocument> events() {
    return events;
  }

  /** Reads whatever the batches may depend on. */
  void load(Wire wire, Schema schema, List<Prepared> batches) {
    var ids = new HashMap<String, Set<String>>();
    var claims = new HashMap<String, Set<Bson>>();
    for (var batch : batches) {
      for (var change : batch.writes()) {
        var type = change.write().type();
        ids.computeIfAbsent(type, _ -> new HashSet<>()).add(change.write().id());
        var ofType = claims.computeIfAbsent(type, _ -> new HashSet<>());
        change.claims().forEach(claim -> ofType.add(claim.filter()));
      }
    }
    ids.forEach((type, touched) -> {
      var any = new ArrayList<Bson>(claims.getOrDefault(type, Set.of()));
      any.add(Filters.in("_id", touched));
      wire.find(schema.documents(type), Filters.or(any), fields(type))
          .forEach(found -> hold(type, found));
    });
  }

  private BsonDocument fields(String type) {
    var one = new BsonInt32(1);
    var fields = new BsonDocument("ns", one).append("v", one).append("x", one);
    for (var index : model.require(type).indexes()) {
      if (index.unique()) {
        index.attributes().forEach(attribute -> fields.append(BsonTrees.path(attribute), one));
      }
    }
    return fields;
  }

  private void hold(String type, BsonDocument found) {
    found.putIfAbsent("b", new BsonDocument());
    var document = StoredForms.document(type, found);
    var claims = Claim.of(model.require(type), document.namespace(), document.body());
    var key = new Key(type, document.id());
    documents.put(key, new Held(document.version(), document.expiresAt(), claims));
    claims.forEach(claim -> holders.put(claim, document.id()));
  }

  /** Tries one batch; a conflict leaves everything as it was. */
  void add(Prepared batch) {
    var trial = new Trial();
    batch.writes().forEach(trial::apply);
    trial.keep();
    events.addAll(batch.events());
  }

  boolean isEmpty() {
    return writes.isEmpty() && events.isEmpty();
  }

  /** The changes of one batch, laid over those before it. */
  private final class Trial {
    private final Map<Key, Optional<Held>> changed = new HashMap<>();
    private final Map<Claim, Optional<String>> claimed = new HashMap<>();
    private final Map<String, List<WriteModel<BsonDocument>>> ordered = new LinkedHashMap<>();

    void keep() {
      changed.forEach((key, held) -> set(documents, key, held));
      claimed.forEach((claim, holder) -> set(holders, claim, holder));
      ordered.forEach(
          (type, more) -> writes.computeIfAbsent(type, _ -> new ArrayList<>()).addAll(more));
    }

    private static <K, V> void set(Map<K, V> map, K key, Optional<V> value) {
      if (value.isPresent()) {
        map.put(key, value.get());
      } else {
        map.remove(key);
      }
    }

    void apply(Prepared.Change change) {
      var write = change.write();
      var key = new Key(write.type(), write.id());
      var held = alive(key);
      switch (write) {
        case Batch.Write.Insert _ -> {
          expect(held == null, ConflictException.Reason.EXISTS, write);
          put(key, held, change);
        }
        case Batch.Write.Replace(var _, var expected) -> {
          expectVersion(held, expected, write);
          put(key, held, change);
        }
        case Batch.Write.Put _ -> put(key, held, change);
        case Batch.Write.Remove(var _, var _, var expected) -> {
          if (expected != 0) {
            expectVersion(held, expected, write);
          }
          if (held != null) {
            remove(key, held);
          }
        }
        case Batch.Write.Check(var _, var _, var expected) -> {
          if (expected == 0) {
            expect(held == null, ConflictException.Reason.VERSION, write);
          } else {
            expectVersion(held, expected, write);
          }
        }
      }
    }

    // What has expired is removed here and now; the server's own sweeper may be a minute late.
    private @Nullable Held alive(Key key) {
      var known = changed.get(key);
      var held = known == null ? documents.get(key) : known.orElse(null);
      if (held != null && held.expiresAt.filter(at -> !at.isAfter(now)).isPresent()) {
        remove(key, held);
        return null;
      }
      return held;
    }

    private static void expect(boolean met, ConflictException.Reason reason, Batch.Write write) {
      if (!met) {
        throw new ConflictException(reason, write.type(), write.id(), "");
      }
    }

    private static void expectVersion(@Nullable Held held, long expected, Batch.Write write) {
      expect(held != null && held.version == expected, ConflictException.Reason.VERSION, write);
    }

    private void put(Key key, @Nullable Held held, Prepared.Change change) {
      if (held != null) {
        held.claims.forEach(claim -> claimed.put(claim, Optional.empty()));
      }
      for (var claim : change.claims()) {
        free(claim, key);
        claimed.put(claim, Optional.of(key.id));
      }
      var stored = change.stored().orElseThrow();
      var version = stored.getInt64("v").getValue();
      var now = new Held(version, StoredForms.expiry(stored), change.claims());
      changed.put(key, Optional.of(now));
      write(key, held == null ? new InsertOneModel<>(stored) : replacement(key, stored));
    }

    private static WriteModel<BsonDocument> replacement(Key key, BsonDocument stored) {
      return new ReplaceOneModel<>(Filters.eq("_id", key.id), stored, new ReplaceOptions());
    }

    private void free(Claim claim, Key key) {
      var known = claimed.get(claim);
      var holder = known == null ? holders.get(claim) : known.orElse(null);
      if (holder != null && !holder.equals(key.id) && alive(new Key(key.type, holder)) != null) {
        throw new ConflictException(
            ConflictException.Reason.UNIQUE,
            key.type,
            key.id,
            String.join(",", claim.attributes()));
      }
    }

    private void remove(Key key, Held held) {
      held.claims.forEach(claim -> claimed.put(claim, Optional.empty()));
      changed.put(key, Optional.empty());
      write(key, new DeleteOneModel<>(Filters.eq("_id", key.id)));
    }

    private void write(Key key, WriteModel<BsonDocument> write) {
      ordered.computeIfAbsent(key.type, _ -> new ArrayList<>()).add(write);
    }
  }
}
