package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Violation;
import io.oarlock.store.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One write on its way through the pipeline. Used by one thread. */
final class Write {
  final Operation operation;
  final ResourceType type;
  final NamespacePath namespace;
  final Call.Caller caller;
  final Call.Writing how;

  /** What is stored now; empty for CREATE. */
  final Optional<Document> original;

  /** What will be stored; for DELETE what is stored. Secrets are in the clear here. */
  Map<String, Object> resource;

  /** Members for the answer of this write only. */
  final Map<String, Object> shownOnce = new LinkedHashMap<>();

  /** Found by a processor; any refuses the write. */
  final List<Violation> violations = new ArrayList<>();

  /** Writes that go into the same batch. */
  final List<io.oarlock.store.Batch.Write> alongside = new ArrayList<>();

  /** Events of the writes alongside. */
  final List<io.oarlock.store.NewEvent> alongsideEvents = new ArrayList<>();

  /** Writes of other resources that belong to this one: all are committed or none. */
  final List<Write> nested = new ArrayList<>();

  /** Takes a call through the pipeline up to its commit. */
  private final Function<Call, Write> pipeline;

  final Instant now;

  Write(
      Operation operation,
      ResourceType type,
      NamespacePath namespace,
      Call.Caller caller,
      Call.Writing how,
      Optional<Document> original,
      Map<String, Object> resource,
      Instant now,
      Function<Call, Write> pipeline) {
    this.operation = operation;
    this.type = type;
    this.namespace = namespace;
    this.caller = caller;
    this.how = how;
    this.original = original;
    this.resource = resource;
    this.now = now;
    this.pipeline = pipeline;
  }

  /** Adds a write that passes the pipeline like any other, or is refused there. */
  Write nest(Call call) {
    var write = pipeline.apply(call);
    nested.add(write);
    return write;
  }

  String id() {
    return (String) java.util.Objects.requireNonNull(resource.get("id"), "id is not set yet");
  }

  /** Whether it adds or changes, so that the resource's contents matter. */
  boolean puts() {
    return operation != Operation.DELETE;
  }

  boolean creates() {
    return operation == Operation.CREATE;
  }

  Optional<String> text(String attribute) {
    return resource.get(attribute) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  void refuse(String code, String detail, String pointer) {
    violations.add(Violation.of(code, detail, pointer));
  }
}
