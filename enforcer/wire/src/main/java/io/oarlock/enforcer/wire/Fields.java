package io.oarlock.enforcer.wire;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object from a stranger: exactly the known ones, each of its type. */
final class Fields {
  /** The greatest whole number every reader of JSON understands alike, 2^53 - 1. */
  private static final long WHOLE_MAX = 9_007_199_254_740_991L;

  private final Map<?, ?> members;

  private Fields(Map<?, ?> members) {
    this.members = members;
  }

  static Fields read(byte[] json, Set<String> names) {
    try {
      return of(Json.parse(json), names);
    } catch (JsonException e) {
      throw new WireException(Reason.MALFORMED, "A message is no strict JSON: " + e.getMessage());
    }
  }

  private static Fields of(@Nullable Object value, Set<String> names) {
    if (!(value instanceof Map<?, ?> map) || !map.keySet().equals(names)) {
      throw new WireException(
          Reason.MALFORMED, "An object has other members than " + names.stream().sorted().toList());
    }
    return new Fields(map);
  }

  Fields object(String name, Set<String> names) {
    return of(members.get(name), names);
  }

  String text(String name) {
    if (members.get(name) instanceof String text) {
      return text;
    }
    throw wrong(name, "text");
  }

  long whole(String name) {
    if (members.get(name) instanceof Long number && number >= 0 && number <= WHOLE_MAX) {
      return number;
    }
    throw wrong(name, "a whole number from 0 to 2^53 - 1");
  }

  byte[] bytes(String name, int length) {
    var bytes = Base64Url.decode(text(name));
    if (bytes.length != length) {
      throw wrong(name, length + " bytes");
    }
    return bytes;
  }

  List<String> texts(String name, int most) {
    if (!(members.get(name) instanceof List<?> list) || list.size() > most) {
      throw wrong(name, "a list of at most " + most);
    }
    var texts = new ArrayList<String>();
    for (var each : list) {
      if (!(each instanceof String text)) {
        throw wrong(name, "a list of texts");
      }
      texts.add(text);
    }
    return texts;
  }

  private static WireException wrong(String name, String expected) {
    return new WireException(Reason.MALFORMED, "\"" + name + "\" is not " + expected);
  }
}
