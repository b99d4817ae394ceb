package io.oarlock.store;

import io.oarlock.model.ResourceModel;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.h2.mvstore.MVStoreException;

/**
 * The store that needs nothing but a directory. One process at a time has it open.
 *
 * <p>It is one log-structured file of ordered maps (H2's MVStore) and a log of what is not in it
 * yet. All changes go through one {@link Writer} thread, which syncs many batches at once; reads
 * take a {@link Snapshot} of the last synced state and wait for nobody.
 */
public final class EmbeddedStore implements ResourceStore {
  /**
   * Limits and surroundings.
   *
   * @param cacheMegabytes memory for pages of the file
   * @param freeBytesMin writing stops while the disk has less room than this
   * @param clock tells what has expired, and when leases end
   * @param progress is told about work at start that can take long
   */
  public record Options(
      int cacheMegabytes, long freeBytesMin, InstantSource clock, Consumer<String> progress) {
    /**
     * An eighth of the heap, at least 16 and at most 512 MB, for pages; 64 MB of disk in reserve.
     */
    public static Options defaults() {
      var cache = Math.clamp(Runtime.getRuntime().maxMemory() >> 23, 16, 512);
      return new Options(cache, 64L << 20, InstantSource.system(), _ -> {});
    }

    public Options withClock(InstantSource other) {
      return new Options(cacheMegabytes, freeBytesMin, other, progress);
    }

    public Options withProgress(Consumer<String> other) {
      return new Options(cacheMegabytes, freeBytesMin, clock, other);
    }
  }

  private final StoreDirectory directory;
  private final Catalog catalog;
  private final Options options;
  private final AppendSignal signal;
  private final Writer writer;
  private final EventLog events;
  private final Leases leases;

  private EmbeddedStore(StoreDirectory directory, ResourceModel model, Options options) {
    this.directory = directory;
    this.options = options;
    var file = directory.open();
    try {
      this.catalog = new IndexBuild(file.maps(), file.tables(), options.progress()).run(model);
      this.signal = new AppendSignal();
      this.writer = new Writer(directory, file, catalog, options, signal::signal);
    } catch (MVStoreException | StoreException e) {
      file.abandon();
      throw e instanceof StoreException ? e : StoreDirectory.unusable(directory.path(), e);
    }
    this.events = new EmbeddedEvents(writer, signal);
    this.leases = new EmbeddedLeases(writer);
  }

  /** Opens the store of a directory, made if it is not there, with default limits. */
  public static EmbeddedStore open(Path directory, ResourceModel model) {
    return open(directory, model, Options.defaults());
  }

  /** Opens the store of a directory, made if it is not there. */
  public static EmbeddedStore open(Path directory, ResourceModel model, Options options) {
    return open(directory, model, options, DataFile::new);
  }

  static EmbeddedStore open(
      Path directory, ResourceModel model, Options options, StoreDirectory.DataFiles files) {
    var locked = new StoreDirectory(directory, options, files);
    try {
      return new EmbeddedStore(locked, model, options);
    } catch (RuntimeException e) {
      locked.close();
      throw e;
    }
  }

  @Override
  public Optional<Document> get(String type, String id) {
    var entry = catalog.require(type);
    var bytes = writer.read(snapshot -> Optional.ofNullable(snapshot.document(entry.number(), id)));
    return bytes
        .filter(stored -> !StoredForms.expired(stored, now()))
        .map(stored -> StoredForms.document(type, id, stored));
  }

  private long now() {
    return options.clock().millis();
  }

  @Override
  public Page list(Query query) {
    return writer.read(snapshot -> reader(snapshot, query).page());
  }

  @Override
  public long count(Query query) {
    return writer.read(snapshot -> reader(snapshot, query).count());
  }

  @Override
  public Total total(Query query) {
    return writer.read(snapshot -> reader(snapshot, query).total());
  }

  @Override
  public Plan explain(Query query) {
    return writer.read(snapshot -> reader(snapshot, query).explain());
  }

  /** For tests that look under the lid. */
  <R> R peek(BiFunction<Snapshot, Catalog, R> look) {
    return writer.read(snapshot -> look.apply(snapshot, catalog));
  }

  private Reader reader(Snapshot snapshot, Query query) {
    return new Reader(snapshot, catalog.require(query.type()), query, now());
  }

  @Override
  public List<Event> commit(Batch batch) {
    var prepared = Prepared.of(batch, catalog);
    return writer.submit(changes -> {
      var before = changes.head();
      changes.apply(prepared);
      return Batch.numbered(batch.events(), before);
    });
  }

  @Override
  public EventLog events() {
    return events;
  }

  @Override
  public Leases leases() {
    return leases;
  }

  @Override
  public void check() {
    writer.check();
  }

  /**
   * Writes all documents and events, as they are at one moment, while others read and write.
   *
   * @see #restore
   */
  public void backup(OutputStream out) {
    writer.read(snapshot -> {
      Backup.write(snapshot, out);
      return true;
    });
  }

  /** Makes a store from a backup, in a directory that is empty or not there. */
  public static void restore(InputStream in, Path directory) {
    Backup.restore(in, directory);
  }

  @Override
  public void close() {
    writer.close();
    signal.close();
    directory.close();
  }
}
