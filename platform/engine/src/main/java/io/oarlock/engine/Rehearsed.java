package io.oarlock.engine;

import io.oarlock.automations.RunResult;
import io.oarlock.model.Instants;
import io.oarlock.model.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What came of the rehearsal of one automation, added up. Used by one thread. */
final class Rehearsed {
  /** Most different effects that are told apart. */
  static final int EFFECTS_MAX = 50;

  private static final int FAULT_MAX = 1000;

  private final Automation automation;
  private final Map<Effect, Long> effects = new LinkedHashMap<>();
  private long heard;
  private long succeeded;
  private long skipped;
  private long failed;
  private Optional<String> fault = Optional.empty();

  private record Effect(String kind, String what) {}

  Rehearsed(Automation automation) {
    this.automation = automation;
  }

  /** An event of the last day would have set it off. */
  void heard() {
    heard++;
  }

  /** A run for one of these events ended. */
  void ended(RunResult result, RunLog log) {
    if (result instanceof RunResult.Skipped) {
      skipped++;
    } else if (RunForms.failed(result)) {
      failed++;
      fault = fault.or(() -> Optional.of(fault(result)));
    } else {
      succeeded++;
    }
    for (var each : log.effects()) {
      count(effect(Trees.object(each)));
    }
  }

  private static String fault(RunResult result) {
    var body = new LinkedHashMap<String, Object>();
    RunForms.end(body, result, RunLog.empty(), Instant.EPOCH);
    var error = Trees.object(body.get("error"));
    var line = Trees.number(error, "line", 0);
    var message = Trees.text(error, "message").orElse("it failed");
    return RunLog.cut(line > 0 ? message + " (line " + line + ")" : message, FAULT_MAX);
  }

  private void count(Effect effect) {
    if (effects.containsKey(effect) || effects.size() < EFFECTS_MAX) {
      effects.merge(effect, 1L, Long::sum);
    }
  }

  private static Effect effect(Map<String, Object> tree) {
    var kind = Trees.text(tree, "kind").orElse("");
    var detail = Trees.object(tree.get("detail"));
    return new Effect(
        kind,
        switch (kind) {
          case "Api" -> word(detail, "operation") + " " + Trees.text(detail, "type").orElse("");
          case "Fetch" -> method(detail) + " " + place(Trees.text(detail, "url").orElse(""));
          default -> "change kept values";
        });
  }

  private static String word(Map<String, Object> detail, String name) {
    return Trees.text(detail, name).orElse("").toLowerCase(Locale.ROOT);
  }

  private static String method(Map<String, Object> detail) {
    return Trees.text(detail, "method").orElse("GET").toUpperCase(Locale.ROOT);
  }

  /**
   * Scheme, host and port: the rest differs from request to request, and may hold what it sends.
   */
  private static String place(String url) {
    try {
      var read = OutboundGuard.read(url);
      return read.url().getScheme() + "://" + read.url().getRawAuthority();
    } catch (Problem _) {
      return "what is no URL";
    }
  }

  Map<String, Object> tree(Instant since) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("automation", automation.name());
    tree.put("since", Instants.text(since));
    tree.put("events", heard);
    tree.put("succeeded", succeeded);
    tree.put("skipped", skipped);
    tree.put("failed", failed);
    var list = new ArrayList<Object>();
    effects.entrySet().stream()
        .sorted(Map.Entry.<Effect, Long>comparingByValue().reversed())
        .forEach(each -> list.add(tree(each.getKey(), each.getValue())));
    tree.put("effects", List.copyOf(list));
    fault.ifPresent(text -> tree.put("fault", text));
    return tree;
  }

  private static Map<String, Object> tree(Effect effect, long count) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("kind", effect.kind());
    tree.put("what", effect.what());
    tree.put("count", count);
    return tree;
  }
}
