package io.oarlock.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch with everything encoded, made on the thread of its caller so that the one writer thread
 * has little left to do.
 */
record Prepared(List<Change> writes, List<byte[]> events) {
  /** One write: its document's bytes (empty for writes without one), keys and unique claims. */
  record Change(
      Batch.Write write, TypeEntry type, ByteKey bytes, List<ByteKey> keys, List<Claim> claims) {}

  /** A key of a unique index, without the id. */
  record Claim(IndexEntry index, ByteKey key) {}

  private static final ByteKey NOTHING = new ByteKey(new byte[0]);

  static Prepared of(Batch batch, Catalog catalog) {
    return new Prepared(
        batch.writes().stream().map(write -> change(write, catalog)).toList(),
        batch.events().stream().map(StoredForms::event).toList());
  }

  private static Change change(Batch.Write write, Catalog catalog) {
    var type = catalog.require(write.type());
    return switch (write) {
      case Batch.Write.Insert(var document) -> change(write, type, document);
      case Batch.Write.Replace(var document, var _) -> change(write, type, document);
      case Batch.Write.Put(var document) -> change(write, type, document);
      case Batch.Write.Remove _, Batch.Write.Check _ ->
          new Change(write, type, NOTHING, List.of(), List.of());
    };
  }

  private static Change change(Batch.Write write, TypeEntry type, Document document) {
    var indexed = Indexed.of(document);
    var claims = new ArrayList<Claim>();
    for (var index : type.indexes()) {
      index.claims(indexed).forEach(key -> claims.add(new Claim(index, new ByteKey(key))));
    }
    var expiresAt = document.expiresAt().map(Instant::toEpochMilli).orElse(0L);
    return new Change(
        write,
        type,
        new ByteKey(StoredForms.document(document)),
        Changes.keys(type, document.id(), indexed, expiresAt),
        claims);
  }
}
