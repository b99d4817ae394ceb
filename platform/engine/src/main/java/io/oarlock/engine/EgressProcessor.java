package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.store.Document;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Saving an egress policy. The guard protects the platform's own host and network, which belong to
 * the root: a policy reaches no further than what is handed down to its namespace, unless its
 * author may make egress policies in the root.
 */
final class EgressProcessor implements Processor {
  private final Egress egress;
  private final Authorizer authorizer;

  EgressProcessor(Egress egress, Authorizer authorizer) {
    this.egress = egress;
    this.authorizer = authorizer;
  }

  @Override
  public void process(Write write) {
    if (!write.puts()) {
      return;
    }
    var entries = Trees.texts(write.resource.get("allow"));
    check(write, entries);
    if (write.violations.isEmpty() && !narrows(write) && !mayLift(write)) {
      requireHandedDown(write, entries);
    }
  }

  private static void check(Write write, List<String> entries) {
    for (var i = 0; i < entries.size(); i++) {
      try {
        EgressEntry.parse(entries.get(i));
      } catch (IllegalArgumentException e) {
        write.refuse("bad-network", String.valueOf(e.getMessage()), "/allow/" + i);
      }
    }
  }

  /** Whether nothing becomes reachable, or for longer, that was not. */
  private static boolean narrows(Write write) {
    var stored = write.original.map(Document::body).orElse(Map.of());
    var now = write.resource;
    return write.original.isPresent()
        && new HashSet<>(Trees.texts(stored.get("allow")))
            .containsAll(Trees.texts(now.get("allow")))
        && (Trees.truth(stored, "propagate") || !Trees.truth(now, "propagate"))
        && (!Trees.truth(stored, "disabled") || Trees.truth(now, "disabled"))
        && !endsLater(stored, now);
  }

  private static boolean endsLater(Map<String, Object> stored, Map<String, Object> now) {
    var before = Trees.instant(stored, "expirationTime");
    var after = Trees.instant(now, "expirationTime");
    return before.isPresent() && after.map(end -> end.isAfter(before.get())).orElse(true);
  }

  private boolean mayLift(Write write) {
    var caller = write.caller;
    return authorizer
        .permissions(caller.principal(), NamespacePath.ROOT, caller.origin().address())
        .allows(Egress.TYPE, Operation.CREATE);
  }

  private void requireHandedDown(Write write, List<String> entries) {
    var ceiling = egress.handedDown(write.namespace);
    var beyond = beyond(ceiling, entries);
    if (beyond.isPresent()) {
      throw Problem.forbidden(
          "lifts-too-much",
          beyond.get()
              + " is beyond what the namespaces above "
              + write.namespace
              + " let it reach. Ask somebody who may create egress policies in the root namespace"
              + " to make this one, or to make one above with propagate");
    }
  }

  private static Optional<String> beyond(List<EgressEntry> ceiling, List<String> entries) {
    return entries.stream()
        .filter(text -> {
          var entry = EgressEntry.parse(text);
          return ceiling.stream().noneMatch(above -> above.covers(entry));
        })
        .findFirst();
  }
}
