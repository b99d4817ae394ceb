package io.oarlock.model;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What values an attribute takes. A closed list: anything else is a model error. */
public sealed interface ValueType {

  /**
   * Text, NFC-normalised, without control characters (line feed and tab are allowed where {@code
   * multiline}).
   *
   * @param minLength in UTF-16 units
   * @param maxLength in UTF-16 units
   * @param format the syntax beyond its length
   * @param pattern a regular expression it matches as a whole
   * @param patternMessage what to tell somebody whose text does not match
   */
  record Text(
      int minLength,
      int maxLength,
      TextFormat format,
      boolean multiline,
      Optional<String> pattern,
      Optional<String> patternMessage)
      implements ValueType {}

  /** true or false. */
  record Bool() implements ValueType {}

  /** A whole number within bounds, both included; a {@code Long} in the tree. */
  record Whole(long min, long max) implements ValueType {}

  /** A decimal number within bounds, both included; a {@code Double} in the tree. */
  record Decimal(BigDecimal min, BigDecimal max) implements ValueType {}

  /** One of the listed words, UpperCamelCase; {@code docs} says what each means. */
  record Choice(List<String> values, Map<String, String> docs) implements ValueType {
    public Choice {
      values = List.copyOf(values);
      docs = Map.copyOf(docs);
    }
  }

  /** A list; {@code distinct} refuses a value that stands twice. */
  record ListOf(ValueType element, int minItems, int maxItems, boolean distinct)
      implements ValueType {}

  /** An object with keys that are told from no list, and values of one type. */
  record MapOf(ValueType value, int maxEntries, Text key) implements ValueType {}

  /** An object with declared attributes. */
  record ObjectOf(List<Attribute> attributes) implements ValueType {
    public ObjectOf {
      attributes = List.copyOf(attributes);
    }
  }

  /** One of several objects, told apart by the member {@code kind}. */
  record OneOf(LinkedHashMap<String, ObjectOf> variants, Map<String, String> docs)
      implements ValueType {}

  /** Any JSON value up to a size, in bytes of its compact UTF-8 text. */
  record Anything(int maxBytes) implements ValueType {}
}
