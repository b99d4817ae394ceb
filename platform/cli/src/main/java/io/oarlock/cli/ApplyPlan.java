package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import io.oarlock.cli.Documents.Document;
import io.oarlock.model.Attribute;
import io.oarlock.model.Attribute.Flag;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What applying documents comes to. Every document is checked by the platform as a dry run before
 * the first is written; only what lives in a namespace that this plan itself makes is checked when
 * its turn comes.
 */
final class ApplyPlan {
  private static final String NAMESPACE_TYPE = "namespace";

  private final Session session;
  private final Api api;
  private final boolean override;
  private final List<Step> steps = new ArrayList<>();

  ApplyPlan(Session session, Api api, boolean override) {
    this.session = session;
    this.api = api;
    this.override = override;
  }

  /** What becomes of a document. */
  enum Outcome {
    CREATED,
    UPDATED,
    UNCHANGED
  }

  /**
   * One document's part.
   *
   * @param before the resource as it is; empty when it is not there yet
   * @param after as it will be, as far as that is known
   */
  record Step(
      ResourceType type,
      Optional<String> namespace,
      String name,
      Map<String, Object> body,
      Map<String, Object> before,
      Map<String, Object> after,
      Outcome outcome) {

    boolean changes() {
      return outcome != Outcome.UNCHANGED;
    }

    String said() {
      var place = name.startsWith("/") ? "" : namespace.map(path -> " in " + path).orElse("");
      return Types.said(type, name) + Display.line(place);
    }
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  void add(Document document) {
    steps.add(step(document.tree()));
  }

  private Step step(Map<String, Object> tree) {
    var type = session.type(typeOf(tree));
    var body = new LinkedHashMap<>(tree);
    body.remove(typeMember(tree));
    var namespace = Tree.text(tree, "namespace").or(api::namespace);
    type.attributes().stream()
        .filter(attribute -> attribute.is(Flag.READ_ONLY))
        .map(Attribute::name)
        .forEach(body::remove);
    body.remove("namespace");
    var name =
        Tree.text(body, "name")
            .orElseThrow(() -> Failure.usage("It has no name", "apply finds resources by name."));
    return type.name().equals(NAMESPACE_TYPE)
        ? namespaceStep(type, namespace, name, body)
        : step(type, namespace, name, name, body);
  }

  /** {@code kind} says the type, for types that have an attribute {@code type} of their own. */
  private static String typeMember(Map<String, Object> tree) {
    return tree.containsKey("kind") ? "kind" : "type";
  }

  private static String typeOf(Map<String, Object> tree) {
    return Tree.text(tree, typeMember(tree))
        .orElseThrow(() ->
            Failure.usage("It does not say what it is", "Add kind, such as kind: automation"));
  }

  /** A namespace is made with its bare name in its parent, and found by its full path. */
  private Step namespaceStep(
      ResourceType type, Optional<String> namespace, String name, Map<String, Object> body) {
    var path = Target.pathOf(namespace, name);
    body.put("name", path.name());
    var parent = path.parent().map(NamespacePath::value);
    return step(type, parent, path.value(), path.name(), body);
  }

  private Step step(
      ResourceType type,
      Optional<String> namespace,
      String name,
      String bareName,
      Map<String, Object> body) {
    if (isMadeHere(namespace)) {
      return new Step(type, namespace, name, body, Map.of(), body, Outcome.CREATED);
    }
    var before = find(type, namespace, name);
    if (before.isEmpty()) {
      ApiCommands.requireOperation(type, Operation.CREATE);
      var after = api.ask(create(type, namespace, body, true)).object();
      return new Step(type, namespace, name, body, Map.of(), after, Outcome.CREATED);
    }
    ApiCommands.requireOperation(type, Operation.UPDATE);
    if (!bareName.equals(name)) {
      body.put("name", name);
    }
    var after = api.ask(update(type, namespace, body, before, true)).object();
    var outcome = same(type, body, before, after) ? Outcome.UNCHANGED : Outcome.UPDATED;
    return new Step(type, namespace, name, body, before, after, outcome);
  }

  private boolean isMadeHere(Optional<String> namespace) {
    return namespace
        .filter(path ->
            steps.stream()
                .filter(step -> step.type().name().equals(NAMESPACE_TYPE))
                .filter(step -> step.outcome() == Outcome.CREATED)
                .map(step -> NamespacePath.of(step.name()))
                .anyMatch(made -> made.contains(NamespacePath.of(path))))
        .isPresent();
  }

  private Map<String, Object> find(ResourceType type, Optional<String> namespace, String name) {
    try {
      return api.ask(Ask.of("GET", Types.path(type, "name:" + name)).in(namespace)).object();
    } catch (Failure failure) {
      if (failure.status() == 404) {
        return Map.of();
      }
      throw failure;
    }
  }

  private Ask create(
      ResourceType type, Optional<String> namespace, Map<String, Object> body, boolean dryRun) {
    return Ask.of("POST", Types.path(type)).in(namespace).query(query(dryRun)).body(body);
  }

  /** Only over what was read: somebody else's change in between is not overwritten. */
  private Ask update(
      ResourceType type,
      Optional<String> namespace,
      Map<String, Object> body,
      Map<String, Object> before,
      boolean dryRun) {
    var id = Tree.text(before, "id").orElseThrow();
    return Ask.of("PUT", Types.path(type, id))
        .in(namespace)
        .query(query(dryRun))
        .header("If-Match", "\"" + before.get("version") + "\"")
        .body(body);
  }

  private Query query(boolean dryRun) {
    return new Query().with("dryRun", dryRun).with("override", override);
  }

  /** Whether nothing a caller can set differs. A secret cannot be compared, so it is written. */
  private static boolean same(
      ResourceType type,
      Map<String, Object> body,
      Map<String, Object> before,
      Map<String, Object> after) {
    return type.attributes().stream()
        .filter(attribute -> !attribute.is(Flag.READ_ONLY) && !attribute.is(Flag.HIDDEN))
        .allMatch(attribute ->
            attribute.is(Flag.SECRET)
                ? !body.containsKey(attribute.name())
                : Objects.equals(before.get(attribute.name()), after.get(attribute.name())));
  }

  Outcome carryOut(Step step) {
    if (step.outcome() == Outcome.CREATED) {
      api.ask(create(step.type(), step.namespace(), step.body(), false));
    } else if (step.outcome() == Outcome.UPDATED) {
      api.ask(update(step.type(), step.namespace(), step.body(), step.before(), false));
    }
    return step.outcome();
  }
}
