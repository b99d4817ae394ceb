package io.oarlock.engine;

import io.oarlock.automations.HostCallException;
import io.oarlock.model.Filter;
import io.oarlock.model.ResourceType;
import io.oarlock.store.Document;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Secrets that scripts use without seeing them: what a script holds writes itself as {@code
 * ${secret:NAME}}, and only here, for a destination the secret is bound to, it becomes the value.
 */
final class SecretHandles {
  static final String TYPE = "secret";

  /** Secrets this short are not looked for in replies: they would be found everywhere. */
  private static final int REDACTED_MIN = 4;

  /** In URLs the braces may stand as percent signs and two digits. */
  private static final Pattern HANDLE =
      Pattern.compile("\\$(?:\\{|%7[Bb])secret:([^{}]{1,256}?)(?:}|%7[Dd])");

  private final ResourceStore store;
  private final ResourceType type;
  private final Vault vault;
  private final Clock clock;

  private record Stored(String value, Set<String> destinations) {
    @Override
    public String toString() {
      return "Stored[destinations=" + destinations + "]";
    }
  }

  SecretHandles(ResourceStore store, ResourceType type, Vault vault, Clock clock) {
    this.store = store;
    this.type = type;
    this.vault = vault;
    this.clock = clock;
  }

  /** Whether a text holds a handle. */
  static boolean in(String text) {
    return HANDLE.matcher(text).find();
  }

  /** Refuses a secret that is not bound to the automation or not there; opens none. */
  void require(Automation automation, String name) throws HostCallException {
    sealed(automation, name);
  }

  private Stored find(Automation automation, String name) throws HostCallException {
    var document = sealed(automation, name);
    var body = vault.open(type, document.id(), document.body());
    return new Stored(
        Trees.required(body, "value"), Set.copyOf(Trees.texts(body.get("destinations"))));
  }

  private Document sealed(Automation automation, String name) throws HostCallException {
    if (!automation.secrets().contains(name)) {
      throw new HostCallException(
          "secret-not-bound",
          "The automation "
              + automation.name()
              + " may not use the secret "
              + name
              + "; add its name to the automation's secrets");
    }
    var named = new Filter.Compare("name", Filter.Comparison.EQUAL, name);
    var query = Query.all(TYPE, new Query.Scope.Only(automation.namespace())).where(named).limit(1);
    var now = clock.instant();
    return store.list(query).documents().stream()
        .filter(each -> isValid(each, now))
        .findFirst()
        .orElseThrow(() ->
            new HostCallException(
                "no-secret", "There is no secret " + name + " in " + automation.namespace()));
  }

  private static boolean isValid(Document secret, Instant now) {
    return Trees.instant(secret.body(), "expirationTime")
        .filter(end -> !now.isBefore(end))
        .isEmpty();
  }

  /**
   * Puts values in for one destination; remembers them, so that they can be taken out of a reply.
   */
  final class Filling {
    private final Automation automation;
    private final String host;
    private final Set<String> values = new LinkedHashSet<>();

    Filling(Automation automation, String host) {
      this.automation = automation;
      this.host = host;
    }

    /** Whether anything was put in. */
    boolean used() {
      return !values.isEmpty();
    }

    /** A header or body with its values. */
    String text(String template) throws HostCallException {
      return replaced(template, false);
    }

    /** The part of a URL after its host, with its values percent-encoded. */
    String url(String template) throws HostCallException {
      return replaced(template, true);
    }

    private String replaced(String template, boolean isUrl) throws HostCallException {
      var matcher = HANDLE.matcher(template);
      var filled = new StringBuilder();
      var from = 0;
      while (matcher.find()) {
        filled.append(template, from, matcher.start());
        var value = value(name(matcher.toMatchResult(), isUrl));
        filled.append(isUrl ? encoded(value) : value);
        from = matcher.end();
      }
      return filled.append(template, from, template.length()).toString();
    }

    private static String name(MatchResult handle, boolean isUrl) {
      return isUrl ? URLDecoder.decode(handle.group(1), StandardCharsets.UTF_8) : handle.group(1);
    }

    private String value(String name) throws HostCallException {
      var stored = find(automation, name);
      if (!Hosts.oneOf(stored.destinations(), host)) {
        throw new HostCallException(
            "secret-destination",
            "The secret "
                + name
                + " may not be sent to "
                + host
                + "; add the host to the destinations of the secret");
      }
      values.add(stored.value());
      return stored.value();
    }

    /** A text of the reply, without the values that a server sent back. */
    String redacted(String text) {
      var clean = text;
      for (var value : values) {
        for (var form : forms(value)) {
          clean = clean.replace(form, "***");
        }
      }
      return clean;
    }

    private static Set<String> forms(String value) {
      var forms = new LinkedHashSet<String>();
      if (value.length() >= REDACTED_MIN) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        forms.add(value);
        forms.add(encoded(value));
        forms.add(Base64.getEncoder().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
      }
      return forms;
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
