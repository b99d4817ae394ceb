package io.oarlock.marketplace.bundle;

import io.oarlock.model.types.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an automation uses against what its app asks for. */
final class Entitled {
  private static final String EVERY = "*";

  private Entitled() {}

  /** What a resource uses beyond it, in words. */
  static List<String> beyond(
      Rendering.Made made, AppPermissions asked, Set<String> secrets, Set<String> hosts) {
    var beyond = new ArrayList<String>();
    switch (made.type()) {
      case "automation" -> {
        beyond.addAll(automation(made.body(), asked, secrets));
        requests(made.body().get("hosts"), hosts, beyond);
      }
      case "eventforwarder" -> forwarder(made.body().get("sink"), secrets, hosts, beyond);
      case "hookpolicy" -> requests(made.body().get("endpoint"), hosts, beyond);
      default -> {}
    }
    return beyond;
  }

  private static void forwarder(
      @Nullable Object sink, Set<String> secrets, Set<String> hosts, List<String> beyond) {
    if (sink instanceof Map<?, ?> map) {
      if (map.get("secret") instanceof String name && !secrets.contains(name)) {
        beyond.add("the secret " + name);
      }
      requests(map.get("url"), hosts, beyond);
      requests(map.get("host"), hosts, beyond);
    }
  }

  private static void requests(@Nullable Object to, Set<String> hosts, List<String> beyond) {
    for (var each : to instanceof List<?> list ? list : to == null ? List.of() : List.of(to)) {
      var host = HostNames.of(String.valueOf(each));
      if (!HostNames.covers(hosts, host)) {
        beyond.add("requests to " + host);
      }
    }
  }

  private static List<String> automation(
      Map<String, Object> automation, AppPermissions asked, Set<String> secrets) {
    var beyond = new ArrayList<String>();
    if (automation.get("entitlements") instanceof Map<?, ?> map) {
      map.forEach((type, verbs) -> {
        for (var verb : verbs instanceof List<?> list ? list : List.of(verbs)) {
          if (!allows(asked, String.valueOf(type), String.valueOf(verb))) {
            beyond.add(verb + " " + type);
          }
        }
      });
    }
    if (automation.get("secrets") instanceof List<?> list) {
      list.stream()
          .map(String::valueOf)
          .filter(name -> !secrets.contains(name))
          .forEach(name -> beyond.add("the secret " + name));
    }
    return beyond;
  }

  private static boolean allows(AppPermissions asked, String type, String verb) {
    return has(asked.entitlements().get(type), verb) || has(asked.entitlements().get(EVERY), verb);
  }

  private static boolean has(@Nullable Set<Verb> verbs, String verb) {
    return verbs != null && (verbs.contains(Verb.ANY) || verbs.contains(named(verb)));
  }

  private static Verb named(String verb) {
    for (var each : Verb.values()) {
      if (verb.equals(each == Verb.ANY ? EVERY : each.name().toLowerCase(Locale.ROOT))) {
        return each;
      }
    }
    return Verb.ANY;
  }
}
