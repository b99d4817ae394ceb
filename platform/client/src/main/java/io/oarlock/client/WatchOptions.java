package io.oarlock.client;

import io.oarlock.model.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * What to watch, and from where on.
 *
 * @param types singular names; empty for all
 * @param operations creations, updates, deletions; empty for all
 * @param isRecursive in the namespaces below as well
 * @param filter on the object of an event, as {@link ListOptions#filter} words it
 * @param after goes on after this sequence; empty for from now on, 0 for from the beginning
 * @param onOpen hears the position each time the stream is open: what happens from then on is told
 * @param onGap hears of events that are lost; without it a {@link GapException} is thrown
 */
public record WatchOptions(
    List<String> types,
    Set<Operation> operations,
    boolean isRecursive,
    String filter,
    OptionalLong after,
    LongConsumer onOpen,
    Optional<Consumer<Gap>> onGap) {
  /** Everything from now on. */
  public static final WatchOptions NOW =
      new WatchOptions(
          List.of(), Set.of(), false, "", OptionalLong.empty(), _ -> {}, Optional.empty());

  public WatchOptions {
    types = List.copyOf(types);
    operations = Set.copyOf(operations);
  }

  /** What followed a sequence, and then from now on. */
  public static WatchOptions since(long sequence) {
    return NOW.after(sequence);
  }

  public WatchOptions types(String... names) {
    return new WatchOptions(List.of(names), operations, isRecursive, filter, after, onOpen, onGap);
  }

  public WatchOptions operations(Operation... wanted) {
    return new WatchOptions(types, Set.of(wanted), isRecursive, filter, after, onOpen, onGap);
  }

  public WatchOptions recursive() {
    return new WatchOptions(types, operations, true, filter, after, onOpen, onGap);
  }

  /** Only events whose object matches; see {@link ListOptions#where}. */
  public WatchOptions filter(String text, Object... values) {
    var filled = ListOptions.where(text, values).filter();
    return new WatchOptions(types, operations, isRecursive, filled, after, onOpen, onGap);
  }

  public WatchOptions after(long sequence) {
    return new WatchOptions(
        types, operations, isRecursive, filter, OptionalLong.of(sequence), onOpen, onGap);
  }

  public WatchOptions onOpen(LongConsumer hears) {
    return new WatchOptions(types, operations, isRecursive, filter, after, hears, onGap);
  }

  public WatchOptions onGap(Consumer<Gap> hears) {
    return new WatchOptions(
        types, operations, isRecursive, filter, after, onOpen, Optional.of(hears));
  }

  Map<String, Object> query(OptionalLong position) {
    var query = new LinkedHashMap<String, Object>();
    query.put("types", types);
    query.put("operations", operations.stream().map(Operation::wire).sorted().toList());
    query.put("recursive", isRecursive);
    query.put("filter", filter);
    query.put("after", position.isPresent() ? Long.toString(position.getAsLong()) : "");
    return query;
  }
}
