package io.oarlock.model;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The reference of a resource type as Markdown: what it is, its requests, its attributes. */
public final class ReferencePage {
  /**
   * One line of the table of attributes.
   *
   * @param path {@code trigger.cron}, {@code attempts[].at}
   * @param when the variant that has it; empty for all
   */
  private record Row(String path, String when, Attribute attribute) {}

  private final ResourceType type;

  private ReferencePage(ResourceType type) {
    this.type = type;
  }

  /** The whole page. */
  public static String of(ResourceType type) {
    return new ReferencePage(type).page();
  }

  /** The part of the page about one attribute and what is inside it: {@code trigger.cron}. */
  public static Optional<String> of(ResourceType type, String path) {
    return new ReferencePage(type).part(path);
  }

  private String page() {
    return Stream.of(head(), requests(), example(), attributes(rows()), words(rows()))
        .filter(part -> !part.isEmpty())
        .collect(joining("\n"));
  }

  private Optional<String> part(String path) {
    var rows = rows().stream().filter(row -> isInside(row, path)).toList();
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of("# " + type.name() + "." + path + "\n\n" + attributes(rows) + words(rows));
  }

  private static boolean isInside(Row row, String path) {
    var plain = row.path().replace("[]", "").replace("{}", "");
    return plain.equals(path) || plain.startsWith(path + ".");
  }

  private String head() {
    var facts = new ArrayList<String>();
    facts.add("Group: " + type.group() + ".");
    if (!type.aliases().isEmpty()) {
      facts.add(
          "Short: "
              + type.aliases().stream().map(ReferencePage::code).collect(joining(", "))
              + ".");
    }
    type.retention().ifPresent(kept -> facts.add("Kept for " + kept.toDays() + " days."));
    return "# " + type.name() + "\n\n" + type.doc() + "\n\n" + String.join(" ", facts) + "\n";
  }

  private String requests() {
    var lines = new ArrayList<String>();
    for (var operation : Operation.values()) {
      if (type.allows(operation)) {
        lines.add(row(code(request(operation)), does(operation)));
      }
    }
    for (var action : type.actions()) {
      var path = action.onType() ? "" : "/{id}";
      lines.add(
          row(code(action.method() + " " + route() + path + "/" + action.name()), action.doc()));
    }
    return section("Requests", table(List.of("Request", "What it does"), lines));
  }

  private String route() {
    return "/v1/" + type.plural();
  }

  private String request(Operation operation) {
    return switch (operation) {
      case CREATE -> "POST " + route();
      case GET -> "GET " + route() + "/{id}";
      case LIST -> "GET " + route();
      case COUNT -> "HEAD " + route();
      case UPDATE -> "PUT " + route() + "/{id}";
      case PATCH -> "PATCH " + route() + "/{id}";
      case DELETE -> "DELETE " + route() + "/{id}";
    };
  }

  private String does(Operation operation) {
    return switch (operation) {
      case CREATE -> type.has(Trait.STORED) ? "Makes one." : "Asks.";
      case GET -> "Reads one.";
      case LIST -> "Lists and searches them.";
      case COUNT -> "Counts them.";
      case UPDATE -> "Replaces one.";
      case PATCH -> "Changes parts of one, by a JSON merge patch.";
      case DELETE -> "Removes one.";
    };
  }

  private String example() {
    return section("Example", "```json\n" + TreeText.lines(type.example()) + "\n```\n");
  }

  private List<Row> rows() {
    var rows = new ArrayList<Row>();
    rows("", "", type.attributes(), rows);
    return rows;
  }

  private static void rows(String prefix, String when, List<Attribute> attributes, List<Row> rows) {
    for (var attribute : attributes) {
      if (!attribute.is(Attribute.Flag.HIDDEN)) {
        var path = prefix + attribute.name();
        rows.add(new Row(path, when, attribute));
        inside(path, attribute.type(), rows);
      }
    }
  }

  private static void inside(String path, ValueType type, List<Row> rows) {
    switch (type) {
      case ValueType.ObjectOf(var members) -> rows(path + ".", "", members, rows);
      case ValueType.OneOf(var variants, _) ->
          variants.forEach((kind, variant) -> rows(path + ".", kind, variant.attributes(), rows));
      case ValueType.ListOf list -> inside(path + "[]", list.element(), rows);
      case ValueType.MapOf map -> inside(path + "{}", map.value(), rows);
      case ValueType.Text _,
          ValueType.Bool _,
          ValueType.Whole _,
          ValueType.Decimal _,
          ValueType.Choice _,
          ValueType.Anything _ -> {}
    }
  }

  private static String attributes(List<Row> rows) {
    var lines = rows.stream().map(ReferencePage::line).toList();
    return section(
        "Attributes", table(List.of("Attribute", "What it is", "Values", "Rules"), lines));
  }

  private static String line(Row row) {
    var attribute = row.attribute();
    var doc = row.when().isEmpty() ? attribute.doc() : row.when() + ": " + attribute.doc();
    var example =
        attribute.example().map(value -> " Example: " + code(TreeText.line(value))).orElse("");
    return row(code(row.path()), doc + example, TypeWords.of(attribute.type()), rules(attribute));
  }

  private static String rules(Attribute attribute) {
    var rules = new ArrayList<String>();
    if (attribute.required()) {
      rules.add("required");
    }
    attribute
        .defaultValue()
        .filter(value -> !isEmpty(value))
        .ifPresent(value -> rules.add("default " + code(TreeText.line(value))));
    for (var flag : Attribute.Flag.values()) {
      if (attribute.is(flag)) {
        rules.add(flag.name().toLowerCase(Locale.ROOT).replace('_', '-'));
      }
    }
    return String.join(", ", rules);
  }

  private static boolean isEmpty(Object value) {
    return value.equals(List.of()) || value.equals(Map.of()) || value.equals(false);
  }

  /** What the words of choices and the kinds of objects mean. */
  private static String words(List<Row> rows) {
    return rows.stream()
        .map(row -> words(row.path(), row.attribute().type()))
        .filter(part -> !part.isEmpty())
        .distinct()
        .collect(joining("\n"));
  }

  private static String words(String path, ValueType type) {
    return switch (type) {
      case ValueType.Choice(var values, var docs) -> meanings(path, values, docs);
      case ValueType.OneOf(var variants, var docs) ->
          meanings(path + ".kind", List.copyOf(variants.keySet()), docs);
      case ValueType.ListOf list -> words(path, list.element());
      case ValueType.MapOf map -> words(path, map.value());
      case ValueType.Text _,
          ValueType.Bool _,
          ValueType.Whole _,
          ValueType.Decimal _,
          ValueType.ObjectOf _,
          ValueType.Anything _ ->
          "";
    };
  }

  private static String meanings(String path, List<String> words, Map<String, String> docs) {
    var lines = words.stream().map(word -> "- " + code(word) + ": " + docs.getOrDefault(word, ""));
    return "### " + code(path) + "\n\n" + lines.collect(joining("\n")) + "\n";
  }

  private static String section(String heading, String text) {
    return "## " + heading + "\n\n" + text;
  }

  private static String table(List<String> headings, List<String> lines) {
    return row(headings.toArray(String[]::new))
        + "\n"
        + "|---".repeat(headings.size())
        + "|\n"
        + String.join("\n", lines)
        + "\n";
  }

  private static String row(String... cells) {
    return Stream.of(cells)
        .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
        .collect(joining(" | ", "| ", " |"));
  }

  private static String code(String text) {
    return text.contains("`") ? "`` " + text + " ``" : "`" + text + "`";
  }
}
