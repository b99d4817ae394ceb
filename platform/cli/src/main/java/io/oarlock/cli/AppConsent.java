package io.oarlock.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an app asks for, for somebody to agree to. */
final class AppConsent {
  private AppConsent() {}

  /** A line for each thing asked for that was not agreed to before. */
  static List<String> lines(Map<String, Object> asked, Map<String, Object> agreed) {
    var lines = new ArrayList<String>();
    var before = Tree.map(agreed.get("entitlements"));
    Tree.map(asked.get("entitlements"))
        .forEach((type, verbs) -> {
          var known = texts(before.get(type));
          var added = texts(verbs).stream().filter(verb -> !known.contains(verb)).toList();
          if (!added.isEmpty()) {
            lines.add("It asks to " + String.join(", ", added) + " " + type + ".");
          }
        });
    var known = texts(agreed.get("secrets"));
    texts(asked.get("secrets")).stream()
        .filter(secret -> !known.contains(secret))
        .forEach(secret -> lines.add("It asks to use the secret " + secret + "."));
    var hosts = texts(agreed.get("hosts"));
    texts(asked.get("hosts")).stream()
        .filter(host -> !hosts.contains(host))
        .forEach(host -> lines.add("It asks to send requests to " + named(host) + "."));
    return lines;
  }

  private static String named(String host) {
    return host.equals("*") ? "any host" : host;
  }

  private static List<String> texts(@Nullable Object value) {
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  /** Asks the person at the keyboard; nobody there is no. */
  static boolean isGiven() {
    return Terminal.person()
        .map(person -> person.readLine("Do you agree? [y/N] "))
        .filter(answer -> answer.strip().equalsIgnoreCase("y"))
        .isPresent();
  }
}
