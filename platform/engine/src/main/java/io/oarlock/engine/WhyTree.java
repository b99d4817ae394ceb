package io.oarlock.engine;

import io.oarlock.enforcer.policy.Change;
import io.oarlock.enforcer.policy.Rule;
import io.oarlock.enforcer.policy.Verdict;
import io.oarlock.enforcer.policy.Why;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** An explanation as callers read it: with the names of policies, and a new one ready to write. */
final class WhyTree {
  private final Why why;
  private final Map<String, String> names;
  private final Optional<Integer> port;

  /**
   * An explanation.
   *
   * @param names of the policies, by id
   * @param port asked about; empty when none was named, neither by the caller nor by a policy
   */
  WhyTree(Why why, Map<String, String> names, Optional<Integer> port) {
    this.why = why;
    this.names = names;
    this.port = port;
  }

  Map<String, Object> tree() {
    var tree = new LinkedHashMap<String, Object>();
    port.ifPresent(number -> tree.put("port", (long) number));
    tree.put("decision", decision(why.allowed()));
    tree.put("initiator", side(why.initiator()));
    tree.put("receiver", side(why.receiver()));
    tree.put("changes", why.changes().stream().map(this::change).toList());
    why.allowing()
        .filter(names::containsKey)
        .ifPresent(id -> {
          tree.put("allowingPolicyId", id);
          tree.put("allowingPolicyName", name(id));
        });
    return tree;
  }

  private static String decision(boolean allowed) {
    return allowed ? "Accept" : "Reject";
  }

  private Map<String, Object> side(Verdict verdict) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("decision", decision(verdict.allowed()));
    verdict.rule().ifPresent(id -> policy(tree, id));
    tree.put("reason", named(verdict.reason()));
    return tree;
  }

  private void policy(Map<String, Object> tree, String id) {
    tree.put("policyId", id);
    tree.put("policyName", name(id));
  }

  private String name(String id) {
    return Objects.requireNonNullElse(names.get(id), id);
  }

  /** People know policies by their names. */
  private String named(String text) {
    var said = text;
    for (var id : names.keySet()) {
      said = said.contains(id) ? said.replace(id, name(id)) : said;
    }
    return said;
  }

  private Map<String, Object> change(Change change) {
    var tree = new LinkedHashMap<String, Object>();
    switch (change) {
      case Change.Remove(var rule) -> about(tree, "RemovePolicy", rule);
      case Change.OpenPort(var rule, _) -> about(tree, "OpenPort", rule);
      case Change.Extend(var rule) -> about(tree, "Extend", rule);
      case Change.ProgramBothSides(var rule) -> about(tree, "ProgramBothSides", rule);
      case Change.AddTag(var end, var tag) -> tag(tree, "AddTag", end, tag.toString());
      case Change.RemoveTag(var end, var tag) -> tag(tree, "RemoveTag", end, tag.toString());
      case Change.Add(var rule) -> add(tree, rule);
    }
    tree.putIfAbsent("text", named(change.toString()));
    return tree;
  }

  private void about(Map<String, Object> tree, String kind, String rule) {
    tree.put("kind", kind);
    policy(tree, rule);
  }

  private static void tag(Map<String, Object> tree, String kind, Change.End end, String tag) {
    tree.put("kind", kind);
    tree.put("end", end == Change.End.SUBJECT ? "Initiator" : "Receiver");
    tree.put("tag", tag);
  }

  private void add(Map<String, Object> tree, Rule rule) {
    var subject = lines(rule.subject());
    var object = lines(rule.object());
    var policy = new LinkedHashMap<String, Object>();
    policy.put("name", "new-policy");
    policy.put("subject", subject);
    policy.put("object", object);
    port.ifPresent(number -> policy.put("ports", List.of("tcp/" + number)));
    tree.put("kind", "AddPolicy");
    tree.put("policy", policy);
    tree.put(
        "text",
        "allow it with a new policy: %s to %s, %s"
            .formatted(said(subject), said(object), port.map(n -> "tcp/" + n).orElse("any port")));
  }

  /**
   * A policy for people names what people gave: identifiers the platform gave would select this one
   * unit until it is started again. Asking for less of the same matches as well.
   */
  private static List<List<String>> lines(Rule.Selector selector) {
    return selector.expression().toLists().stream().map(WhyTree::telling).toList();
  }

  private static List<String> telling(List<String> line) {
    var given = line.stream().filter(tag -> !tag.startsWith("$") && !tag.startsWith("@")).toList();
    var name = line.stream().filter(tag -> tag.startsWith("$name=")).toList();
    return !given.isEmpty() ? given : !name.isEmpty() ? name : line;
  }

  private static String said(List<List<String>> lines) {
    return String.join(" or ", lines.stream().map(line -> String.join(" and ", line)).toList());
  }
}
