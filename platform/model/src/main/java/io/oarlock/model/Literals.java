package io.oarlock.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON literals of annotations. The model depends on the JDK alone, so it cannot use the
 * JSON module; literals come from source code and never from callers.
 */
final class Literals {
  private final String text;
  private int at;

  private Literals(String text) {
    this.text = text;
  }

  /** The tree form of a JSON text. */
  static Object parse(String json) {
    var reader = new Literals(json);
    var value = reader.value();
    reader.space();
    if (reader.at != json.length()) {
      throw reader.fault("nothing more");
    }
    return value;
  }

  private Object value() {
    space();
    return switch (peek()) {
      case '{' -> members();
      case '[' -> elements();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      default -> number();
    };
  }

  private Map<String, Object> members() {
    var map = new LinkedHashMap<String, Object>();
    at++;
    space();
    while (peek() != '}') {
      if (!map.isEmpty()) {
        expect(',');
      }
      space();
      var name = string();
      space();
      expect(':');
      if (map.put(name, value()) != null) {
        throw fault("no second member " + name);
      }
      space();
    }
    at++;
    return map;
  }

  private List<Object> elements() {
    var list = new ArrayList<>();
    at++;
    space();
    while (peek() != ']') {
      if (!list.isEmpty()) {
        expect(',');
      }
      list.add(value());
      space();
    }
    at++;
    return list;
  }

  private String string() {
    expect('"');
    var out = new StringBuilder();
    while (peek() != '"') {
      var c = text.charAt(at++);
      out.append(c == '\\' ? escaped() : c);
    }
    at++;
    return out.toString();
  }

  private char escaped() {
    var c = peek();
    at++;
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case '"', '\\', '/' -> c;
      case 'u' -> {
        at += 4;
        yield (char) Integer.parseInt(text, at - 4, at, 16);
      }
      default -> throw fault("an escape");
    };
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw fault(word);
    }
    at += word.length();
    return value;
  }

  private Object number() {
    var start = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    var digits = text.substring(start, at);
    try {
      return digits.matches("-?\\d+")
          ? (Object) Long.valueOf(digits)
          : (Object) Double.valueOf(digits);
    } catch (NumberFormatException e) {
      throw fault("a JSON value");
    }
  }

  private void space() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private void expect(char c) {
    if (peek() != c) {
      throw fault("'" + c + "'");
    }
    at++;
  }

  private IllegalArgumentException fault(String expected) {
    return new IllegalArgumentException(
        "Not JSON: " + expected + " expected at offset " + at + " of " + text);
  }
}
