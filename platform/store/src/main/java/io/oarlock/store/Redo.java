package io.oarlock.store;

import java.nio.ByteBuffer;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes of the maps as bytes that make them again. Making them twice, or from the start on maps
 * that have some of them already, ends in the same state: each change is a value or its absence.
 */
final class Redo {
  private static final int DOCUMENTS = 0;
  private static final int INDEX = 1;
  private static final int EVENTS = 2;
  private static final int STATE = 3;
  private static final int REMOVED = 0x10;

  private final Tables tables;
  private final ByteSink out;

  /** Ready for about as many bytes. */
  Redo(Tables tables, int usual) {
    this.tables = tables;
    this.out = new ByteSink(usual);
  }

  <K> void put(MVMap<K, byte[]> map, K key, byte[] value) {
    key(number(map), key);
    out.varLong(value.length).raw(value);
  }

  <K> void remove(MVMap<K, byte[]> map, K key) {
    key(number(map) | REMOVED, key);
  }

  private int number(MVMap<?, byte[]> map) {
    var id = map.getId();
    if (id == tables.documents().getId()) {
      return DOCUMENTS;
    }
    if (id == tables.index().getId()) {
      return INDEX;
    }
    return id == tables.events().getId() ? EVENTS : STATE;
  }

  private void key(int change, Object key) {
    out.u8(change);
    switch (key) {
      case byte[] bytes -> out.varLong(bytes.length).raw(bytes);
      case Long number -> out.i64(number);
      case String text -> out.text(text);
      default -> throw new IllegalArgumentException("No map has keys like " + key.getClass());
    }
  }

  int size() {
    return out.size();
  }

  /** Forgets what was changed after it had a size. */
  void cutTo(int size) {
    out.cutTo(size);
  }

  /** The changes; nothing may be added any more. */
  ByteBuffer bytes() {
    return out.view();
  }

  /** Makes the changes again. */
  static void again(byte[] changes, Tables tables) {
    var in = new ByteSource(changes);
    while (in.hasMore()) {
      var change = in.u8();
      var removed = (change & REMOVED) != 0;
      switch (change & ~REMOVED) {
        case DOCUMENTS -> again(tables.documents(), in.bytes(), removed, in);
        case INDEX -> again(tables.index(), in.bytes(), removed, in);
        case EVENTS -> again(tables.events(), in.i64(), removed, in);
        case STATE -> again(tables.state(), in.text(), removed, in);
        default -> throw new StoreException("The redo log has the unknown change " + change, null);
      }
    }
  }

  private static <K> void again(MVMap<K, byte[]> map, K key, boolean removed, ByteSource in) {
    byte @Nullable [] value = removed ? null : in.bytes();
    if (value == null) {
      map.remove(key);
    } else {
      map.put(key, value);
    }
  }
}
