package io.oarlock.engine;

import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import io.oarlock.store.ResourceStore;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Recordings of runs that failed, kept as long as their runs, under their ids. They are sealed:
 * what servers answered is nobody's to read, and it may hold what the record of a run masks.
 */
final class Recordings {
  static final String TYPE = "recording";
  private static final String SEALED = "sealed";

  private final ResourceStore store;
  private final Vault vault;

  Recordings(ResourceStore store, Vault vault) {
    this.store = store;
    this.vault = vault;
  }

  /** What keeps the recording of a run beside its record. */
  Batch.Write keep(Document run, Recording recording) {
    var body = new LinkedHashMap<String, Object>();
    body.put("id", run.id());
    body.put("namespace", run.namespace().value());
    body.put(SEALED, vault.sealText(path(run.id()), recording.toJson()));
    return new Batch.Write.Put(
        new Document(TYPE, run.id(), run.namespace(), 1, body, run.expiresAt()));
  }

  Optional<Recording> of(String runId) {
    return store
        .get(TYPE, runId)
        .flatMap(kept -> Trees.text(kept.body(), SEALED))
        .map(sealed -> Recording.ofJson(vault.openText(path(runId), sealed)));
  }

  private static String path(String runId) {
    return TYPE + "/" + runId;
  }
}
