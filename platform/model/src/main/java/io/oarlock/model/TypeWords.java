package io.oarlock.model;

import java.math.BigDecimal;

/** Value types in words, for people. */
public final class TypeWords {
  private TypeWords() {}

  /** What values the type takes. */
  public static String of(ValueType type) {
    return switch (type) {
      case ValueType.Text text -> text(text);
      case ValueType.Bool _ -> "true or false";
      case ValueType.Whole(var min, var max) -> "whole number, " + range(min, max);
      case ValueType.Decimal(var min, var max) -> "number, " + range(min, max);
      case ValueType.Choice(var values, _) -> "one of " + String.join(", ", values);
      case ValueType.ListOf list -> list(list);
      case ValueType.MapOf map -> map(map);
      case ValueType.ObjectOf _ -> "object";
      case ValueType.OneOf(var variants, _) ->
          "object whose kind is one of " + String.join(", ", variants.keySet());
      case ValueType.Anything(var maxBytes) -> "any JSON, at most " + bytes(maxBytes);
    };
  }

  private static String text(ValueType.Text text) {
    var syntax = syntax(text.format());
    return isBounded(text.format())
        ? syntax
        : syntax + ", " + length(text.minLength(), text.maxLength());
  }

  private static String length(int min, int max) {
    return (min > 1 ? min + " to " : "at most ") + max + " characters";
  }

  /** Whether the syntax says enough about the length. */
  private static boolean isBounded(TextFormat format) {
    return switch (format) {
      case PLAIN, PEM, FILTER, MARKDOWN, JAVASCRIPT -> false;
      case INSTANT,
          DURATION,
          TAG,
          TAG_TERM,
          NAMESPACE,
          CIDR,
          CRON,
          TIME_ZONE,
          URL,
          EMAIL,
          PORTS,
          RESOURCE_TYPE,
          PERMITTED_TYPE,
          PERMISSION,
          ID ->
          true;
    };
  }

  private static String syntax(TextFormat format) {
    return switch (format) {
      case PLAIN -> "text";
      case INSTANT -> "instant (RFC 3339, UTC)";
      case DURATION -> "duration (ISO 8601)";
      case TAG -> "tag (key=value)";
      case TAG_TERM -> "term of a tag expression";
      case NAMESPACE -> "path of a namespace";
      case CIDR -> "network (CIDR)";
      case CRON -> "cron expression";
      case TIME_ZONE -> "time zone (IANA)";
      case PEM -> "PEM";
      case URL -> "URL (https or http)";
      case EMAIL -> "mail address";
      case PORTS -> "protocol and ports";
      case FILTER -> "filter";
      case RESOURCE_TYPE -> "name of a resource type";
      case PERMITTED_TYPE -> "name of a resource type, or *";
      case PERMISSION -> "permission";
      case ID -> "id";
      case MARKDOWN -> "text with line breaks";
      case JAVASCRIPT -> "JavaScript";
    };
  }

  private static String list(ValueType.ListOf list) {
    if (isTagExpression(list)) {
      return "tag expression";
    }
    var count =
        list.minItems() == 0
            ? "at most " + list.maxItems()
            : list.minItems() + " to " + list.maxItems();
    return (list.distinct() ? "set" : "list") + " of " + count + ": " + of(list.element());
  }

  private static boolean isTagExpression(ValueType.ListOf list) {
    return list.element() instanceof ValueType.ListOf(ValueType.Text term, _, _, _)
        && term.format() == TextFormat.TAG_TERM;
  }

  private static String map(ValueType.MapOf map) {
    return map.value() instanceof ValueType.Anything(var maxBytes)
        ? "object with any members, at most " + bytes(maxBytes)
        : "map of at most " + map.maxEntries() + ", by " + of(map.key()) + ": " + of(map.value());
  }

  private static String range(long min, long max) {
    return max >= 1L << 53 || max == (1L << 53) - 1 ? "at least " + min : min + " to " + max;
  }

  private static String range(BigDecimal min, BigDecimal max) {
    return min.toPlainString() + " to " + max.toPlainString();
  }

  private static String bytes(int count) {
    return count % 1024 == 0 ? count / 1024 + " KiB" : count + " bytes";
  }
}
