package io.oarlock.cli;

import io.oarlock.json.Json;
import io.oarlock.model.Attribute;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Suggest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Resources in the form {@code -o} asks for, on standard output. */
final class Output {
  private static final List<String> FORMATS =
      List.of("table", "wide", "json", "yaml", "name", "csv", "jsonpath=");
  private static final String JSONPATH = "jsonpath=";
  private static final int CELL_MAX = 48;
  private static final int CELL_WIDE_MAX = 160;

  private final Session session;
  private final Arguments given;
  private final String format;

  Output(Session session, Arguments given, String otherwise) {
    this.session = session;
    this.given = given;
    this.format = given.text(Option.OUTPUT).map(Output::known).orElse(otherwise);
  }

  private static String known(String format) {
    if (format.startsWith(JSONPATH) || FORMATS.contains(format)) {
      return format;
    }
    throw Failure.usage(
        "There is no output format \"" + format + "\"",
        Suggest.didYouMean(format, FORMATS).orElse("Use one of " + String.join(", ", FORMATS)));
  }

  String format() {
    return format;
  }

  boolean isForPeople() {
    return format.equals("table") || format.equals("wide");
  }

  /** Several resources: a JSON array, a YAML sequence, rows. */
  void many(ResourceType type, List<Map<String, Object>> resources) {
    switch (format) {
      case "json" -> println(Json.pretty(resources));
      case "yaml" -> session.terminal().out().print(Yaml.text(resources));
      default -> each(type, resources);
    }
  }

  /** One resource: a JSON object, a YAML mapping, a row. */
  void one(ResourceType type, Map<String, Object> resource) {
    switch (format) {
      case "json" -> println(Json.pretty(resource));
      case "yaml" -> session.terminal().out().print(Yaml.text(resource));
      default -> each(type, List.of(resource));
    }
  }

  /** What is no resource and so has no columns. */
  void tree(Object tree) {
    switch (format) {
      case "json" -> println(Json.pretty(tree));
      case "yaml" -> session.terminal().out().print(Yaml.text(tree));
      default -> {
        if (!format.startsWith(JSONPATH)) {
          throw Failure.usage(
              "This has no output format \"" + format + "\"", "Use json, yaml or jsonpath=PATH");
        }
        println(new JsonPath(format.substring(JSONPATH.length())).of(tree));
      }
    }
  }

  private void each(ResourceType type, List<Map<String, Object>> resources) {
    switch (format) {
      case "name" -> resources.forEach(resource -> println(Types.reference(type, resource)));
      case "csv" -> csv(type, resources);
      case "table", "wide" -> table(type, resources);
      default -> {
        var path = new JsonPath(format.substring(JSONPATH.length()));
        resources.forEach(resource -> println(path.of(resource)));
      }
    }
  }

  private void table(ResourceType type, List<Map<String, Object>> resources) {
    if (resources.isEmpty()) {
      session.terminal().note("No " + type.plural() + ".");
      return;
    }
    var wide = format.equals("wide");
    var columns = columns(type, wide, resources);
    var headings = columns.stream().map(Table::heading).toList();
    var table = new Table(headings, wide ? CELL_WIDE_MAX : CELL_MAX);
    resources.forEach(resource -> table.row(cells(columns, resource)));
    table.print(session.terminal());
  }

  /** What {@code -c} says; else those of the type that have a value somewhere. */
  private List<String> columns(
      ResourceType type, boolean wide, List<Map<String, Object>> resources) {
    var asked = given.text(Option.COLUMNS);
    if (asked.isPresent()) {
      return Columns.named(type, asked.get());
    }
    var many = given.flag(Option.RECURSIVE) || given.flag("--propagated");
    return Columns.of(type, many, wide).stream()
        .filter(column -> column.equals("name") || tells(type, column, wide, resources))
        .toList();
  }

  /** Not when it is empty everywhere, nor when everybody left a lesser attribute at its default. */
  private boolean tells(
      ResourceType type, String column, boolean wide, List<Map<String, Object>> resources) {
    var usual =
        type.attribute(column)
            .filter(attribute -> !wide && !attribute.is(Attribute.Flag.FILTERABLE))
            .flatMap(Attribute::defaultValue)
            .map(Cells::of)
            .orElse("");
    return resources.stream()
        .map(resource -> cell(column, resource))
        .anyMatch(cell -> !cell.isEmpty() && !cell.equals(usual));
  }

  private List<String> cells(List<String> columns, Map<String, Object> resource) {
    return columns.stream().map(column -> cell(column, resource)).toList();
  }

  private String cell(String column, Map<String, Object> resource) {
    return column.equals(Columns.AGE)
        ? Cells.age(resource.get("createTime"), session.clock().instant())
        : Cells.of(Tree.at(resource, column));
  }

  /** RFC 4180; by default every attribute that is shown at all. */
  private void csv(ResourceType type, List<Map<String, Object>> resources) {
    var all =
        type.attributes().stream()
            .filter(attribute -> !attribute.is(Attribute.Flag.HIDDEN))
            .map(Attribute::name)
            .toList();
    var columns = given.text(Option.COLUMNS).map(list -> Columns.named(type, list)).orElse(all);
    var out = session.terminal().out();
    out.print(csvLine(columns));
    for (var resource : resources) {
      var cells = new ArrayList<String>(columns.size());
      columns.forEach(column -> cells.add(csvCell(column, resource)));
      out.print(csvLine(cells));
    }
  }

  private String csvCell(String column, Map<String, Object> resource) {
    return column.equals(Columns.AGE)
        ? cell(column, resource)
        : switch (Tree.at(resource, column)) {
          case Map<?, ?> map -> Json.text(map);
          case List<?> list -> Json.text(list);
          case null -> "";
          case Object value -> value.toString();
        };
  }

  private static String csvLine(List<String> cells) {
    return cells.stream().map(Output::quoted).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String quoted(String cell) {
    var plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  private void println(String text) {
    session.terminal().out().println(text);
  }
}
