package io.oarlock.engine;

import java.util.LinkedHashMap;
import java.util.List;
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
 * @param trace W3C trace context of what led to it
 * @param request what the whole chain began with: a request, a slot of a schedule, the platform
 */
public record Cause(
    String kind,
    String id,
    Optional<String> parent,
    int depth,
    Optional<String> trace,
    Optional<String> request) {
  /** Reactions to reactions, before the chain is cut. */
  public static final int DEPTH_MAX_DEFAULT = 8;

  /** The name of a trace context on the wire, in causes and in headers. */
  static final String TRACEPARENT = "traceparent";

  /** What the wire name of {@link #request} is. */
  static final String REQUEST = "request";

  /** The beginning of a chain. */
  Cause(String kind, String id, Optional<String> parent, int depth) {
    this(kind, id, parent, depth, Optional.empty(), Optional.of(id));
  }

  /** What follows from something with that cause, in wire form; as deep as it unless told. */
  static Cause after(String kind, String id, Map<String, Object> before) {
    return new Cause(
        kind,
        id,
        Trees.text(before, "id"),
        (int) Trees.number(before, "depth", 0),
        trace(before),
        Trees.text(before, REQUEST).or(() -> Trees.text(before, "requestId")));
  }

  /** One reaction further. */
  Cause deeper() {
    return new Cause(kind, id, parent, depth + 1, trace, request);
  }

  /** The same, as what follows from something else. */
  Cause under(String otherParent) {
    return new Cause(kind, id, Optional.of(otherParent), depth, trace, request);
  }

  /** The same in a trace. */
  Cause in(Optional<String> otherTrace) {
    return new Cause(kind, id, parent, depth, otherTrace, request);
  }

  /** The trace that the wire form of a cause names. */
  static Optional<String> trace(Map<String, Object> tree) {
    return Trees.text(tree, TRACEPARENT);
  }

  /** A call from outside. */
  public static Cause request(String requestId) {
    return new Cause("Request", requestId, Optional.empty(), 0);
  }

  /** A request that somebody made, in its trace. */
  public static Cause request(Call.Origin origin) {
    return request(origin.requestId()).in(origin.traceparent());
  }

  /** A call of the URL of an automation. */
  static Cause call(Call.Origin origin) {
    return new Cause("Call", origin.requestId(), Optional.empty(), 0).in(origin.traceparent());
  }

  /** What the platform does by itself. */
  public static Cause system(String what) {
    return new Cause("Platform", what, Optional.empty(), 0);
  }

  /** The reaction to something with this cause. */
  public Cause next(String nextKind, String nextId, String parentId) {
    return new Cause(nextKind, nextId, Optional.of(parentId), depth + 1, trace, request);
  }

  /** What records tell of a cause: without the caller's claims and address. */
  static Map<String, Object> brief(Map<String, Object> full) {
    var brief = new LinkedHashMap<String, Object>();
    for (var name : List.of("kind", "id", "depth", "parent", REQUEST)) {
      Optional.ofNullable(full.get(name)).ifPresent(value -> brief.put(name, value));
    }
    return brief;
  }

  /** The wire form. */
  public Map<String, Object> toTree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("kind", kind);
    tree.put("id", id);
    parent.ifPresent(p -> tree.put("parent", p));
    tree.put("depth", (long) depth);
    request.ifPresent(text -> tree.put(REQUEST, text));
    trace.ifPresent(text -> tree.put(TRACEPARENT, text));
    return tree;
  }
}
