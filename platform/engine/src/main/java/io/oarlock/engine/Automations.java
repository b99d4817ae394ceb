package io.oarlock.engine;

import io.oarlock.model.FilterParser;
import io.oarlock.model.Filters;
import io.oarlock.model.TagExpression;
import io.oarlock.store.NewEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The automations of the platform, found by what sets them off. */
final class Automations {
  private final Mirror<Automation> mirror;
  private final Clock clock;
  private volatile Map<String, List<Listener>> byType = Map.of();

  /** An automation that listens to events of a type. */
  private record Listener(
      Automation automation,
      Set<String> operations,
      Optional<TagExpression> subject,
      Predicate<Map<String, Object>> filter) {
    boolean hears(NewEvent event) {
      return inScope(event)
          && operations.contains(event.operation().wire())
          && subject.filter(expression -> !expression.matches(tags(event))).isEmpty()
          && filter.test(event.object());
    }

    private boolean inScope(NewEvent event) {
      return Trees.truth(automation.trigger(), "recursive")
          ? automation.namespace().contains(event.namespace())
          : automation.namespace().equals(event.namespace());
    }

    private static Set<String> tags(NewEvent event) {
      return Set.copyOf(Trees.texts(event.object().get("normalizedTags")));
    }
  }

  Automations(Journal journal, Clock clock) {
    this.clock = clock;
    this.mirror = new Mirror<>(journal.store(), Automation.TYPE, Automation::of);
    mirror.onChange(this::rebuild);
    journal.mirror(mirror);
  }

  /** Calls back when one was saved or removed, here or elsewhere. */
  void onChange(Runnable listener) {
    mirror.onChange(listener);
  }

  private void rebuild() {
    var map = new HashMap<String, List<Listener>>();
    for (var automation : mirror.all()) {
      if (automation.kind().equals("OnEvent") && !automation.disabled()) {
        var listener = listener(automation);
        for (var type : Trees.texts(automation.trigger().get("types"))) {
          map.computeIfAbsent(type, _ -> new ArrayList<>()).add(listener);
        }
      }
    }
    byType = map;
  }

  private Listener listener(Automation automation) {
    var trigger = automation.trigger();
    var operations = Trees.texts(trigger.get("operations"));
    return new Listener(
        automation,
        operations.isEmpty() ? Set.of("Create", "Update", "Delete") : Set.copyOf(operations),
        Optional.ofNullable(trigger.get("subject")).map(Trees::expression),
        Trees.text(trigger, "filter")
            .map(text -> Filters.predicate(FilterParser.parse(text, clock)))
            .orElse(_ -> true));
  }

  /** What would set off an automation with trigger OnEvent, whether it is stored or not. */
  Predicate<NewEvent> heardBy(Automation automation) {
    var types = Set.copyOf(Trees.texts(automation.trigger().get("types")));
    var listener = listener(automation);
    return event -> types.contains(event.type()) && listener.hears(event);
  }

  Optional<Automation> get(String id) {
    return mirror.get(id);
  }

  /** Those that somebody waits for: they answer hooks or calls. */
  List<Automation> awaited() {
    return mirror.all().stream().filter(Automation::isAwaited).toList();
  }

  /** Those that an event sets off. */
  List<Automation> listening(NewEvent event) {
    var found = new ArrayList<Automation>();
    for (var listener : byType.getOrDefault(event.type(), List.of())) {
      if (listener.hears(event)) {
        found.add(listener.automation());
      }
    }
    return found;
  }

  /** Those with trigger OnHook that a hook of that namespace picks by tags, by name. */
  List<Automation> answering(TagExpression selectors, Predicate<Automation> within) {
    return mirror.all().stream()
        .filter(automation -> automation.kind().equals("OnHook") && !automation.disabled())
        .filter(within)
        .filter(automation -> selectors.matches(automation.tags()))
        .sorted(Comparator.comparing(Automation::name))
        .toList();
  }
}
