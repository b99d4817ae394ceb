package io.oarlock.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why something happens: carried by every write, run and delivery, so that a chain can be followed
 * back to the call that began it, and cut when it runs in a circle.
 *
 * @param kind one of the words of the model: {@code Request}, {@code Event}, {@code Schedule},
 *     {@code Call}, {@code Hook}, {@code Test}, {@code Redrive}, {@code Run}, {@code Platform}
 * @param id of the request, run, firing or delivery
 * @param parent id of the event or run that led to it
 * @param depth 0 for a call from outside; one more for each reaction to an event
 */
public record Cause(String kind, String id, Optional<String> parent, int depth) {
  /** Reactions to reactions, before the chain is cut. */
  public static final int DEPTH_MAX_DEFAULT = 8;

  /** A call from outside. */
  public static Cause request(String requestId) {
    return new Cause("Request", requestId, Optional.empty(), 0);
  }

  /** What the platform does by itself. */
  public static Cause system(String what) {
    return new Cause("Platform", what, Optional.empty(), 0);
  }

  /** The reaction to something with this cause. */
  public Cause next(String nextKind, String nextId, String parentId) {
    return new Cause(nextKind, nextId, Optional.of(parentId), depth + 1);
  }

  /** The wire form. */
  public Map<String, Object> toTree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("kind", kind);
    tree.put("id", id);
    parent.ifPresent(p -> tree.put("parent", p));
    tree.put("depth", (long) depth);
    return tree;
  }
}
