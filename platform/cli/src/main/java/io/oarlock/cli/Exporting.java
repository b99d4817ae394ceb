package io.oarlock.cli;

import io.oarlock.model.Attribute;
import io.oarlock.model.Attribute.Flag;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Trait;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.ArgSpec;

/** {@code oarlock export}: a namespace as documents that import and apply take. */
final class Exporting {
  private static final String LABELLED = "--label";
  private static final String PAGE = "500";

  /** What apps made comes with their installations. */
  private static final String OF_APPS = "app:installation=";

  /** What the platform writes, hides, or tells only once. */
  private static final Set<Flag> LEFT_OUT =
      Set.of(Flag.READ_ONLY, Flag.HIDDEN, Flag.SECRET, Flag.SHOWN_ONCE, Flag.TRANSIENT);

  private Exporting() {}

  static Command command() {
    return Command.leaf(
        "export",
        "Writes down what is in a namespace, as YAML that import and apply take.",
        Exporting::run,
        Exporting::arguments);
  }

  private static List<ArgSpec> arguments() {
    return List.of(
        Option.words("TYPE", "Only these types; default: all that can be imported."),
        Option.namespace(),
        Option.text("LABEL", "Only what was imported under that label.", LABELLED),
        Option.filter());
  }

  private static int run(Session session, Arguments given) throws IOException {
    var filter = filter(given);
    var documents = new ArrayList<String>();
    try (var api = session.api()) {
      for (var type : types(session, given)) {
        for (var resource : found(api, type, filter)) {
          documents.add(Yaml.text(document(type, resource)));
          tellOfSecrets(session, type, resource);
        }
      }
    }
    session.terminal().out().print(String.join("---\n", documents));
    return Exit.OK;
  }

  private static Optional<String> filter(Arguments given) {
    var labelled = given.text(LABELLED).map(Labels::filter);
    var asked = given.text(Option.FILTER);
    return labelled.isPresent() && asked.isPresent()
        ? Optional.of("(" + labelled.get() + ") and (" + asked.get() + ")")
        : labelled.or(() -> asked);
  }

  private static List<ResourceType> types(Session session, Arguments given) {
    var words = given.words();
    return words.isEmpty()
        ? importable(session)
        : words.stream().map(session::type).map(Exporting::importable).toList();
  }

  /** Namespaces are where things are put, not what is put there. */
  static List<ResourceType> importable(Session session) {
    return session.model().types().stream().filter(Exporting::isImportable).toList();
  }

  private static ResourceType importable(ResourceType type) {
    if (!isImportable(type)) {
      throw Failure.usage(
          type.plural() + " cannot be exported",
          "What can be is created and changed by callers, and stays.");
    }
    return type;
  }

  private static boolean isImportable(ResourceType type) {
    return type.has(Trait.STORED)
        && type.allows(Operation.LIST)
        && type.allows(Operation.CREATE)
        && type.allows(Operation.UPDATE)
        && type.retention().isEmpty()
        && type.attribute(Labels.TAGS).isPresent()
        && type.attribute("name").isPresent()
        && !type.name().equals("namespace");
  }

  private static List<Map<String, Object>> found(
      Api api, ResourceType type, Optional<String> filter) {
    var query = new Query().with("order", "name").with("limit", PAGE).with("q", filter);
    return Reading.all(api, type, query).stream()
        .filter(each -> Labels.tags(each).stream().noneMatch(tag -> tag.startsWith(OF_APPS)))
        .toList();
  }

  private static Map<String, Object> document(ResourceType type, Map<String, Object> resource) {
    var document = new LinkedHashMap<String, Object>();
    document.put("kind", type.name());
    document.put("name", Objects.requireNonNull(resource.get("name"), "name is null"));
    for (var attribute : type.attributes()) {
      var value = resource.get(attribute.name());
      if (value != null && isSaid(attribute, value)) {
        document.put(attribute.name(), value);
      }
    }
    var tags = Labels.without(resource);
    document.remove(Labels.TAGS);
    if (!tags.isEmpty()) {
      document.put(Labels.TAGS, tags);
    }
    return document;
  }

  /** What is as it would be anyway needs no line. */
  private static boolean isSaid(Attribute attribute, Object value) {
    var isAnyway =
        attribute.defaultValue().isPresent()
            ? attribute.defaultValue().get().equals(value)
            : value.equals(false) || value.equals(List.of()) || value.equals(Map.of());
    return attribute.flags().stream().noneMatch(LEFT_OUT::contains) && !isAnyway;
  }

  private static void tellOfSecrets(
      Session session, ResourceType type, Map<String, Object> resource) {
    type.attributes().stream()
        .filter(each -> each.is(Flag.SECRET) && resource.containsKey(each.name()))
        .forEach(each ->
            session
                .terminal()
                .note(Types.said(type, resource) + ": " + each.name() + " is secret, left out"));
  }
}
