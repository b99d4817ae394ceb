package io.oarlock.store;

import io.oarlock.model.ResourceModel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import org.h2.mvstore.MVStore;

/** Brings the indexes of a file into line with a model, before anybody reads or writes. */
final class IndexBuild {
  /** Keys written between two commits: bounds memory. */
  private static final int SLICE = 20_000;

  private final MVStore file;
  private final Tables tables;
  private final Consumer<String> progress;
  private int pending;

  IndexBuild(MVStore file, Tables tables, Consumer<String> progress) {
    this.file = file;
    this.tables = tables;
    this.progress = progress;
  }

  Catalog run(ResourceModel model) {
    for (var word : Catalog.stale(tables.state(), model)) {
      clear(Catalog.staleNumber(tables.state(), word));
      tables.state().remove(word);
    }
    var catalog = Catalog.of(tables.state(), model);
    for (var type : catalog.types()) {
      for (var index : type.indexes()) {
        if (!Catalog.ready(tables.state(), type, index)) {
          build(type, index);
        }
      }
    }
    file.commit();
    file.sync();
    return catalog;
  }

  private void clear(int number) {
    var prefix = new ByteSink(2).u16(number).toBytes();
    var end = Keys.after(prefix);
    for (var key = tables.index().ceilingKey(prefix);
        key != null && Arrays.compareUnsigned(key, end) < 0;
        key = tables.index().higherKey(key)) {
      tables.index().remove(key);
      step();
    }
  }

  private void build(TypeEntry type, IndexEntry index) {
    clear(index.number());
    var end = Keys.after(type.prefix());
    var cursor = tables.documents().cursor(type.prefix(), end, false);
    var built = 0L;
    while (cursor.hasNext()) {
      var key = cursor.next();
      if (Arrays.compareUnsigned(key, end) >= 0) {
        break;
      }
      var id = new String(key, 2, key.length - 2, StandardCharsets.UTF_8);
      add(type, index, id, cursor.getValue());
      if (++built % SLICE == 0) {
        progress.accept("Index " + index.name() + " of " + type.name() + ": " + built);
      }
    }
    Catalog.markReady(tables.state(), type, index);
  }

  private void add(TypeEntry type, IndexEntry index, String id, byte[] stored) {
    var document = Indexed.stored(type, id, stored);
    for (var claim : index.claims(document)) {
      var other = tables.index().ceilingKey(claim);
      if (other != null && Arrays.mismatch(claim, other) >= claim.length) {
        throw new StoreException(
            "Two resources of type %s in %s have the same %s: ids %s and %s. The new version of the"
                    .formatted(
                        type.name(),
                        StoredForms.part(stored, Set.of()).namespace(),
                        String.join(", ", index.attributes()),
                        new String(
                            other,
                            claim.length,
                            other.length - claim.length,
                            StandardCharsets.UTF_8),
                        id)
                + " model allows it once. Change one with the version used before, then try again",
            null);
      }
    }
    for (var key : index.keys(document)) {
      tables.index().put(key, NothingType.NOTHING);
      step();
    }
  }

  private void step() {
    if (++pending % SLICE == 0) {
      file.commit();
    }
  }
}
