package io.oarlock.marketplace.installer;

import io.oarlock.marketplace.bundle.AppPermissions;
import io.oarlock.model.Violation;
import io.oarlock.model.types.Installation;
import io.oarlock.model.types.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an app asks for against what its installer agreed to. */
final class Consents {
  private static final Installation.Consent NOTHING =
      new Installation.Consent(Map.of(), Set.of(), Set.of());

  private Consents() {}

  /** One violation for each thing that is asked for and not agreed to. */
  static List<Violation> missing(
      AppPermissions asked,
      Set<String> secrets,
      Set<String> hosts,
      Optional<Installation.Consent> given) {
    var consent = given.orElse(NOTHING);
    var missing = new ArrayList<Violation>();
    asked
        .entitlements()
        .forEach((type, verbs) -> {
          for (var verb : verbs) {
            if (!consent.entitlements().getOrDefault(type, Set.of()).contains(verb)) {
              missing.add(missing(word(verb) + " " + type, "/consent/entitlements/" + type));
            }
          }
        });
    for (var secret : secrets) {
      if (!consent.secrets().contains(secret)) {
        missing.add(missing("use of the secret " + secret, "/consent/secrets"));
      }
    }
    for (var host : hosts) {
      if (!consent.hosts().contains(host)) {
        missing.add(missing("requests to " + named(host), "/consent/hosts"));
      }
    }
    return missing;
  }

  private static String named(String host) {
    return host.equals("*") ? "any host" : host;
  }

  private static String word(Verb verb) {
    return verb == Verb.ANY ? "everything on" : verb.name().toLowerCase(Locale.ROOT);
  }

  private static Violation missing(String what, String pointer) {
    return new Violation(
        "no-consent",
        "The app asks for " + what + ", and nobody agreed to it.",
        pointer,
        Optional.of("Add it to consent if you agree."));
  }
}
