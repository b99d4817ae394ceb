package io.oarlock.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Examples of values that need no imagination. */
final class Examples {
  private Examples() {}

  /** An example that follows from the type; empty where somebody has to think of one. */
  static Optional<Object> derived(ValueType type, Optional<Object> defaultValue) {
    return defaultValue.or(() -> derived(type));
  }

  private static Optional<Object> derived(ValueType type) {
    return switch (type) {
      case ValueType.Text text -> text(text.format()).map(each -> each);
      case ValueType.Bool _ -> Optional.of(true);
      case ValueType.Whole(var min, _) -> Optional.of(Math.max(min, 0));
      case ValueType.Decimal decimal -> Optional.of(Math.max(decimal.min().doubleValue(), 0));
      case ValueType.Choice choice -> choice.values().stream().findFirst().map(each -> each);
      case ValueType.ListOf list -> derived(list.element()).map(List::of);
      case ValueType.MapOf map ->
          derived(map.value()).flatMap(each -> key(map.key()).map(key -> Map.of(key, each)));
      case ValueType.ObjectOf _, ValueType.OneOf _, ValueType.Anything _ -> Optional.empty();
    };
  }

  private static Optional<String> key(ValueType.Text type) {
    var isFree = type.format() == TextFormat.PLAIN && type.pattern().isEmpty();
    return isFree ? Optional.of("key") : text(type.format());
  }

  private static Optional<String> text(TextFormat format) {
    return switch (format) {
      case INSTANT -> Optional.of("2026-11-21T23:50:00.000Z");
      case DURATION -> Optional.of("PT30S");
      case TAG -> Optional.of("env=prod");
      case TAG_TERM -> Optional.of("env=prod");
      case NAMESPACE -> Optional.of("/acme/prod");
      case TIME_ZONE -> Optional.of("Europe/Berlin");
      case CIDR -> Optional.of("10.0.0.0/8");
      case PORTS -> Optional.of("tcp/443");
      case PERMISSION -> Optional.of("*");
      case EMAIL -> Optional.of("ada@example.com");
      case ID -> Optional.of("0198f2c4a1b27d3e");
      case PLAIN, CRON, PEM, URL, FILTER, RESOURCE_TYPE, PERMITTED_TYPE, MARKDOWN, JAVASCRIPT ->
          Optional.empty();
    };
  }
}
