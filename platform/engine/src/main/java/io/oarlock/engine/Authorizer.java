package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.model.TagExpression;
import io.oarlock.store.Document;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a principal may do in a namespace: the union of what the API authorizations grant whose
 * subject matches its claims, cut down to what its token is narrowed to. Unknown means denied.
 */
final class Authorizer {
  static final String TYPE = "apiauthorizationpolicy";

  /** Answers kept; all are dropped when there are more. */
  private static final int CACHE_MAX = 20_000;

  /** How long an answer may outlive a tick of a schedule or an expiry. */
  private static final Duration CACHE_TIME = Duration.ofSeconds(1);

  private final Mirror<Grant> grants;
  private final Roles roles;
  private final Crons crons;
  private final Clock clock;
  private final Map<Key, Cached> cache = new ConcurrentHashMap<>();

  /** One API authorization, ready to be asked. */
  private record Grant(
      NamespacePath namespace,
      TagExpression subject,
      List<String> authorized,
      NamespacePath target,
      List<String> subnets,
      boolean fallback,
      Timing timing) {
    boolean reaches(NamespacePath at) {
      return namespace.contains(at) && target.contains(at);
    }
  }

  private record Key(
      Set<String> claims,
      Principal.Restrictions restrictions,
      NamespacePath namespace,
      Optional<String> address) {}

  private record Cached(Permissions permissions, long epoch, Instant until) {}

  Authorizer(Journal journal, Roles roles, Crons crons, Clock clock) {
    this.roles = roles;
    this.crons = crons;
    this.clock = clock;
    this.grants = journal.mirror(new Mirror<>(journal.store(), TYPE, Authorizer::grant));
  }

  private static Grant grant(Document document, Map<String, Object> body) {
    return new Grant(
        document.namespace(),
        Trees.expression(body.get("subject")),
        Trees.texts(body.get("authorizedIdentities")),
        NamespacePath.of(
            Trees.text(body, "authorizedNamespace").orElse(document.namespace().value())),
        Trees.texts(body.get("authorizedSubnets")),
        Trees.truth(body, "fallback"),
        Timing.of(body));
  }

  /** What the principal may do there. */
  Permissions permissions(Principal principal, NamespacePath at, Optional<String> address) {
    if (principal.claims().contains(Engine.SYSTEM_CLAIM)) {
      return Permissions.ALL;
    }
    var key = new Key(principal.claims(), principal.restrictions(), at, address);
    var epoch = grants.epoch() + roles.epoch();
    var now = clock.instant();
    var known = cache.get(key);
    if (known != null && known.epoch() == epoch && now.isBefore(known.until())) {
      return known.permissions();
    }
    var found = narrow(principal, at, address, granted(principal.claims(), at, address, now));
    if (cache.size() >= CACHE_MAX) {
      cache.clear();
    }
    cache.put(key, new Cached(found, epoch, now.plus(CACHE_TIME)));
    return found;
  }

  private Permissions granted(
      Set<String> claims, NamespacePath at, Optional<String> address, Instant now) {
    var matching = new ArrayList<Grant>();
    for (var grant : grants.all()) {
      if (grant.reaches(at)
          && grant.subject().matches(claims)
          && grant.timing().inForce(now, crons)
          && Networks.allow(grant.subnets(), address)) {
        matching.add(grant);
      }
    }
    var plain = matching.stream().filter(grant -> !grant.fallback()).toList();
    var sum = Permissions.NONE;
    for (var grant : plain.isEmpty() ? matching : plain) {
      sum = sum.plus(roles.expand(grant.authorized(), grant.namespace()));
    }
    return sum;
  }

  private static Permissions narrow(
      Principal principal, NamespacePath at, Optional<String> address, Permissions granted) {
    var limits = principal.restrictions();
    if (limits.namespace().filter(within -> !within.contains(at)).isPresent()
        || !Networks.allow(limits.networks(), address)) {
      return Permissions.NONE;
    }
    return limits.permissions().isEmpty()
        ? granted
        : granted.intersect(Permissions.parse(limits.permissions()));
  }

  /** Refuses unless the caller may. */
  void require(Call.Caller caller, NamespacePath at, String type, Operation operation) {
    var address = caller.origin().address();
    if (!permissions(caller.principal(), at, address).allows(type, operation)) {
      throw Problem.forbidden(
          "forbidden",
          "You may not "
              + Permissions.needed(operation).permission()
              + " "
              + type
              + " in "
              + at
              + ". No API authorization in or above this namespace grants it to these claims, or"
              + " the token is narrowed; ask an administrator of the namespace for "
              + type
              + ":"
              + Permissions.needed(operation).permission());
    }
  }

  /** Refuses callers without any right there. */
  void requireSomething(Call.Caller caller, NamespacePath at) {
    if (permissions(caller.principal(), at, caller.origin().address()).isEmpty()) {
      throw Problem.forbidden("forbidden", "You have no rights in " + at);
    }
  }

  /** Refuses to hand out more than the caller holds there. */
  void requireHolds(Call.Caller caller, NamespacePath at, Permissions handedOut, String pointer) {
    var held = permissions(caller.principal(), at, caller.origin().address());
    var missing = held.missing(handedOut);
    if (!missing.isEmpty()) {
      throw new Problem(
          Problem.Kind.FORBIDDEN,
          "grants-too-much",
          "Nobody can hand out more than they hold",
          "You do not hold " + String.join(", ", missing) + " in " + at + " yourself",
          List.of(
              io.oarlock.model.Violation.of(
                  "grants-too-much", "Leave out " + String.join(", ", missing), pointer)));
    }
  }
}
