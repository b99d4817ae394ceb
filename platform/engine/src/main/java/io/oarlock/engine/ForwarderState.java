package io.oarlock.engine;

import io.oarlock.model.Instants;
import io.oarlock.model.NamespacePath;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far a forwarder is: its durable cursor and what it counts.
 *
 * @param version of the stored record; a write expects the one that was read, so that a node which
 *     lost its lease moves no cursor back
 * @param sequence of the last event that was acknowledged, or not meant for the sink
 * @param lost events that were past their retention before they were sent
 */
record ForwarderState(
    String id,
    NamespacePath namespace,
    long version,
    long sequence,
    Optional<Instant> acknowledgedAt,
    long sent,
    long givenUp,
    long lost,
    Optional<String> lastError,
    Optional<Instant> failedAt,
    long failures) {
  static final String TYPE = "forwarderstate";
  private static final int ERROR_MAX = 1024;

  /** Of a forwarder that begins with what is committed after that sequence. */
  static ForwarderState first(String id, NamespacePath namespace, long sequence) {
    return new ForwarderState(
        id,
        namespace,
        1,
        sequence,
        Optional.empty(),
        0,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        0);
  }

  static ForwarderState of(Document document) {
    var body = document.body();
    return new ForwarderState(
        document.id(),
        document.namespace(),
        document.version(),
        Trees.number(body, "sequence", 0),
        Trees.instant(body, "acknowledgedAt"),
        Trees.number(body, "sent", 0),
        Trees.number(body, "givenUp", 0),
        Trees.number(body, "lost", 0),
        Trees.text(body, "lastError"),
        Trees.instant(body, "failedAt"),
        Trees.number(body, "failures", 0));
  }

  ForwarderState at(long newSequence) {
    return new ForwarderState(
        id,
        namespace,
        version,
        newSequence,
        acknowledgedAt,
        sent,
        givenUp,
        lost,
        lastError,
        failedAt,
        failures);
  }

  ForwarderState acknowledged(long count, long refused, Instant now) {
    return new ForwarderState(
        id,
        namespace,
        version,
        sequence,
        count > 0 ? Optional.of(now) : acknowledgedAt,
        sent + count,
        givenUp + refused,
        lost,
        Optional.empty(),
        Optional.empty(),
        0);
  }

  ForwarderState failed(String error, Instant now) {
    var text = error.length() <= ERROR_MAX ? error : error.substring(0, ERROR_MAX);
    return new ForwarderState(
        id,
        namespace,
        version,
        sequence,
        acknowledgedAt,
        sent,
        givenUp,
        lost,
        Optional.of(text),
        Optional.of(now),
        failures + 1);
  }

  ForwarderState lost(long count) {
    return new ForwarderState(
        id,
        namespace,
        version,
        sequence + count,
        acknowledgedAt,
        sent,
        givenUp,
        lost + count,
        lastError,
        failedAt,
        failures);
  }

  /** The same, as the next version. */
  ForwarderState next() {
    return new ForwarderState(
        id,
        namespace,
        version + 1,
        sequence,
        acknowledgedAt,
        sent,
        givenUp,
        lost,
        lastError,
        failedAt,
        failures);
  }

  /** Stores this in place of the version before it. */
  Batch.Write replace() {
    return new Batch.Write.Replace(document(), version - 1);
  }

  Document document() {
    var body = new LinkedHashMap<String, Object>();
    body.put("id", id);
    body.put("namespace", namespace.value());
    body.put("version", version);
    body.put("sequence", sequence);
    acknowledgedAt.ifPresent(at -> body.put("acknowledgedAt", Instants.text(at)));
    body.put("sent", sent);
    body.put("givenUp", givenUp);
    body.put("lost", lost);
    lastError.ifPresent(text -> body.put("lastError", text));
    failedAt.ifPresent(at -> body.put("failedAt", Instants.text(at)));
    body.put("failures", failures);
    return new Document(TYPE, id, namespace, version, body, Optional.empty());
  }

  /** What readers of the forwarder see. */
  Map<String, Object> shown(long head) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("acknowledged", sequence);
    acknowledgedAt.ifPresent(at -> shown.put("acknowledgedAt", Instants.text(at)));
    shown.put("lag", Math.max(0, head - sequence));
    shown.put("sent", sent);
    shown.put("givenUp", givenUp);
    shown.put("lost", lost);
    lastError.ifPresent(text -> shown.put("lastError", text));
    failedAt.ifPresent(at -> shown.put("failedAt", Instants.text(at)));
    shown.put("failures", failures);
    return shown;
  }
}
