package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.ResourceType;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The hooks of the platform, found by what they are called for. */
final class HookBook {
  private final Mirror<Hook> mirror;
  private final Crons crons;
  private final Clock clock;

  HookBook(Journal journal, ResourceType type, Vault vault, Crons crons, Clock clock) {
    this.crons = crons;
    this.clock = clock;
    this.mirror =
        journal.mirror(
            new Mirror<>(
                journal.store(),
                Hook.TYPE,
                (document, body) -> Hook.of(document, vault.open(type, document.id(), body))));
  }

  Optional<Hook> get(String id) {
    return mirror.get(id);
  }

  Collection<Hook> all() {
    return mirror.all();
  }

  boolean isEmpty() {
    return mirror.all().isEmpty();
  }

  /**
   * The hooks of a write, in the order of asking.
   *
   * @param tags of the resource before and after: a change that takes a resource out of a hook's
   *     subject is that hook's business as well
   */
  List<Hook> matching(
      NamespacePath at, String operation, List<Set<String>> tags, Predicate<Hook> mode) {
    var now = clock.instant();
    var found =
        mirror.all().stream()
            .filter(hook -> mode.test(hook) && hook.counts(at, operation, now, crons))
            .filter(hook -> tags.stream().anyMatch(hook.subject()::matches))
            .sorted(Hook.ORDER)
            .toList();
    var plain = found.stream().filter(hook -> !hook.fallback()).toList();
    return plain.isEmpty() ? found : plain;
  }
}
