package io.oarlock.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tree form as compact bytes: about half the size of JSON and several times faster to read. */
final class TreeBytes {
  private static final int NULL = 0;
  private static final int FALSE = 1;
  private static final int TRUE = 2;
  private static final int LONG = 3;
  private static final int DOUBLE = 4;
  private static final int TEXT = 5;
  private static final int MAP = 6;
  private static final int LIST = 7;

  private static final Shared<String> NAMES = new Shared<>(name -> name);

  private TreeBytes() {}

  static void write(ByteSink out, @Nullable Object value) {
    switch (value) {
      case null -> out.u8(NULL);
      case Boolean truth -> out.u8(truth ? TRUE : FALSE);
      case Long number -> out.u8(LONG).varLong(number << 1 ^ number >> 63);
      case Integer number -> write(out, number.longValue());
      case Double number -> out.u8(DOUBLE).i64(Double.doubleToRawLongBits(number));
      case String text -> out.u8(TEXT).text(text);
      case Map<?, ?> map -> {
        out.u8(MAP).varLong(map.size());
        map.forEach((name, member) -> {
          out.text((String) name);
          write(out, member);
        });
      }
      case List<?> list -> {
        out.u8(LIST).varLong(list.size());
        list.forEach(element -> write(out, element));
      }
      default ->
          throw new IllegalArgumentException("Not a tree value: " + value.getClass().getName());
    }
  }

  static @Nullable Object read(ByteSource in) {
    var tag = in.u8();
    return switch (tag) {
      case NULL -> null;
      case FALSE -> false;
      case TRUE -> true;
      case LONG -> {
        var zigzag = in.varLong();
        yield zigzag >>> 1 ^ -(zigzag & 1);
      }
      case DOUBLE -> Double.longBitsToDouble(in.i64());
      case TEXT -> in.text();
      case MAP -> members(in);
      case LIST -> elements(in);
      default -> throw unknown(tag);
    };
  }

  /** Reads a map, which is known to be there. */
  @SuppressWarnings({"unchecked", "NullAway"}) // bodies hold no nulls: absent instead of null
  static Map<String, Object> readMap(ByteSource in) {
    if (read(in) instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new StoreException("A stored body is not an object", null);
  }

  /** Reads the named members of a map, and passes over the others. */
  @SuppressWarnings("NullAway") // bodies hold no nulls: absent instead of null
  static Map<String, Object> readMembers(ByteSource in, Set<String> names) {
    if (in.u8() != MAP) {
      throw new StoreException("A stored body is not an object", null);
    }
    var map = new LinkedHashMap<String, Object>();
    for (var left = in.length(); left > 0; left--) {
      var name = in.shared(NAMES);
      if (names.contains(name)) {
        map.put(name, read(in));
      } else {
        skip(in);
      }
    }
    return map;
  }

  private static void skip(ByteSource in) {
    var tag = in.u8();
    switch (tag) {
      case NULL, FALSE, TRUE -> {}
      case LONG -> in.varLong();
      case DOUBLE -> in.skip(Double.BYTES);
      case TEXT -> in.skip(in.length());
      case MAP -> {
        for (var left = in.length(); left > 0; left--) {
          in.skip(in.length());
          skip(in);
        }
      }
      case LIST -> {
        for (var left = in.length(); left > 0; left--) {
          skip(in);
        }
      }
      default -> throw unknown(tag);
    }
  }

  private static StoreException unknown(int tag) {
    return new StoreException("A stored value has the unknown tag " + tag, null);
  }

  private static Map<String, @Nullable Object> members(ByteSource in) {
    var size = in.length();
    var map = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(size);
    for (var i = 0; i < size; i++) {
      var name = in.shared(NAMES);
      map.put(name, read(in));
    }
    return map;
  }

  private static List<@Nullable Object> elements(ByteSource in) {
    var size = in.length();
    var list = new ArrayList<@Nullable Object>(size);
    for (var i = 0; i < size; i++) {
      list.add(read(in));
    }
    return list;
  }
}
