package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Problem;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.time.Clock;
import java.util.Set;

/** How many resources of some types may stand at or below a namespace. */
final class Quotas {
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
                "quotapolicy",
                (document, body) ->
                    new Quota(
                        Trees.required(body, "name"),
                        document.namespace(),
                        NamespacePath.of(
                            Trees.text(body, "targetNamespace")
                                .orElse(document.namespace().value())),
                        Set.copyOf(Trees.texts(body.get("types"))),
                        Trees.number(body, "quota", Long.MAX_VALUE),
                        Timing.of(body))));
  }

  /** Refuses a create that would pass a quota. */
  void require(Write write) {
    for (var quota : quotas.all()) {
      if (quota.covers(write.namespace, write.type.name())
          && quota.timing().inForce(clock.instant(), crons)) {
        require(write, quota);
      }
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
