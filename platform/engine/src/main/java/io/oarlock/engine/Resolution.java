package io.oarlock.engine;

import io.oarlock.model.Instants;
import io.oarlock.model.NamespacePath;
import io.oarlock.store.Document;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which policies and networks count in a namespace now: its own, and what those above hand down.
 * Schedules become the window at hand, since only the platform reads crons.
 */
final class Resolution {
  /** Most ticks of a schedule looked at for the end of its window. */
  private static final int TICKS_MAX = 1000;

  private static final String EXPIRES = "expirationTime";

  /** What decides, and nothing else. */
  private static final List<String> DECIDING =
      List.of(
          "id",
          "name",
          "subject",
          "object",
          "action",
          "applyPolicyMode",
          "ports",
          "negateSubject",
          "negateObject",
          "observationEnabled",
          "observedTrafficAction",
          "encryptionEnabled",
          "logsEnabled",
          "fallback",
          EXPIRES);

  private final ResourceStore store;
  private final Namespaces namespaces;
  private final Crons crons;

  /**
   * What a set says.
   *
   * @param timed whether it changes by itself
   */
  record Content(Map<String, Object> tree, boolean timed) {}

  Resolution(ResourceStore store, Namespaces namespaces, Crons crons) {
    this.store = store;
    this.namespaces = namespaces;
    this.crons = crons;
  }

  Content of(NamespacePath namespace, Instant now) {
    var policies = all("networkaccesspolicy", namespace);
    var tree = new LinkedHashMap<String, Object>();
    tree.put("outgoing", standard(namespace, "defaultPUOutgoingTrafficAction"));
    tree.put("incoming", standard(namespace, "defaultPUIncomingTrafficAction"));
    tree.put(
        "policies",
        policies.stream()
            .filter(policy -> Timing.of(policy.body()).inForce(now, crons))
            .map(policy -> rule(policy.body(), now))
            .toList());
    tree.put(
        "networks",
        all("externalnetwork", namespace).stream().map(each -> network(each.body())).toList());
    tree.put("managed", managed(namespace));
    tree.put("revoked", revoked(namespace));
    Predicate<Document> moves =
        policy -> policy.body().containsKey("activeSchedule") || policy.body().containsKey(EXPIRES);
    return new Content(tree, policies.stream().anyMatch(moves));
  }

  private List<Document> all(String type, NamespacePath namespace) {
    var scope = new Query.Scope.WithPropagated(namespace, false, true);
    return pages(Query.all(type, scope));
  }

  private List<Document> pages(Query first) {
    var found = new ArrayList<Document>();
    Optional<String> after = Optional.empty();
    do {
      var page = store.list(first.after(after));
      found.addAll(page.documents());
      after = page.next();
    } while (after.isPresent());
    return found;
  }

  /** Where hosts have an enforcer: the networks that the enforcers of the namespace are in. */
  private List<String> managed(NamespacePath namespace) {
    var query = Query.all(EnforcerProcessor.TYPE, new Query.Scope.Only(namespace));
    return pages(query).stream()
        .flatMap(enforcer -> Trees.texts(enforcer.body().get("subnets")).stream())
        .distinct()
        .sorted()
        .toList();
  }

  private List<Object> revoked(NamespacePath namespace) {
    var query = Query.all(EnforcerProcessor.REVOKED, new Query.Scope.Only(namespace));
    return pages(query).stream()
        .map(each -> (Object) Trees.required(each.body(), "serial"))
        .toList();
  }

  /** What the nearest namespace says that says something; the root says Reject. */
  private String standard(NamespacePath namespace, String attribute) {
    for (var at = Optional.of(namespace); at.isPresent(); at = at.get().parent()) {
      var said =
          namespaces
              .find(at.get())
              .flatMap(node -> store.get(Namespaces.TYPE, node.id()))
              .flatMap(document -> Trees.text(document.body(), attribute))
              .filter(action -> !action.equals("Inherit"));
      if (said.isPresent()) {
        return said.get();
      }
    }
    return "Reject";
  }

  private Map<String, Object> rule(Map<String, Object> policy, Instant now) {
    var rule = new LinkedHashMap<String, Object>();
    for (var name : DECIDING) {
      if (policy.containsKey(name)) {
        rule.put(name, policy.get(name));
      }
    }
    Trees.text(policy, "activeSchedule")
        .map(cron -> windowEnd(cron, Timing.of(policy).active(), now))
        .filter(end -> Trees.instant(policy, EXPIRES).filter(end::isAfter).isEmpty())
        .ifPresent(end -> rule.put(EXPIRES, Instants.text(end)));
    return rule;
  }

  /** When the window ends that the newest tick opened; the next look moves it on. */
  private Instant windowEnd(String cron, Duration length, Instant now) {
    var tick = now.minus(length);
    for (var i = 0; i < TICKS_MAX; i++) {
      var next = crons.next(cron, ZoneOffset.UTC, tick);
      if (next.isEmpty() || next.get().isAfter(now)) {
        break;
      }
      tick = next.get();
    }
    return tick.plus(length);
  }

  private static Map<String, Object> network(Map<String, Object> body) {
    var network = new LinkedHashMap<String, Object>();
    network.put("name", Trees.required(body, "name"));
    network.put("tags", Trees.texts(body.get("normalizedTags")));
    network.put("entries", Trees.texts(body.get("entries")));
    network.put("ports", Trees.texts(body.get("servicePorts")));
    return network;
  }
}
