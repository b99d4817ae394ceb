package io.oarlock.model;

import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The checks of all {@link TextFormat}s. */
public final class Formats {
  /** Longest duration an attribute can hold. */
  public static final Duration DURATION_MAX = Duration.ofDays(3660);

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.@-]*");
  private static final Pattern CRON_FIELD = Pattern.compile("[0-9A-Za-z*?,/#-]+");
  private static final Pattern ROLE = Pattern.compile("@(auth:)?role=\\S+");
  private static final TextCheck ANY = text -> Optional.empty();

  private final Map<TextFormat, TextCheck> checks = new EnumMap<>(TextFormat.class);

  private Formats() {}

  /**
   * The checks for a platform.
   *
   * @param resourceTypes names of the types that can be spoken of
   * @param additions checks that know more than those of the model, such as a cron authority
   */
  public static Formats of(
      Collection<String> resourceTypes, Map<TextFormat, ? extends TextCheck> additions) {
    var known = Set.copyOf(resourceTypes);
    var formats = new Formats();
    for (var format : TextFormat.values()) {
      formats.checks.put(format, builtIn(format, known));
    }
    formats.checks.putAll(additions);
    return formats;
  }

  TextCheck check(TextFormat format) {
    return checks.getOrDefault(format, ANY);
  }

  private static TextCheck builtIn(TextFormat format, Set<String> types) {
    return switch (format) {
      case PLAIN, MARKDOWN, JAVASCRIPT -> ANY;
      case FILTER -> Formats::filter;
      case INSTANT -> new Instants();
      case DURATION -> Formats::duration;
      case TAG -> text -> read(text, Tag::parse);
      case TAG_TERM -> text -> read(text, TagTerm::parse);
      case NAMESPACE -> text -> read(text, NamespacePath::of);
      case CIDR -> text -> read(text, Cidr::parse);
      case CRON -> Formats::cron;
      case TIME_ZONE -> Formats::timeZone;
      case PEM -> PemFormat::fault;
      case URL -> NetworkFormats::url;
      case EMAIL -> NetworkFormats::email;
      case PORTS -> text -> read(text, Ports::parse);
      case RESOURCE_TYPE -> text -> resourceType(text, types);
      case PERMITTED_TYPE ->
          text -> text.equals("*") ? Optional.empty() : resourceType(text, types);
      case PERMISSION -> text -> permission(text, types);
      case ID -> Formats::id;
    };
  }

  private static Optional<TextCheck.Fault> duration(String text) {
    try {
      var duration = Duration.parse(text);
      if (duration.isNegative()) {
        return TextCheck.Fault.of("is negative");
      }
      return duration.compareTo(DURATION_MAX) > 0
          ? TextCheck.Fault.of("is longer than " + DURATION_MAX.toDays() + " days")
          : Optional.empty();
    } catch (DateTimeParseException | ArithmeticException _) {
      return TextCheck.Fault.of(
          "is not an ISO 8601 duration of days, hours, minutes and seconds, such as PT30S");
    }
  }

  /** A check by the constructor of a value type, whose complaint is a sentence. */
  private static Optional<TextCheck.Fault> read(String text, Consumer<String> reader) {
    try {
      reader.accept(text);
      return Optional.empty();
    } catch (IllegalArgumentException | Problem e) {
      return TextCheck.Fault.of("is refused: " + e.getMessage());
    }
  }

  private static Optional<TextCheck.Fault> filter(String text) {
    try {
      FilterParser.parse(text);
      return Optional.empty();
    } catch (FilterException e) {
      return TextCheck.Fault.of(
          "cannot be read as a filter at column " + e.column() + ": " + e.reason());
    }
  }

  /** Shape only: what the fields mean is known to the scheduler, which adds its own check. */
  private static Optional<TextCheck.Fault> cron(String text) {
    var fields = List.of(text.strip().split("\\s+", -1));
    if (fields.size() < 5 || fields.size() > 7) {
      return TextCheck.Fault.of(
          "has " + fields.size() + " fields; cron has five, or six to seven with seconds first");
    }
    return fields.stream()
        .filter(field -> !CRON_FIELD.matcher(field).matches())
        .findFirst()
        .flatMap(field -> TextCheck.Fault.of("has a field that is not cron: " + field));
  }

  private static Optional<TextCheck.Fault> timeZone(String text) {
    var zones = ZoneId.getAvailableZoneIds();
    return zones.contains(text)
        ? Optional.empty()
        : TextCheck.Fault.of(
            "is not a time zone of the IANA list, such as Europe/Berlin",
            Suggest.didYouMean(text, zones));
  }

  private static Optional<TextCheck.Fault> resourceType(String text, Set<String> types) {
    return types.contains(text)
        ? Optional.empty()
        : TextCheck.Fault.of("is not a resource type", Suggest.didYouMean(text, types));
  }

  private static Optional<TextCheck.Fault> permission(String text, Set<String> types) {
    if (text.equals("*") || ROLE.matcher(text).matches()) {
      return Optional.empty();
    }
    var cut = text.indexOf(':');
    if (cut < 0) {
      return TextCheck.Fault.of(
          "is not a permission: type:operation,operation, * or @role=name is expected");
    }
    var type = text.substring(0, cut);
    return type.equals("*") || types.contains(type)
        ? operations(text.substring(cut + 1))
        : resourceType(type, types);
  }

  private static Optional<TextCheck.Fault> operations(String list) {
    var known = List.of(Operation.values()).stream().map(Operation::permission).toList();
    for (var word : list.split(",", -1)) {
      if (!word.equals("*") && !known.contains(word)) {
        return TextCheck.Fault.of(
            "names an operation that does not exist: " + word, Suggest.didYouMean(word, known));
      }
    }
    return Optional.empty();
  }

  private static Optional<TextCheck.Fault> id(String text) {
    return ID.matcher(text).matches()
        ? Optional.empty()
        : TextCheck.Fault.of("is not an id: letters, digits, -, _, . and @ are expected");
  }
}
