package io.oarlock.engine;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.oarlock.model.Instants;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Problem;
import io.oarlock.model.Suggest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code issue}: a proof for a token. What a caller asks to narrow, narrows; nothing widens. */
final class Issuing implements Requests {
  private final Map<String, Realm> realms = new LinkedHashMap<>();
  private final Tokens tokens;
  private final Sessions sessions;
  private final Clock clock;

  Issuing(List<Realm> realms, Tokens tokens, Sessions sessions, Clock clock) {
    realms.forEach(realm -> this.realms.put(realm.name(), realm));
    this.tokens = tokens;
    this.sessions = sessions;
    this.clock = clock;
  }

  @Override
  public boolean anonymous() {
    return true;
  }

  @Override
  public Map<String, Object> answer(Map<String, Object> request, Call call) {
    var word = Trees.required(request, "realm");
    var realm = realms.get(word);
    if (realm == null) {
      throw Problem.malformed(
          "The realm "
              + word
              + " is not set up here; there is "
              + String.join(", ", realms.keySet())
              + Suggest.didYouMean(word, realms.keySet()).map(h -> ". " + h).orElse(""));
    }
    var origin = call.caller().origin();
    var proof = realm.prove(Trees.object(request.get("metadata")), origin);
    var limits = narrow(proof.restrictions(), request);
    var issued =
        tokens.issue(
            proof.claims(),
            limits,
            Trees.texts(request.get("audience")),
            end(validity(request, proof.validityMax()), proof.end()));
    sessions.opened(word, issued, limits, origin);
    var answer = new LinkedHashMap<String, Object>();
    answer.put("token", issued.token());
    answer.put("claims", issued.claims());
    answer.put("expiresAt", Instants.text(issued.expiresAt()));
    return answer;
  }

  /**
   * Times in tokens are whole seconds: rounded up, so that a token lives as long as was asked for,
   * unless its proof ends before.
   */
  private Instant end(Duration validity, Optional<Instant> latest) {
    var asked = clock.instant().plus(validity).plusNanos(999_999_999).truncatedTo(SECONDS);
    return latest.filter(asked::isAfter).orElse(asked);
  }

  private static Duration validity(Map<String, Object> request, Duration longest) {
    var asked =
        Trees.text(request, "validity").map(Duration::parse).orElse(Tokens.VALIDITY_DEFAULT);
    if (asked.isNegative() || asked.isZero()) {
      throw Problem.malformed("validity is longer than nothing, like PT1H");
    }
    var cap = longest.compareTo(Tokens.VALIDITY_MAX) < 0 ? longest : Tokens.VALIDITY_MAX;
    return asked.compareTo(cap) < 0 ? asked : cap;
  }

  static Principal.Restrictions narrow(Principal.Restrictions held, Map<String, Object> request) {
    return new Principal.Restrictions(
        namespace(held, Trees.text(request, "restrictedNamespace").map(NamespacePath::of)),
        permissions(held.permissions(), Trees.texts(request.get("restrictedPermissions"))),
        networks(held.networks(), Trees.texts(request.get("restrictedNetworks"))));
  }

  private static Optional<NamespacePath> namespace(
      Principal.Restrictions held, Optional<NamespacePath> asked) {
    if (asked.isPresent() && held.namespace().filter(h -> !h.contains(asked.get())).isPresent()) {
      throw widened("the namespace " + asked.get() + " is not in " + held.namespace().get());
    }
    return asked.or(held::namespace);
  }

  private static List<String> permissions(List<String> held, List<String> asked) {
    if (asked.isEmpty() || held.isEmpty()) {
      return asked.isEmpty() ? held : asked;
    }
    var missing = Permissions.parse(held).missing(Permissions.parse(asked));
    if (!missing.isEmpty()) {
      throw widened("it does not hold " + String.join(", ", missing));
    }
    return asked;
  }

  private static List<String> networks(List<String> held, List<String> asked) {
    if (asked.isEmpty() || held.isEmpty()) {
      return asked.isEmpty() ? held : asked;
    }
    for (var network : asked) {
      if (held.stream().noneMatch(wide -> Networks.contains(wide, network))) {
        throw widened("the network " + network + " is not in " + held);
      }
    }
    return asked;
  }

  private static Problem widened(String why) {
    return Problem.forbidden(
        "cannot-widen", "A token can only be narrowed by another token, and " + why);
  }
}
