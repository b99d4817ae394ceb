package io.oarlock.store;

import io.oarlock.model.Index;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import io.oarlock.model.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers stand for which types and indexes in a store file. Numbers are given once and kept
 * in the file; an index is marked ready only after all documents are in it, so that a death while
 * it is built leads to its being built again.
 */
final class Catalog {
  /** The index of what expires: time, number of the type, id. */
  static final int EXPIRY = 0;

  private static final String TYPE = "type:";
  private static final String INDEX = "index:";

  private final Map<String, TypeEntry> byName;
  private final Map<Integer, TypeEntry> byNumber = new HashMap<>();

  private Catalog(Map<String, TypeEntry> byName) {
    this.byName = byName;
    byName.values().forEach(type -> byNumber.put(type.number(), type));
  }

  TypeEntry require(String type) {
    var entry = byName.get(type);
    if (entry == null) {
      throw new IllegalArgumentException("The model of this store has no type " + type);
    }
    return entry;
  }

  /** The type with that number, unless the model lost it. */
  @Nullable TypeEntry byNumber(int number) {
    return byNumber.get(number);
  }

  Collection<TypeEntry> types() {
    return byName.values();
  }

  /** Numbers in the file for all of the model; nothing is committed. */
  static Catalog of(MVMap<String, byte[]> state, ResourceModel model) {
    var types = new HashMap<String, TypeEntry>();
    for (var type : model.types()) {
      var number = number(state, TYPE, TYPE + type.name());
      var indexes = new ArrayList<IndexEntry>();
      for (var index : wanted(type)) {
        indexes.add(
            new IndexEntry(
                number(state, INDEX, word(type.name(), index)),
                index.attributes(),
                lists(type, index),
                index.unique()));
      }
      types.put(type.name(), TypeEntry.of(type.name(), number, indexes));
    }
    return new Catalog(types);
  }

  private static List<Index> wanted(ResourceType type) {
    var byAttributes = new HashMap<List<String>, Index>();
    for (var index : type.indexes()) {
      byAttributes.merge(
          index.attributes(), index, (a, b) -> new Index(a.attributes(), a.unique() || b.unique()));
    }
    byAttributes.remove(List.<String>of());
    var all = new ArrayList<Index>();
    all.add(new Index(List.of(), false));
    all.addAll(byAttributes.values());
    return all;
  }

  private static String word(String type, Index index) {
    return INDEX + type + ":" + String.join(",", index.attributes());
  }

  private static int number(MVMap<String, byte[]> state, String kind, String word) {
    var known = state.get(word);
    if (known != null) {
      return numberOf(known);
    }
    ToIntFunction<String> numberAt =
        other -> other.startsWith(kind) ? numberOf(stored(state, other)) : 0;
    var next = state.keySet().stream().mapToInt(numberAt).max().orElse(0) + 1;
    if (next > 0xFFFF) {
      throw new StoreException("A store file has at most 65535 types and indexes", null);
    }
    state.put(word, new byte[] {(byte) (next >>> 8), (byte) next, 0});
    return next;
  }

  private static byte[] stored(MVMap<String, byte[]> state, String word) {
    var bytes = state.get(word);
    if (bytes == null) {
      throw new IllegalStateException(word + " was there a moment ago");
    }
    return bytes;
  }

  private static int numberOf(byte[] stored) {
    return TypeEntry.numberIn(stored);
  }

  private static Set<String> lists(ResourceType type, Index index) {
    return index.attributes().stream()
        .filter(path -> holdsList(type, path))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean holdsList(ResourceType type, String path) {
    var names = path.split("\\.", -1);
    var attributes = type.attributes();
    for (var name : names) {
      var found = attributes.stream().filter(a -> a.name().equals(name)).findFirst();
      var value = found.map(a -> a.type()).orElse(null);
      if (value instanceof ValueType.ListOf) {
        return true;
      }
      attributes = value instanceof ValueType.ObjectOf object ? object.attributes() : List.of();
    }
    return false;
  }

  /** Words in the file of this model's types whose index is not there any more. */
  static Set<String> stale(MVMap<String, byte[]> state, ResourceModel model) {
    var wanted = new HashSet<String>();
    for (var type : model.types()) {
      wanted(type).forEach(index -> wanted.add(word(type.name(), index)));
    }
    return state.keySet().stream()
        .filter(word -> word.startsWith(INDEX) && !wanted.contains(word))
        .filter(word -> model.type(word.split(":", 3)[1]).isPresent())
        .collect(Collectors.toSet());
  }

  static int staleNumber(MVMap<String, byte[]> state, String word) {
    return numberOf(stored(state, word));
  }

  static boolean ready(MVMap<String, byte[]> state, TypeEntry type, IndexEntry index) {
    return stored(state, word(type, index))[2] == 1;
  }

  static void markReady(MVMap<String, byte[]> state, TypeEntry type, IndexEntry index) {
    var number = index.number();
    state.put(word(type, index), new byte[] {(byte) (number >>> 8), (byte) number, 1});
  }

  private static String word(TypeEntry type, IndexEntry index) {
    return INDEX + type.name() + ":" + String.join(",", index.attributes());
  }

  /** Types of the file, whatever the model: number to name. */
  static Map<Integer, String> typeNames(MVMap<String, byte[]> state) {
    var names = new HashMap<Integer, String>();
    for (var word : state.keySet()) {
      if (word.startsWith(TYPE)) {
        names.put(numberOf(stored(state, word)), word.substring(TYPE.length()));
      }
    }
    return names;
  }

  /** A number for a type outside any model, for restoring a backup. */
  static int typeNumber(MVMap<String, byte[]> state, String type) {
    return number(state, TYPE, TYPE + type);
  }
}
