package io.oarlock.store;

import io.oarlock.model.NamespacePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /** The keys of a document, in no order. */
  Set<ByteKey> keys(Document document) {
    var keys = new HashSet<ByteKey>();
    for (var tuple : tuples(document)) {
      keys.add(
          new ByteKey(new ByteSink(tuple.length + 40).raw(tuple).utf8(document.id()).toBytes()));
    }
    return keys;
  }

  /** What a unique index allows once: the keys without the id; none where a value is absent. */
  List<byte[]> claims(Document document) {
    var absent = attributes.stream().anyMatch(a -> values(document.body(), a).isEmpty());
    return !unique || absent ? List.of() : tuples(document);
  }

  private List<byte[]> tuples(Document document) {
    var tuples = List.of(prefix(document.namespace()));
    for (var attribute : attributes) {
      var values = values(document.body(), attribute);
      if (values.isEmpty()) {
        tuples = extended(tuples, List.of(new byte[] {Keys.ABSENT}));
      } else {
        tuples = extended(tuples, values.stream().map(Keys::value).toList());
      }
    }
    return tuples;
  }

  private static List<Object> values(Map<String, Object> body, String attribute) {
    return TreePath.scalars(body, attribute);
  }

  private static List<byte[]> extended(List<byte[]> tuples, List<byte[]> values) {
    if ((long) tuples.size() * values.size() > KEYS_MAX) {
      throw new IllegalArgumentException(
          "A document would have more than " + KEYS_MAX + " keys in one index");
    }
    var longer = new ArrayList<byte[]>(tuples.size() * values.size());
    for (var tuple : tuples) {
      for (var value : values) {
        longer.add(Keys.join(tuple, value));
      }
    }
    return longer;
  }
}
