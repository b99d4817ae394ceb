package io.oarlock.engine;

import io.oarlock.automations.Entry;
import io.oarlock.automations.Limits;
import io.oarlock.automations.Script;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.types.AutomationLimits;
import io.oarlock.store.Document;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An automation as the engine runs it: one version of it, whole, so that a run finishes on the
 * version it started with.
 *
 * @param trigger in tree form; {@code kind} says which
 * @param hosts its fetches may ask: names, {@code *.} with a domain, or {@code *} for any
 * @param author claims of who saved this version; runs never have more rights than these claims
 */
record Automation(
    String id,
    NamespacePath namespace,
    String name,
    Set<String> tags,
    Map<String, Object> trigger,
    Optional<String> condition,
    String source,
    Map<String, Object> modules,
    Map<String, Object> parameters,
    List<String> permissions,
    Limits limits,
    Set<String> secrets,
    Set<String> hosts,
    int concurrency,
    Retry retry,
    long version,
    Set<String> author,
    boolean disabled) {
  static final String TYPE = "automation";

  /** In the place of a host. */
  private static final String ANY = "*";

  /** A permission for nothing, since an empty list would not narrow at all. */
  private static final String NOTHING = "-:get";

  /** How a failed run is tried again. */
  record Retry(int attempts, Duration delay, Duration maxDelay) {
    static final Retry NEVER = new Retry(1, Duration.ofSeconds(1), Duration.ofSeconds(1));

    static Retry of(Map<String, Object> tree) {
      if (tree.isEmpty()) {
        return NEVER;
      }
      return new Retry(
          (int) Trees.number(tree, "attempts", 1),
          Trees.text(tree, "delay").map(Duration::parse).orElse(NEVER.delay()),
          Trees.text(tree, "maxDelay").map(Duration::parse).orElse(Duration.ofMinutes(10)));
    }

    /** The wait before the attempt with that number, 2 being the first that waits. */
    Duration before(int attempt) {
      var factor = 1L << Math.min(attempt - 2, 20);
      var wait = delay.multipliedBy(factor);
      return wait.compareTo(maxDelay) < 0 ? wait : maxDelay;
    }
  }

  static Automation of(Document document, Map<String, Object> body) {
    return new Automation(
        document.id(),
        document.namespace(),
        Trees.text(body, "name").orElse(document.id()),
        Set.copyOf(Trees.texts(body.get("normalizedTags"))),
        Trees.object(body.get("trigger")),
        Trees.text(body, "condition"),
        Trees.text(body, "source").orElse(""),
        Trees.object(body.get("modules")),
        Trees.object(body.get("parameters")),
        permissions(Trees.object(body.get("entitlements"))),
        limits(Trees.object(body.get("limits"))),
        Set.copyOf(Trees.texts(body.get("secrets"))),
        hosts(body),
        concurrency(body),
        Retry.of(Trees.object(body.get("retries"))),
        Trees.number(body, "currentVersion", 1),
        Set.copyOf(Trees.texts(body.get("author"))),
        Trees.truth(body, "disabled"));
  }

  /** A schedule whose runs must not overlap has them wait for each other. */
  private static int concurrency(Map<String, Object> body) {
    var trigger = Trees.object(body.get("trigger"));
    var isSerial =
        "OnSchedule".equals(trigger.get("kind")) && !"Parallel".equals(trigger.get("overlap"));
    return isSerial ? 1 : (int) Trees.number(body, "concurrency", 10);
  }

  private static List<String> permissions(Map<String, Object> entitlements) {
    var lines = new ArrayList<String>();
    entitlements.forEach((type, verbs) ->
        lines.add(
            type + ":" + String.join(",", Trees.texts(verbs)).toLowerCase(java.util.Locale.ROOT)));
    return lines.isEmpty() ? List.of(NOTHING) : lines;
  }

  private static Set<String> hosts(Map<String, Object> body) {
    return body.containsKey("hosts") ? Set.copyOf(Trees.texts(body.get("hosts"))) : Set.of(ANY);
  }

  private static Limits limits(Map<String, Object> tree) {
    var usual = Limits.defaults();
    return new Limits(
        Trees.text(tree, "wallTime").map(Duration::parse).orElse(usual.wallTime()),
        Trees.text(tree, "cpuTime").map(Duration::parse).orElse(usual.cpuTime()),
        Trees.text(tree, "memory").map(AutomationLimits::bytes).orElse(usual.memoryBytes()),
        Trees.text(tree, "log").map(AutomationLimits::bytes).orElse(usual.logBytes()),
        Trees.text(tree, "result").map(AutomationLimits::bytes).orElse(usual.resultBytes()),
        (int) Trees.number(tree, "outboundRequests", usual.outboundRequests()),
        (int) Trees.number(tree, "apiCalls", usual.apiCalls()));
  }

  /** As it answers somebody who waits: within that time, and once. */
  Automation answering(Duration most) {
    var wallTime = most.compareTo(limits.wallTime()) < 0 ? most : limits.wallTime();
    return new Automation(
        id,
        namespace,
        name,
        tags,
        trigger,
        condition,
        source,
        modules,
        parameters,
        permissions,
        limits.withWallTime(wallTime),
        secrets,
        hosts,
        concurrency,
        Retry.NEVER,
        version,
        author,
        disabled);
  }

  /** The same with the code of a saved version. */
  Automation withCode(long number, Map<String, Object> saved) {
    return new Automation(
        id,
        namespace,
        name,
        tags,
        trigger,
        Trees.text(saved, "condition"),
        Trees.text(saved, "source").orElse(""),
        Trees.object(saved.get("modules")),
        parameters,
        permissions,
        limits,
        secrets,
        hosts,
        concurrency,
        retry,
        number,
        author,
        disabled);
  }

  /** The word of its trigger: {@code OnEvent} and so on. */
  String kind() {
    return Trees.text(trigger, "kind").orElse("");
  }

  /** Whether somebody waits for what it answers. */
  boolean isAwaited() {
    return !disabled && (kind().equals("OnHook") || kind().equals("OnCall"));
  }

  /** Whether its fetches may ask a host, given in small letters. */
  boolean mayAsk(String host) {
    return hosts.contains(ANY) || Hosts.oneOf(hosts, host);
  }

  /** How its script is entered. */
  Entry entry() {
    return switch (kind()) {
      case "OnSchedule" -> Entry.SCHEDULE;
      case "OnCall" -> Entry.CALL;
      case "OnHook" -> Entry.HOOK;
      default -> Entry.EVENT;
    };
  }

  Script script() {
    var texts = new java.util.TreeMap<String, String>();
    modules.forEach((path, text) -> texts.put(path, String.valueOf(text)));
    return new Script(name, String.valueOf(version), withCondition(), texts);
  }

  /** A condition saved apart is one more function of the module. */
  private String withCondition() {
    return condition.map(text -> source + "\n" + text).orElse(source);
  }

  /** Who a run of it is: its author, narrowed to its entitlements and its namespace. */
  Principal principal() {
    return new Principal(
        author,
        new Principal.Restrictions(Optional.of(namespace), permissions, List.of()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
