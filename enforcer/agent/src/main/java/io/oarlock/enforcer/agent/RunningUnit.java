package io.oarlock.enforcer.agent;

import io.oarlock.enforcer.datapath.Unit;
import io.oarlock.model.NamespacePath;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A program that was started as a unit.
 *
 * @param id what the agent calls it, the same wherever it is told of
 * @param asked what it was started as
 * @param uid the user that is this unit and nobody else
 * @param normalized what policies match: the platform's word, until then what the agent knows
 * @param platformId of its processingunit; empty until the platform has heard of it
 */
record RunningUnit(
    String id,
    Asked asked,
    long uid,
    Set<String> normalized,
    Optional<String> platformId,
    Instant since) {
  RunningUnit {
    normalized = Set.copyOf(normalized);
  }

  /** One the platform has not heard of: its tags are those it would get there, but for the id. */
  static RunningUnit local(String id, Asked asked, long uid, NamespacePath namespace, Instant now) {
    var all = new TreeSet<>(asked.tags());
    all.addAll(asked.metadata());
    all.add("$type=processingunit");
    all.add("$name=" + asked.name());
    all.add("$namespace=" + namespace);
    return new RunningUnit(id, asked, uid, all, Optional.empty(), now);
  }

  RunningUnit known(String newId, Set<String> platformsTags) {
    return new RunningUnit(id, asked, uid, platformsTags, Optional.of(newId), since);
  }

  String name() {
    return asked.name();
  }

  long pid() {
    return asked.pid();
  }

  Unit unit() {
    return new Unit(id, normalized);
  }

  Map<String, Object> tree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", id);
    tree.putAll(asked.tree());
    tree.put("uid", uid);
    tree.put("normalizedTags", normalized.stream().sorted().toList());
    platformId.ifPresent(known -> tree.put("platformId", known));
    tree.put("since", since.toString());
    return tree;
  }

  static RunningUnit of(Map<String, Object> tree) {
    return new RunningUnit(
        Tree.required(tree, "id"),
        Asked.of(tree),
        Tree.number(tree, "uid"),
        Set.copyOf(Tree.texts(tree.get("normalizedTags"))),
        Tree.text(tree, "platformId"),
        Instant.parse(Tree.required(tree, "since")));
  }
}
