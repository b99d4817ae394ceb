package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Named permission sets: those the platform brings, and those users make in their namespaces. */
final class Roles {
  static final String TYPE = "role";

  /** How a policy names a role; the original system's spelling is understood too. */
  private static final List<String> PREFIXES = List.of("@role=", "@auth:role=");

  /** What an enforcer may do in its namespace; its processors narrow it to itself and its units. */
  static final String ENFORCER = "enforcer";

  private static final String READ = "get,list";
  private static final Map<String, List<String>> BUILT_IN = builtIn();

  private final Mirror<Made> made;

  /** A role somebody made; known in its namespace and, if it propagates, below. */
  private record Made(
      NamespacePath namespace, String name, boolean propagate, Permissions permissions) {
    boolean isKnownIn(NamespacePath at) {
      return namespace.equals(at) || (propagate && namespace.isAbove(at));
    }
  }

  Roles(Journal journal) {
    made =
        journal.mirror(
            new Mirror<>(
                journal.store(),
                TYPE,
                (document, body) ->
                    new Made(
                        document.namespace(),
                        Trees.required(body, "name"),
                        Trees.truth(body, "propagate"),
                        permissions(Trees.object(body.get("authorizations"))))));
  }

  private static Permissions permissions(Map<String, Object> authorizations) {
    var map = new TreeMap<String, List<String>>();
    authorizations.forEach((type, operations) -> map.put(type, Trees.texts(operations)));
    return Permissions.of(map);
  }

  private static Map<String, List<String>> builtIn() {
    var roles = new TreeMap<String, List<String>>();
    roles.put("namespace.administrator", List.of("*:*"));
    roles.put("namespace.viewer", List.of("*:" + READ));
    roles.put(
        "automation.editor",
        List.of("automation", "secret", "kventry", "run", "firing:" + READ, "hookpolicy:" + READ));
    roles.put("automation.viewer", List.of("automation:" + READ, "run:" + READ, "firing:" + READ));
    roles.put(
        "policy.administrator",
        List.of(
            "networkaccesspolicy",
            "useraccesspolicy",
            "fileaccesspolicy",
            "secretaccesspolicy",
            "tokenscopepolicy",
            "processingunitpolicy",
            "servicedependencypolicy",
            "externalnetwork",
            "processingunit:" + READ));
    roles.put(ENFORCER, List.of("enforcer:update,delete", "processingunit:create,update,delete"));
    roles.put("enforcer.registration", List.of("enforcer:create"));
    roles.put("appcredentials", List.of("appcredential"));
    roles.put("infrastructure.viewer", List.of("enforcer:" + READ, "processingunit:" + READ));
    roles.put(
        "infrastructure.administrator",
        List.of("enforcer", "enforcerprofile", "enforcerprofilemappingpolicy", "processingunit"));
    return roles;
  }

  /** The role a line names; empty for a single permission. */
  static Optional<String> named(String line) {
    return PREFIXES.stream()
        .filter(line::startsWith)
        .map(prefix -> line.substring(prefix.length()))
        .findFirst();
  }

  /** Names of the built-in roles. */
  static java.util.Set<String> builtInNames() {
    return BUILT_IN.keySet();
  }

  static Optional<Permissions> builtIn(String name) {
    return Optional.ofNullable(BUILT_IN.get(name)).map(Permissions::parse);
  }

  /** What a role named in a policy of that namespace allows; nearest namespace first. */
  Optional<Permissions> find(String name, NamespacePath namespace) {
    var candidates = new ArrayList<Made>();
    for (var role : made.all()) {
      if (role.name().equals(name) && role.isKnownIn(namespace)) {
        candidates.add(role);
      }
    }
    return builtIn(name)
        .or(() ->
            candidates.stream()
                .max(java.util.Comparator.comparingInt(r -> r.namespace().value().length()))
                .map(Made::permissions));
  }

  /** What lines of roles and single permissions allow together; unknown roles allow nothing. */
  Permissions expand(List<String> lines, NamespacePath namespace) {
    var found = new ArrayList<Optional<Permissions>>();
    var single = new ArrayList<String>();
    for (var line : lines) {
      named(line).ifPresentOrElse(name -> found.add(find(name, namespace)), () -> single.add(line));
    }
    var sum = Permissions.parse(single);
    for (var permissions : found) {
      sum = sum.plus(permissions.orElse(Permissions.NONE));
    }
    return sum;
  }

  long epoch() {
    return made.epoch();
  }
}
