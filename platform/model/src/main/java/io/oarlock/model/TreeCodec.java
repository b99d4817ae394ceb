package io.oarlock.model;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns trees into records and back, for logic that wants the record of a type. Trees are taken to
 * be valid and complete; what the platform has not written yet reads as empty.
 *
 * @param <R> the record
 */
public final class TreeCodec<R extends Record> {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final ClassValue<TreeCodec<?>> CODECS =
      new ClassValue<>() {
        @Override
        protected TreeCodec<?> computeValue(Class<?> type) {
          return new TreeCodec<>(type.asSubclass(Record.class));
        }
      };

  private final Class<R> record;
  private final MethodHandle constructor;
  private final List<Component> components;

  private TreeCodec(Class<R> record) {
    this.record = record;
    var declared = record.getRecordComponents();
    this.constructor = constructor(record, declared);
    this.components = Stream.of(declared).map(each -> Component.of(record, each)).toList();
  }

  /** The codec of a record, prepared once. */
  @SuppressWarnings("unchecked") // computeValue makes the codec of the class it is asked for
  public static <R extends Record> TreeCodec<R> of(Class<R> record) {
    return (TreeCodec<R>) CODECS.get(record);
  }

  /** The record of a valid tree. */
  public R decode(Map<String, Object> tree) {
    var values = new @Nullable Object[components.size()];
    for (var i = 0; i < values.length; i++) {
      values[i] = components.get(i).decode(tree);
    }
    return record.cast(call(constructor, values));
  }

  /** The tree of a record: members in the order of its components, empty optionals left out. */
  public Map<String, Object> encode(R value) {
    var tree = new LinkedHashMap<String, Object>();
    encode(value, tree);
    return tree;
  }

  void encode(Record value, Map<String, Object> tree) {
    components.forEach(component -> component.encode(value, tree));
  }

  private static MethodHandle constructor(Class<?> record, RecordComponent[] components) {
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return lookup(record)
          .findConstructor(record, MethodType.methodType(void.class, types))
          .asSpreader(Object[].class, types.length)
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("Cannot construct " + record.getName(), e);
    }
  }

  static MethodHandles.Lookup lookup(Class<?> record) throws IllegalAccessException {
    return MethodHandles.privateLookupIn(record, LOOKUP);
  }

  private static Object call(MethodHandle handle, @Nullable Object[] values) {
    try {
      return handle.invokeExact(values);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** One component: either a member of the tree, or a record that stands flat in it. */
  private sealed interface Component {
    Object decode(Map<String, Object> tree);

    void encode(Record owner, Map<String, Object> tree);

    static Component of(Class<?> record, RecordComponent component) {
      var accessor = accessor(record, component);
      var type = component.getType();
      return type.isAnnotationPresent(Flattened.class)
          ? new Flat(accessor, TreeCodec.of(type.asSubclass(Record.class)))
          : new Member(Names.attribute(component), accessor, ValueCodec.of(component));
    }

    private static MethodHandle accessor(Class<?> record, RecordComponent component) {
      try {
        return lookup(record)
            .unreflect(component.getAccessor())
            .asType(MethodType.methodType(Object.class, Record.class));
      } catch (IllegalAccessException e) {
        throw new IllegalArgumentException("Cannot read " + component, e);
      }
    }

    static Object read(MethodHandle accessor, Record owner) {
      try {
        return accessor.invokeExact(owner);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private record Flat(MethodHandle accessor, TreeCodec<?> codec) implements Component {
    @Override
    public Object decode(Map<String, Object> tree) {
      return codec.decode(tree);
    }

    @Override
    public void encode(Record owner, Map<String, Object> tree) {
      codec.encode((Record) Component.read(accessor, owner), tree);
    }
  }

  private record Member(String name, MethodHandle accessor, ValueCodec codec) implements Component {
    @Override
    public Object decode(Map<String, Object> tree) {
      var value = tree.get(name);
      try {
        return value == null ? codec.absent() : codec.decode(value);
      } catch (ClassCastException | IllegalArgumentException e) {
        throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
      }
    }

    @Override
    public void encode(Record owner, Map<String, Object> tree) {
      var value = codec.encode(Component.read(accessor, owner));
      if (value != null) {
        tree.put(name, value);
      }
    }
  }
}
