package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.store.Document;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the egress policies of each namespace lift. */
final class Egress {
  static final String TYPE = "egresspolicy";

  private final Mirror<Policy> policies;
  private final Crons crons;
  private final Clock clock;

  private record Policy(
      NamespacePath namespace, List<EgressEntry> allow, boolean propagate, Timing timing) {
    static Policy of(Document document, Map<String, Object> body) {
      return new Policy(
          document.namespace(),
          Trees.texts(body.get("allow")).stream().map(EgressEntry::parse).toList(),
          Trees.truth(body, "propagate"),
          Timing.of(body));
    }

    boolean counts(NamespacePath at) {
      return namespace.equals(at) || handsDown(at);
    }

    boolean handsDown(NamespacePath at) {
      return propagate && namespace.isAbove(at);
    }
  }

  Egress(Journal journal, Crons crons, Clock clock) {
    this.crons = crons;
    this.clock = clock;
    this.policies = journal.mirror(new Mirror<>(journal.store(), TYPE, Policy::of));
  }

  /** Whether a policy lets the namespace reach an address that a rule forbids. */
  boolean lifts(NamespacePath at, String host, InetAddress address, String rule) {
    var name = host.toLowerCase(Locale.ROOT);
    var isMetadata = rule.equals(ForbiddenAddresses.METADATA);
    var now = clock.instant();
    return policies.all().stream()
        .filter(policy -> policy.counts(at) && policy.timing().inForce(now, crons))
        .flatMap(policy -> policy.allow().stream())
        .filter(entry -> !isMetadata || entry instanceof EgressEntry.Network)
        .anyMatch(entry -> entry.covers(name, address));
  }

  /** What the namespaces above a namespace let it reach. */
  List<EgressEntry> handedDown(NamespacePath at) {
    var found = new ArrayList<EgressEntry>();
    var now = clock.instant();
    for (var policy : policies.all()) {
      if (policy.handsDown(at) && policy.timing().inForce(now, crons)) {
        found.addAll(policy.allow());
      }
    }
    return found;
  }
}
