package io.oarlock.store;

import java.util.List;

/**
 * A resource type as the embedded store knows it.
 *
 * @param number first two bytes of the keys of its documents
 * @param byNamespace the index without attributes
 * @param indexes all indexes, that one included
 */
record TypeEntry(String name, int number, IndexEntry byNamespace, List<IndexEntry> indexes) {
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
