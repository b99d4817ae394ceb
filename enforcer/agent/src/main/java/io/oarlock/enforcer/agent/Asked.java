package io.oarlock.enforcer.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is asked of the agent when a program is to become a unit.
 *
 * @param pid of the process that asks and becomes the program
 * @param tags given by whoever starts it, who is root on this host
 * @param metadata tags only the agent gives: they start with {@code @}
 * @param session whether it is somebody's login rather than a service
 */
record Asked(String name, long pid, List<String> tags, List<String> metadata, boolean session) {
  Asked {
    tags = List.copyOf(tags);
    metadata = List.copyOf(metadata);
  }

  /** The type of its {@code processingunit}. */
  String type() {
    return session ? "UserSession" : "LinuxService";
  }

  Map<String, Object> tree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name", name);
    tree.put("pid", pid);
    tree.put("tags", tags);
    tree.put("metadata", metadata);
    tree.put("session", session);
    return tree;
  }

  static Asked of(Map<String, Object> tree) {
    return new Asked(
        Tree.required(tree, "name"),
        Tree.number(tree, "pid"),
        Tree.texts(tree.get("tags")),
        Tree.texts(tree.get("metadata")),
        Boolean.TRUE.equals(tree.get("session")));
  }
}
