package io.oarlock.marketplace.bundle;

import io.oarlock.json.Json;
import io.oarlock.model.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The resources that come of an app and the answers to its parameters. */
public final class Rendering {
  private final Bundle bundle;
  private final Map<String, Object> answers;
  private final String namespace;
  private final String installation;
  private final List<Violation> violations = new ArrayList<>();

  private Rendering(
      Bundle bundle, Map<String, Object> answers, String namespace, String installation) {
    this.bundle = bundle;
    this.answers = answers;
    this.namespace = namespace;
    this.installation = installation;
  }

  /** One resource to be made, without what the installer adds. */
  public record Made(String type, String name, Map<String, Object> body) {
    /** How manifests and people call it. */
    public String key() {
      return type + "/" + name;
    }
  }

  /**
   * What came of it.
   *
   * @param parameters the answers, complete
   * @param secrets names of the secrets that the app asks for
   * @param hosts that the app asks to send requests to
   * @param violations with pointers into {@code /parameters} or {@code /app}; nothing is made then
   */
  public record Result(
      Map<String, Object> parameters,
      List<Made> resources,
      Set<String> secrets,
      Set<String> hosts,
      List<Violation> violations) {}

  /** Renders for an installation of that name in that namespace. */
  public static Result of(
      Bundle bundle, Map<String, Object> given, String namespace, String installation) {
    var answered = Questions.check(bundle.manifest().parameters(), given);
    if (!answered.violations().isEmpty()) {
      var moved = answered.violations().stream().map(each -> under("/parameters", each)).toList();
      return new Result(Map.of(), List.of(), Set.of(), Set.of(), moved);
    }
    return new Rendering(bundle, answered.values(), namespace, installation).result();
  }

  /** Tells one body from another. */
  public static String digest(Map<String, Object> body) {
    return Digests.of(Json.write(body));
  }

  /** The names of the secrets that an app asks for, after these answers. */
  public static Set<String> secrets(AppManifest manifest, Map<String, Object> answers) {
    var secrets = new LinkedHashSet<String>();
    for (var text : manifest.asked().secrets()) {
      if (Placeholders.parse(text).getFirst() instanceof Placeholders.Named(var name)) {
        var answer = answers.get(name.substring(Placeholders.PARAMETER.length()));
        Optional.ofNullable(answer).map(String::valueOf).ifPresent(secrets::add);
      } else {
        secrets.add(text);
      }
    }
    return secrets;
  }

  /** The hosts that an app asks to send requests to, after these answers. */
  public static Set<String> hosts(AppManifest manifest, Map<String, Object> answers) {
    var hosts = new LinkedHashSet<String>();
    for (var text : manifest.asked().hosts()) {
      if (Placeholders.parse(text).getFirst() instanceof Placeholders.Named(var name)) {
        var answer = answers.get(name.substring(Placeholders.PARAMETER.length()));
        var all =
            answer instanceof List<?> list ? list : Optional.ofNullable(answer).stream().toList();
        all.forEach(each -> hosts.add(HostNames.of(String.valueOf(each))));
      } else {
        hosts.add(text.toLowerCase(Locale.ROOT));
      }
    }
    return hosts;
  }

  private static Violation under(String at, Violation violation) {
    return new Violation(
        violation.code(), violation.detail(), at + violation.pointer(), violation.hint());
  }

  private Result result() {
    var made = new LinkedHashMap<String, Made>();
    var hosts = hosts(bundle.manifest(), answers);
    bundle
        .manifest()
        .resources()
        .forEach((key, value) -> {
          var each = bound(made(key, value), hosts);
          if (made.put(each.key(), each) != null) {
            refuse("twin", "Two resources are called " + each.key() + " after these answers.");
          }
        });
    var secrets = secrets(bundle.manifest(), answers);
    made.values().forEach(each -> requireAsked(each, secrets, hosts));
    return new Result(answers, List.copyOf(made.values()), secrets, hosts, violations);
  }

  private Made made(String key, Object value) {
    var cut = key.indexOf('/');
    var name = String.valueOf(text(key.substring(cut + 1)));
    var body = value instanceof Map<?, ?> map ? object(map) : Map.<String, Object>of();
    return new Made(key.substring(0, cut), name, body);
  }

  /** An automation that does not say where its requests go may send them where its app asks to. */
  private static Made bound(Made made, Set<String> hosts) {
    if (!made.type().equals("automation") || made.body().containsKey("hosts")) {
      return made;
    }
    var body = new LinkedHashMap<>(made.body());
    body.put("hosts", List.copyOf(hosts));
    return new Made(made.type(), made.name(), body);
  }

  private @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text(text);
      case Map<?, ?> map -> object(map);
      case List<?> list -> {
        var elements = new ArrayList<@Nullable Object>();
        for (var element : list) {
          var rendered = value(element);
          if (rendered != null) {
            elements.add(rendered);
          }
        }
        yield elements;
      }
      default -> value;
    };
  }

  /** What is not answered leaves its attribute out. */
  private Map<String, Object> object(Map<?, ?> map) {
    var rendered = new LinkedHashMap<String, Object>();
    map.forEach((key, inner) -> {
      var value = value(inner);
      if (value != null) {
        rendered.put(String.valueOf(key), value);
      }
    });
    return rendered;
  }

  /** A placeholder alone is the value itself, of its own type; inside text it is text. */
  private @Nullable Object text(String text) {
    var parts = Placeholders.parse(text);
    if (parts.size() == 1 && parts.getFirst() instanceof Placeholders.Named(var name)) {
      return named(name);
    }
    var whole = new StringBuilder();
    for (var part : parts) {
      switch (part) {
        case Placeholders.Literal(var literal) -> whole.append(literal);
        case Placeholders.Named(var name) -> whole.append(inText(name));
      }
    }
    return whole.toString();
  }

  private String inText(String name) {
    var value = named(name);
    if (value instanceof Map<?, ?> || value instanceof List<?>) {
      refuse("not-text", "${" + name + "} is no text here, so it cannot stand inside text.");
    }
    return value == null ? "" : String.valueOf(value);
  }

  private @Nullable Object named(String name) {
    if (name.startsWith(Placeholders.PARAMETER)) {
      return answers.get(name.substring(Placeholders.PARAMETER.length()));
    }
    if (name.startsWith(Placeholders.FILE)) {
      return bundle.text(name.substring(Placeholders.FILE.length()));
    }
    return name.equals(Placeholders.NAMESPACE) ? namespace : installation;
  }

  private void requireAsked(Made made, Set<String> secrets, Set<String> hosts) {
    Entitled.beyond(made, bundle.manifest().asked(), secrets, hosts)
        .forEach(each ->
            refuse(
                "not-asked", made.key() + " uses " + each + ", which permissions do not ask for."));
  }

  private void refuse(String code, String detail) {
    violations.add(
        new Violation(
            code, detail, "/app", Optional.of("This is for the author of the app to mend.")));
  }
}
