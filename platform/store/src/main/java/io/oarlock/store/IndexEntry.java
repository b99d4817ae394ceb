package io.oarlock.store;

import io.oarlock.model.NamespacePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An index as the embedded store keeps it: one ordered run of keys, each the number of the index, a
 * namespace, one value for each attribute, and the id of the document. Without attributes it orders
 * the documents of a type by namespace.
 *
 * @param number first two bytes of its keys
 * @param lists the attributes which the model says hold lists
 */
record IndexEntry(int number, List<String> attributes, Set<String> lists, boolean unique) {
  /** Most keys one document has in one index; more elements than that are a fault of the model. */
  static final int KEYS_MAX = 10_000;

  /** The name used in plans. */
  String name() {
    return attributes.isEmpty() ? "namespace" : "namespace," + String.join(",", attributes);
  }

  byte[] prefix() {
    return new ByteSink(2).u16(number).toBytes();
  }

  byte[] prefix(NamespacePath namespace) {
    var out = new ByteSink(64).u16(number);
    Keys.namespace(out, namespace);
    return out.toBytes();
  }

  /** The keys of a document, in no order; an element that a list repeats gives its key again. */
  List<byte[]> keys(Document document) {
    var id = document.id().getBytes(StandardCharsets.UTF_8);
    var keys = tuples(document);
    keys.replaceAll(tuple -> Keys.join(tuple, id));
    return keys;
  }

  /** What a unique index allows once: the keys without the id; none where a value is absent. */
  List<byte[]> claims(Document document) {
    return !unique || attributes.stream().anyMatch(a -> values(document.body(), a).isEmpty())
        ? List.of()
        : tuples(document);
  }

  private List<byte[]> tuples(Document document) {
    List<byte[]> tuples = new ArrayList<>();
    tuples.add(prefix(document.namespace()));
    for (var attribute : attributes) {
      tuples = extended(tuples, values(document.body(), attribute));
    }
    return tuples;
  }

  private static List<Object> values(Map<String, Object> body, String attribute) {
    return TreePath.scalars(body, attribute);
  }

  private static List<byte[]> extended(List<byte[]> tuples, List<Object> values) {
    if ((long) tuples.size() * values.size() > KEYS_MAX) {
      throw new IllegalArgumentException(
          "A document would have more than " + KEYS_MAX + " keys in one index");
    }
    var longer = new ArrayList<byte[]>(tuples.size() * Math.max(1, values.size()));
    for (var tuple : tuples) {
      if (values.isEmpty()) {
        longer.add(extended(tuple, null));
      }
      for (var value : values) {
        longer.add(extended(tuple, value));
      }
    }
    return longer;
  }

  private static byte[] extended(byte[] tuple, @Nullable Object value) {
    var out = new ByteSink(tuple.length + 64).raw(tuple);
    Keys.value(out, value);
    return out.toBytes();
  }
}
