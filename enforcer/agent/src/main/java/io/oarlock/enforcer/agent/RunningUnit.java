package io.oarlock.enforcer.agent;

import io.oarlock.enforcer.datapath.Unit;
import io.oarlock.model.NamespacePath;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A program that was started as a unit.
 *
 * @param id what the agent calls it, the same wherever it is told of
 * @param uid the user that is this unit and nobody else
 * @param pid of the process that asked for the unit and becomes its program
 * @param tags given by whoever started it, who is root on this host
 * @param normalized what policies match: the platform's word, until then what the agent knows
 * @param platformId of its processingunit; empty until the platform has heard of it
 */
record RunningUnit(
    String id,
    String name,
    long uid,
    long pid,
    List<String> tags,
    Set<String> normalized,
    Optional<String> platformId,
    Instant since) {
  RunningUnit {
    tags = List.copyOf(tags);
    normalized = Set.copyOf(normalized);
  }

  /** One the platform has not heard of: its tags are those it would get there, but for the id. */
  static RunningUnit local(
      String id,
      String name,
      long uid,
      long pid,
      List<String> tags,
      NamespacePath namespace,
      Instant now) {
    var all = new TreeSet<>(tags);
    all.add("$type=processingunit");
    all.add("$name=" + name);
    all.add("$namespace=" + namespace);
    return new RunningUnit(id, name, uid, pid, tags, all, Optional.empty(), now);
  }

  RunningUnit known(String newId, List<String> platformsTags) {
    return new RunningUnit(
        id, name, uid, pid, tags, Set.copyOf(platformsTags), Optional.of(newId), since);
  }

  Unit unit() {
    return new Unit(id, normalized);
  }

  Map<String, Object> tree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", id);
    tree.put("name", name);
    tree.put("uid", uid);
    tree.put("pid", pid);
    tree.put("tags", tags);
    tree.put("normalizedTags", normalized.stream().sorted().toList());
    platformId.ifPresent(known -> tree.put("platformId", known));
    tree.put("since", since.toString());
    return tree;
  }

  static RunningUnit of(Map<String, Object> tree) {
    return new RunningUnit(
        Tree.required(tree, "id"),
        Tree.required(tree, "name"),
        Tree.number(tree, "uid"),
        Tree.number(tree, "pid"),
        Tree.texts(tree.get("tags")),
        Set.copyOf(Tree.texts(tree.get("normalizedTags"))),
        Tree.text(tree, "platformId"),
        Instant.parse(Tree.required(tree, "since")));
  }
}
