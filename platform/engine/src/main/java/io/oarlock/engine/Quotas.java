package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Problem;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.time.Clock;
import java.util.Set;

/** How many resources of some types may stand at or below a namespace. */
final class Quotas {
  static final String TYPE = "quotapolicy";

  private final ResourceStore store;
  private final Mirror<Quota> quotas;
  private final Crons crons;
  private final Clock clock;

  private record Quota(
      String name,
      NamespacePath namespace,
      NamespacePath target,
      Set<String> types,
      long most,
      boolean fallback,
      Timing timing) {
    boolean covers(NamespacePath at, String type) {
      return namespace.contains(at) && target.contains(at) && types.contains(type);
    }
  }

  Quotas(Journal journal, Crons crons, Clock clock) {
    this.store = journal.store();
    this.crons = crons;
    this.clock = clock;
    this.quotas =
        journal.mirror(
            new Mirror<>(
                store,
                TYPE,
                (document, body) ->
                    new Quota(
                        Trees.required(body, "name"),
                        document.namespace(),
                        NamespacePath.of(
                            Trees.text(body, "targetNamespace")
                                .orElse(document.namespace().value())),
                        Set.copyOf(Trees.texts(body.get("types"))),
                        Trees.number(body, "quota", Long.MAX_VALUE),
                        Trees.truth(body, "fallback"),
                        Timing.of(body))));
  }

  /** Refuses a create that would pass a quota. */
  void require(Write write) {
    var now = clock.instant();
    var covering =
        quotas.all().stream()
            .filter(quota -> quota.covers(write.namespace, write.type.name()))
            .filter(quota -> quota.timing().inForce(now, crons))
            .toList();
    var plain = covering.stream().filter(quota -> !quota.fallback()).toList();
    (plain.isEmpty() ? covering : plain).forEach(quota -> require(write, quota));
  }

  /** Its target says where it counts, so it is shown where it counts. */
  static void propagate(Write write) {
    if (write.puts()) {
      write.resource.put("propagate", true);
    }
  }

  private void require(Write write, Quota quota) {
    var scope = new Query.Scope.Below(quota.target());
    var count = store.count(Query.all(write.type.name(), scope));
    if (count >= quota.most()) {
      throw Problem.tooMany(
          "quota",
          "The quota "
              + quota.name()
              + " of "
              + quota.namespace()
              + " allows "
              + quota.most()
              + " of "
              + write.type.plural()
              + " at or below "
              + quota.target()
              + ", and there are "
              + count
              + ". Delete some, or ask for a higher quota");
    }
  }
}
