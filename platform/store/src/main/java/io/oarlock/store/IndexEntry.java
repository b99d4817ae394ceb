package io.oarlock.store;

import io.oarlock.model.NamespacePath;
import java.util.ArrayList;
import java.util.List;
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

  private static final byte[] NOTHING = {};

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
  List<byte[]> keys(Indexed document) {
    return keys(document, document.id());
  }

  /** What a unique index allows once: the keys without the id; none where a value is absent. */
  List<byte[]> claims(Indexed document) {
    return !unique || attributes.stream().anyMatch(a -> !document.has(a))
        ? List.of()
        : keys(document, NOTHING);
  }

  private List<byte[]> keys(Indexed document, byte[] last) {
    var count = 1L;
    for (var attribute : attributes) {
      count *= document.values(attribute).length;
      if (count > KEYS_MAX) {
        throw new IllegalArgumentException(
            "A document would have more than " + KEYS_MAX + " keys in one index");
      }
    }
    var keys = new ArrayList<byte[]>((int) count);
    extend(document.start(number), document, 0, last, keys);
    return keys;
  }

  private void extend(
      ByteSink key, Indexed document, int attribute, byte[] last, List<byte[]> keys) {
    if (attribute == attributes.size()) {
      keys.add(key.raw(last).toBytes());
      return;
    }
    var size = key.size();
    for (var value : document.values(attributes.get(attribute))) {
      extend(key.raw(value), document, attribute + 1, last, keys);
      key.cutTo(size);
    }
  }
}
