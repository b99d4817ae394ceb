package io.oarlock.client;

import io.oarlock.model.Action;
import io.oarlock.model.ModelReader;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceType;
import io.oarlock.model.TreeCodec;
import io.oarlock.model.types.ResourceTypes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A type as the model declares it, and the record that its trees become. A type that the model gets
 * is here without a line of its own.
 */
record TypeOf<R extends Record>(ResourceType type, Class<R> record) {
  private static final ClassValue<TypeOf<?>> BY_RECORD =
      new ClassValue<>() {
        @Override
        protected TypeOf<?> computeValue(Class<?> record) {
          return read(record.asSubclass(Record.class));
        }
      };

  /** Read when a type is first asked for by a word: that takes all of them. */
  private static final class ByWord {
    static final Map<String, TypeOf<?>> TYPES = new HashMap<>();

    static {
      for (var record : ResourceTypes.all()) {
        var each = of(record);
        TYPES.put(each.type.name(), each);
        TYPES.put(each.type.plural(), each);
        each.type.aliases().forEach(alias -> TYPES.put(alias, each));
      }
    }
  }

  private static <R extends Record> TypeOf<R> read(Class<R> record) {
    var types = ModelReader.load(List.of(record)).types();
    return new TypeOf<>(types.iterator().next(), record);
  }

  @SuppressWarnings("unchecked") // computeValue reads the record it is asked for
  static <R extends Record> TypeOf<R> of(Class<R> record) {
    return (TypeOf<R>) BY_RECORD.get(record);
  }

  /** The type that a singular, plural or alias names. */
  static Optional<TypeOf<?>> find(String word) {
    return Optional.ofNullable(ByWord.TYPES.get(word));
  }

  Stored<R> stored(Map<String, Object> tree) {
    return new Stored<>(tree, TreeCodec.of(record)::decode);
  }

  void require(Operation operation) {
    if (!type.allows(operation)) {
      throw new IllegalArgumentException(
          "%s has no %s; it has %s"
              .formatted(
                  type.name(),
                  operation.permission(),
                  type.operations().stream().map(Operation::permission).sorted().toList()));
    }
  }

  Action action(String name) {
    return type.actions().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s has no action %s; it has %s"
                    .formatted(
                        type.name(), name, type.actions().stream().map(Action::name).toList())));
  }
}
