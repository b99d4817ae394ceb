package io.oarlock.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * What one batch changes in the maps, and how to take it back. Only the writer thread uses it:
 * expectations are checked against the maps themselves, which hold everything that came before,
 * committed or not.
 */
final class Changes {
  private final Tables tables;
  private final Catalog catalog;
  private final long now;
  private final Redo redo;
  private final int redoBefore;
  private final long headBefore;
  private final List<Runnable> undo = new ArrayList<>();
  private long head;

  /** Adds to the redo what is changed and not taken back. */
  Changes(Tables tables, Catalog catalog, long now, long head, Redo redo) {
    this.tables = tables;
    this.catalog = catalog;
    this.now = now;
    this.headBefore = head;
    this.head = head;
    this.redo = redo;
    this.redoBefore = redo.size();
  }

  long head() {
    return head;
  }

  long now() {
    return now;
  }

  /** Makes everything as it was before this batch. */
  void takeBack() {
    undo.reversed().forEach(Runnable::run);
    undo.clear();
    redo.cutTo(redoBefore);
    head = headBefore;
  }

  void apply(Prepared prepared) {
    for (var write : prepared.writes()) {
      apply(write);
    }
    for (var event : prepared.events()) {
      put(tables.events(), ++head, event);
    }
  }

  private void apply(Prepared.Change change) {
    var write = change.write();
    var type = change.type();
    var stored = alive(type, write.id());
    switch (write) {
      case Batch.Write.Insert _ -> {
        expect(stored == null, ConflictException.Reason.EXISTS, write);
        replace(type, change, stored);
      }
      case Batch.Write.Replace(var _, var expected) -> {
        expectVersion(stored, expected, write);
        replace(type, change, stored);
      }
      case Batch.Write.Put _ -> replace(type, change, stored);
      case Batch.Write.Remove(var _, var id, var expected) -> {
        if (expected != 0) {
          expectVersion(stored, expected, write);
        }
        if (stored != null) {
          remove(type, id, stored);
        }
      }
      case Batch.Write.Check(var _, var _, var expected) -> {
        if (expected == 0) {
          expect(stored == null, ConflictException.Reason.VERSION, write);
        } else {
          expectVersion(stored, expected, write);
        }
      }
    }
  }

  // What has expired is as good as gone: it is removed here and now, ahead of the sweeper.
  private byte @Nullable [] alive(TypeEntry type, String id) {
    var stored = tables.documents().get(type.key(id));
    if (stored != null && StoredForms.expired(stored, now)) {
      remove(type, id, stored);
      return null;
    }
    return stored;
  }

  private static void expect(boolean met, ConflictException.Reason reason, Batch.Write write) {
    if (!met) {
      throw new ConflictException(reason, write.type(), write.id(), "");
    }
  }

  private static void expectVersion(byte @Nullable [] stored, long expected, Batch.Write write) {
    expect(
        stored != null && StoredForms.version(stored) == expected,
        ConflictException.Reason.VERSION,
        write);
  }

  private void replace(TypeEntry type, Prepared.Change change, byte @Nullable [] stored) {
    var id = change.write().id();
    var old = oldKeys(type, id, stored);
    if (!old.isEmpty()) {
      var kept = Set.copyOf(change.keys());
      old.stream()
          .filter(key -> !kept.contains(key))
          .forEach(key -> remove(tables.index(), key.bytes()));
    }
    for (var claim : change.claims()) {
      free(type, id, claim);
    }
    for (var key : change.keys()) {
      if (!old.contains(key)) {
        put(tables.index(), key.bytes(), NothingType.NOTHING);
      }
    }
    put(tables.documents(), type.key(id), change.bytes().bytes());
  }

  private static Set<ByteKey> oldKeys(TypeEntry type, String id, byte @Nullable [] stored) {
    return stored == null ? Set.of() : Set.copyOf(storedKeys(type, id, stored));
  }

  private void free(TypeEntry type, String id, Prepared.Claim claim) {
    var prefix = claim.key().bytes();
    for (var key = tables.index().ceilingKey(prefix);
        key != null && Arrays.mismatch(prefix, key) >= prefix.length;
        key = tables.index().higherKey(key)) {
      var length = key.length - prefix.length;
      var holder = new String(key, prefix.length, length, StandardCharsets.UTF_8);
      if (!holder.equals(id) && alive(type, holder) != null) {
        throw new ConflictException(
            ConflictException.Reason.UNIQUE,
            type.name(),
            id,
            String.join(",", claim.index().attributes()));
      }
    }
  }

  /** Removes a document with its keys. */
  void remove(TypeEntry type, String id, byte[] stored) {
    for (var key : storedKeys(type, id, stored)) {
      remove(tables.index(), key.bytes());
    }
    remove(tables.documents(), type.key(id));
  }

  /** All keys of a document, that of its expiry included; a key may be there twice. */
  static List<ByteKey> storedKeys(TypeEntry type, String id, byte[] stored) {
    return keys(type, id, Indexed.stored(type, id, stored), StoredForms.expiry(stored));
  }

  static List<ByteKey> keys(TypeEntry type, String id, Indexed document, long expiresAt) {
    var keys = new ArrayList<ByteKey>(32);
    for (var index : type.indexes()) {
      for (var key : index.keys(document)) {
        keys.add(new ByteKey(key));
      }
    }
    if (expiresAt != 0) {
      keys.add(expiryKey(type, id, expiresAt));
    }
    return keys;
  }

  private static ByteKey expiryKey(TypeEntry type, String id, long at) {
    return new ByteKey(new ByteSink(64).u16(Catalog.EXPIRY).i64(at).raw(type.key(id)).toBytes());
  }

  /** Removes what has expired, at most that many; the number removed. */
  int sweep(int most) {
    var end = new ByteSink(10).u16(Catalog.EXPIRY).i64(now + 1).toBytes();
    var swept = 0;
    var key = tables.index().firstKey();
    while (key != null && swept < most && Arrays.compareUnsigned(key, end) < 0) {
      var document = Arrays.copyOfRange(key, 10, key.length);
      var type = catalog.byNumber(TypeEntry.numberIn(document));
      var stored = tables.documents().get(document);
      if (type != null && stored != null) {
        remove(type, new String(document, 2, document.length - 2, StandardCharsets.UTF_8), stored);
        swept++;
      }
      key = tables.index().higherKey(key);
    }
    return swept;
  }

  /** Forgets events up to a sequence, at most that many; whether there are more. */
  boolean trim(long upTo, int most) {
    var key = tables.events().firstKey();
    for (var i = 0; key != null && key <= upTo; i++) {
      if (i == most) {
        return true;
      }
      remove(tables.events(), key);
      key = tables.events().higherKey(key);
    }
    return false;
  }

  Optional<byte[]> state(String word) {
    return Optional.ofNullable(tables.state().get(word));
  }

  void state(String word, byte[] value) {
    put(tables.state(), word, value);
  }

  private <K> void put(MVMap<K, byte[]> map, K key, byte[] value) {
    var old = map.put(key, value);
    redo.put(map, key, value);
    undo.add(old == null ? () -> map.remove(key) : () -> map.put(key, old));
  }

  private <K> void remove(MVMap<K, byte[]> map, K key) {
    var old = map.remove(key);
    if (old != null) {
      redo.remove(map, key);
      undo.add(() -> map.put(key, old));
    }
  }
}
