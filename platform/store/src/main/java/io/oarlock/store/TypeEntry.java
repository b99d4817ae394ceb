package io.oarlock.store;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A resource type as the embedded store knows it.
 *
 * @param number first two bytes of the keys of its documents
 * @param byNamespace the index without attributes
 * @param indexes all indexes, that one included
 * @param indexed names of the outermost attributes that they read
 */
record TypeEntry(
    String name,
    int number,
    IndexEntry byNamespace,
    List<IndexEntry> indexes,
    Set<String> indexed) {
  /** A type whose first index is the one without attributes. */
  static TypeEntry of(String name, int number, List<IndexEntry> indexes) {
    var outermost =
        indexes.stream()
            .flatMap(index -> index.attributes().stream())
            .map(path -> path.split("\\.", 2)[0])
            .collect(Collectors.toUnmodifiableSet());
    return new TypeEntry(name, number, indexes.getFirst(), List.copyOf(indexes), outermost);
  }

  byte[] key(String id) {
    return key(number, id);
  }

  static byte[] key(int type, String id) {
    return new ByteSink(48).u16(type).utf8(id).toBytes();
  }

  /** The number that a key of a document begins with. */
  static int numberIn(byte[] key) {
    return ((key[0] & 0xFF) << 8) | (key[1] & 0xFF);
  }

  byte[] prefix() {
    return prefix(number);
  }

  static byte[] prefix(int type) {
    return new ByteSink(2).u16(type).toBytes();
  }
}
