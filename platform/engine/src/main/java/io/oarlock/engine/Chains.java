package io.oarlock.engine;

import io.oarlock.store.Document;
import io.oarlock.store.ResourceStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Chains of reactions, followed back from where they were cut to the call that began them. */
final class Chains {
  private static final int STEPS_MAX = 2 * Cause.DEPTH_MAX_DEFAULT + 2;

  private final ResourceStore store;

  /** One link: what it is called, and the automation that ran, if it is a run. */
  private record Link(String text, String automation, String name) {}

  Chains(ResourceStore store) {
    this.store = store;
  }

  /**
   * What is said of a chain that was cut before an automation; the same for every chain round the
   * same automations.
   *
   * @param event in wire form
   */
  Alarms.Notice cut(Automation automation, Map<String, Object> event) {
    var links = back(event);
    var text = new ArrayList<String>();
    var names = new LinkedHashSet<String>();
    var ids = new TreeSet<String>();
    for (var link : links) {
      text.add(link.text());
      if (!link.automation().isEmpty()) {
        names.add(link.name());
        ids.add(link.automation());
      }
    }
    names.add(automation.name());
    ids.add(automation.id());
    text.add("automation " + automation.name() + " (not run)");
    return new Alarms.Notice(
        automation.namespace(),
        "loop-" + Idempotency.hash(String.join("\n", ids)),
        "loop",
        "Loop of " + String.join(", ", names),
        "A chain of reactions was cut before its "
            + (Cause.DEPTH_MAX_DEFAULT + 1)
            + "th reaction: "
            + String.join(" → ", text)
            + ". Make one of these automations ignore what the others write: "
            + String.join(", ", names)
            + ".",
        Map.of("chain", List.copyOf(text), "automations", List.copyOf(ids)));
  }

  private Deque<Link> back(Map<String, Object> last) {
    var links = new ArrayDeque<Link>();
    var event = last;
    while (!event.isEmpty() && links.size() < STEPS_MAX) {
      links.addFirst(link(event));
      var cause = Trees.object(event.get("cause"));
      var run = "Run".equals(cause.get("kind")) ? run(cause) : Map.<String, Object>of();
      if (run.isEmpty()) {
        links.addFirst(new Link(cause.get("kind") + " " + cause.get("id"), "", ""));
        break;
      }
      links.addFirst(ran(run));
      event = Trees.object(Trees.object(run.get("input")).get("event"));
    }
    return links;
  }

  private Map<String, Object> run(Map<String, Object> cause) {
    return Trees.text(cause, "id")
        .flatMap(id -> store.get(Runs.TYPE, id))
        .map(Document::body)
        .orElse(Map.of());
  }

  private static Link link(Map<String, Object> event) {
    var object = Trees.object(event.get("object"));
    var name = Trees.text(object, "name").or(() -> Trees.text(object, "id")).orElse("");
    return new Link(event.get("operation") + " " + event.get("type") + " " + name, "", "");
  }

  private Link ran(Map<String, Object> run) {
    var id = Trees.text(run, "automation").orElse("");
    var name = store.get(Automation.TYPE, id).flatMap(d -> Trees.text(d.body(), "name")).orElse(id);
    return new Link("automation " + name + " (run " + run.get("id") + ")", id, name);
  }
}
