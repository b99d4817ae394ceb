package io.oarlock.engine;

import io.oarlock.automations.HostCallException;
import io.oarlock.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answers that a run got, in order, so that the same version can be run to the same line again.
 * Safe for several threads: a script may ask for several things at once.
 *
 * <p>Only references are held while the run goes on. Most runs end well, and theirs are dropped.
 */
final class Recording {
  /** Calls kept; a replay of a run that made more ends at the first that was not kept. */
  static final int CALLS_MAX = 1_000;

  /** Bytes of JSON kept, likewise. */
  static final int BYTES_MAX = 1 << 20;

  /**
   * One call and what came of it.
   *
   * @param refusal what the script was told instead of an answer; empty for none
   */
  record Reply(
      String operation,
      Map<String, Object> arguments,
      @Nullable Object answer,
      Map<String, Object> refusal) {
    Map<String, Object> toTree() {
      var tree = new LinkedHashMap<String, Object>();
      tree.put("operation", operation);
      tree.put("arguments", arguments);
      tree.put("answer", answer);
      tree.put("refusal", refusal);
      return tree;
    }

    static Reply of(Map<String, Object> tree) {
      return new Reply(
          Trees.required(tree, "operation"),
          Trees.object(tree.get("arguments")),
          tree.get("answer"),
          Trees.object(tree.get("refusal")));
    }

    /** The answer again, or the refusal. */
    @Nullable Object give() throws HostCallException {
      if (refusal.isEmpty()) {
        return answer;
      }
      throw new HostCallException(
          Trees.required(refusal, "code"),
          Trees.required(refusal, "message"),
          Trees.object(refusal.get("details")));
    }
  }

  private final List<Reply> replies = new ArrayList<>();

  void answered(String operation, Map<String, Object> arguments, @Nullable Object answer) {
    add(new Reply(operation, arguments, answer, Map.of()));
  }

  void refused(String operation, Map<String, Object> arguments, HostCallException e) {
    var refusal =
        Map.of("code", e.code(), "message", String.valueOf(e.getMessage()), "details", e.details());
    add(new Reply(operation, arguments, null, refusal));
  }

  private synchronized void add(Reply reply) {
    if (replies.size() < CALLS_MAX) {
      replies.add(reply);
    }
  }

  synchronized List<Reply> replies() {
    return List.copyOf(replies);
  }

  /** As JSON text: as many of the first as have room. */
  String toJson() {
    var kept = new ArrayList<Object>();
    var bytes = 0;
    for (var reply : replies()) {
      var tree = reply.toTree();
      bytes += Json.write(tree).length;
      if (bytes > BYTES_MAX) {
        break;
      }
      kept.add(tree);
    }
    return Json.text(kept);
  }

  static Recording ofJson(String json) {
    var recording = new Recording();
    if (Json.parse(json) instanceof List<?> replies) {
      replies.forEach(each -> recording.add(Reply.of(Trees.object(each))));
    }
    return recording;
  }
}
