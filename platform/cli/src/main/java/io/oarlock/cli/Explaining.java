package io.oarlock.cli;

import io.oarlock.json.Json;
import io.oarlock.model.Action;
import io.oarlock.model.Attribute;
import io.oarlock.model.Attribute.Flag;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Suggest;
import io.oarlock.model.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code oarlock explain}: the reference, page by page, from the model. */
final class Explaining {
  private static final int DOC_WIDTH = 90;

  private final Terminal terminal;

  private Explaining(Terminal terminal) {
    this.terminal = terminal;
  }

  static Command command() {
    return Command.leaf(
        "explain",
        "Explains a resource type or one of its attributes; without a type lists all.",
        Explaining::run,
        () -> List.of(Option.maybe(0, "TYPE[.ATTRIBUTE]", "Such as automation.trigger.cron.")));
  }

  private static int run(Session session, Arguments given) {
    var explaining = new Explaining(session.terminal());
    var word = given.word(0);
    if (word.isEmpty()) {
      explaining.types(session.model().types());
      return Exit.OK;
    }
    var dot = word.get().indexOf('.');
    if (dot < 0) {
      explaining.type(session.type(word.get()));
    } else {
      var type = session.type(word.get().substring(0, dot));
      explaining.attribute(type, word.get().substring(dot + 1));
    }
    return Exit.OK;
  }

  /** What {@code --set} takes for a type. */
  static void settable(Session session, String word) {
    var type = session.type(word);
    var explaining = new Explaining(session.terminal());
    var settable = type.attributes().stream().filter(a -> !a.is(Flag.READ_ONLY)).toList();
    session.terminal().out().println();
    explaining.attributes(settable);
  }

  private void types(Collection<ResourceType> types) {
    var groups = types.stream().map(ResourceType::group).distinct().toList();
    for (var group : groups) {
      terminal.out().println(terminal.bold(group));
      types.stream().filter(type -> type.group().equals(group)).forEach(this::summary);
      terminal.out().println();
    }
  }

  private void summary(ResourceType type) {
    var aliases = type.aliases().isEmpty() ? "" : " (" + String.join(", ", type.aliases()) + ")";
    var doc = type.doc().replaceFirst("(?s)(?<=\\.)\\s.*", "");
    terminal.out().println("  " + Display.padded(type.name() + aliases, 36) + "  " + doc);
  }

  private void type(ResourceType type) {
    heading(type.name() + "  " + terminal.dim("/v1/" + type.plural()));
    paragraph(type.doc(), "");
    line("Group", type.group());
    line("Aliases", String.join(", ", type.aliases()));
    line("Operations", operations(type));
    attributes(type.attributes());
    actions(type.actions());
    heading("Example");
    terminal.out().println(Yaml.text(type.example()));
  }

  private static String operations(ResourceType type) {
    return type.operations().stream()
        .sorted()
        .map(Operation::permission)
        .collect(Collectors.joining(", "));
  }

  private void attributes(List<Attribute> attributes) {
    heading("Attributes");
    for (var attribute : attributes) {
      if (!attribute.is(Flag.HIDDEN)) {
        terminal
            .out()
            .println(
                "  " + terminal.bold(attribute.name()) + "  " + terminal.dim(facts(attribute)));
        paragraph(attribute.doc(), "      ");
      }
    }
    terminal.out().println();
  }

  private void actions(List<Action> actions) {
    if (!actions.isEmpty()) {
      heading("Actions");
      for (var action : actions) {
        terminal.out().println("  " + terminal.bold(action.method() + " " + action.name()));
        paragraph(action.doc(), "      ");
      }
      terminal.out().println();
    }
  }

  private static String facts(Attribute attribute) {
    var facts = new ArrayList<String>();
    facts.add(name(attribute.type()));
    if (attribute.required()) {
      facts.add("required");
    }
    attribute.defaultValue().ifPresent(value -> facts.add("default " + Json.text(value)));
    attribute.flags().stream()
        .sorted()
        .map(flag -> flag.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .forEach(facts::add);
    return String.join(", ", facts);
  }

  private static String name(ValueType type) {
    return switch (type) {
      case ValueType.Text text ->
          text.format().name().toLowerCase(Locale.ROOT).replace("plain", "text").replace('_', ' ');
      case ValueType.Bool bool -> "boolean";
      case ValueType.Whole whole -> "whole number";
      case ValueType.Decimal decimal -> "number";
      case ValueType.Choice choice -> String.join("|", choice.values());
      case ValueType.ListOf list -> "list of " + name(list.element());
      case ValueType.MapOf map -> "map of " + name(map.value());
      case ValueType.ObjectOf object -> "object";
      case ValueType.OneOf one -> "one of " + String.join("|", one.variants().keySet());
      case ValueType.Anything anything -> "any JSON";
    };
  }

  private void attribute(ResourceType type, String path) {
    var names = path.split("\\.", -1);
    var attribute = find(type.attributes(), names[0], type.name());
    for (var i = 1; i < names.length; i++) {
      attribute = find(below(attribute.type()), names[i], attribute.name());
    }
    heading(type.name() + "." + path + "  " + terminal.dim(facts(attribute)));
    paragraph(attribute.doc(), "");
    attribute.example().ifPresent(example -> line("Example", Json.text(example)));
    details(attribute.type());
  }

  private static Attribute find(List<Attribute> attributes, String name, String where) {
    var names = attributes.stream().map(Attribute::name).toList();
    return attributes.stream()
        .filter(attribute -> attribute.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            Failure.usage(
                "There is no attribute \"" + name + "\" in " + where,
                Suggest.didYouMean(name, names).orElse("It has: " + String.join(", ", names))));
  }

  private static List<Attribute> below(ValueType type) {
    return switch (type) {
      case ValueType.ObjectOf object -> object.attributes();
      case ValueType.OneOf one ->
          one.variants().values().stream().flatMap(v -> v.attributes().stream()).toList();
      case ValueType.ListOf list -> below(list.element());
      case ValueType.MapOf map -> below(map.value());
      default -> List.of();
    };
  }

  private void details(ValueType type) {
    switch (type) {
      case ValueType.Choice choice -> {
        heading("Values");
        choice.values().forEach(value -> line(value, choice.docs().getOrDefault(value, "")));
      }
      case ValueType.OneOf one ->
          one.variants()
              .forEach((kind, variant) -> {
                heading("kind: " + kind);
                paragraph(one.docs().getOrDefault(kind, ""), "");
                attributes(variant.attributes());
              });
      case ValueType.ListOf list -> details(list.element());
      case ValueType.MapOf map -> details(map.value());
      case ValueType.ObjectOf object -> attributes(object.attributes());
      default -> {
        // The facts beside the name say all of it.
      }
    }
  }

  private void heading(String text) {
    terminal.out().println(terminal.bold(text));
  }

  private void line(String label, String text) {
    if (!text.isEmpty()) {
      terminal.out().println("  " + Display.padded(label, 12) + "  " + text);
    }
  }

  private void paragraph(String text, String indent) {
    var line = new StringBuilder(indent);
    for (var word : text.split("\\s+", -1)) {
      if (line.length() > indent.length() && Display.width(line + word) > DOC_WIDTH) {
        terminal.out().println(line.toString().stripTrailing());
        line = new StringBuilder(indent);
      }
      line.append(word).append(' ');
    }
    terminal.out().println(line.toString().stripTrailing());
  }
}
