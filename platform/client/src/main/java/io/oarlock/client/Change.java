package io.oarlock.client;

import io.oarlock.model.Instants;
import io.oarlock.model.Operation;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A committed write: it was stored together with this event.
 *
 * @param id never given twice: what makes handling it idempotent
 * @param sequence place in the event log; grows, with gaps
 * @param type singular name of the type
 * @param operation a creation, an update or a deletion
 * @param object as it is after the write; of a deletion, as it last was
 * @param original as it was before an update
 * @param cause why it happened: its kind, id, depth, and what is known of who began it
 */
public record Change<R extends Record>(
    String id,
    long sequence,
    Instant time,
    String type,
    Operation operation,
    String namespace,
    Stored<R> object,
    Optional<Stored<R>> original,
    Map<String, Object> cause) {

  static <R extends Record> Change<R> of(
      Map<String, Object> tree, BiFunction<String, Map<String, Object>, Stored<R>> stored) {
    var type = Trees.text(tree, "type").orElse("");
    return new Change<>(
        Trees.text(tree, "id").orElse(""),
        Trees.number(tree, "sequence"),
        Trees.text(tree, "time").map(Instants::parse).orElse(Instant.EPOCH),
        type,
        Trees.text(tree, "operation").flatMap(Operation::parse).orElse(Operation.UPDATE),
        Trees.text(tree, "namespace").orElse(""),
        stored.apply(type, Trees.object(tree.getOrDefault("object", Map.of()))),
        Optional.ofNullable(tree.get("original"))
            .map(original -> stored.apply(type, Trees.object(original))),
        Trees.object(tree.getOrDefault("cause", Map.of())));
  }
}
