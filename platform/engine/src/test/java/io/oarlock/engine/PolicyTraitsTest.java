package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.model.Instants;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.model.Trait;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the engine acts by counts as the traits of its type say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyTraitsTest {
  private static final String PASSWORD = "a long password";

  private final AtomicInteger count = new AtomicInteger();
  private final Switch time = new Switch();
  private TestPlatform platform;
  private TestPlatform.Caller admin;
  private TestPlatform.Caller bob;

  /** A cron authority whose every schedule is active, or none. */
  private static final class Switch implements Crons {
    volatile boolean active = true;

    @Override
    public Optional<String> fault(String cron) {
      return Optional.empty();
    }

    @Override
    public Optional<Instant> next(String cron, ZoneId zone, Instant after) {
      return Optional.of(after.plus(active ? Duration.ofMillis(1) : Duration.ofDays(9999)));
    }
  }

  @BeforeAll
  void start(@TempDir Path directory) {
    platform = new TestPlatform(directory, new TestPlatform.Scripts(), time);
    admin = platform.admin();
    admin.create("account", "/", Map.of("name", "bob", "password", PASSWORD));
    bob = platform.as(platform.token("bob", PASSWORD, Map.of()));
  }

  @AfterAll
  void stop() {
    platform.close();
  }

  /** A new namespace, with a child c. */
  private String namespace() {
    var name = "n" + count.incrementAndGet();
    admin.create("namespace", "/", Map.of("name", name));
    admin.create("namespace", "/" + name, Map.of("name", "c"));
    return "/" + name;
  }

  private String create(String type, String namespace, Map<String, Object> body) {
    return Trees.required(admin.create(type, namespace, body), "id");
  }

  private void patch(String type, String namespace, String id, Map<String, Object> change) {
    admin.plain(Operation.PATCH, type, namespace, id, change);
  }

  /**
   * A type whose resources do something here.
   *
   * @param plain another one that is there for the same things and does nothing
   * @param counts whether it does in a namespace
   */
  record Acting(
      String type, Map<String, Object> body, Map<String, Object> plain, Predicate<String> counts) {
    @Override
    public String toString() {
      return type;
    }

    boolean has(Trait trait) {
      return TestPlatform.MODEL.require(type).has(trait);
    }
  }

  Stream<Acting> acting() {
    var subject = List.of(List.of("@auth:realm=account", "@auth:account=bob"));
    var hooked = List.of(List.of("$type=externalnetwork"));
    return Stream.of(
        new Acting(
            "apiauthorizationpolicy",
            Map.of("subject", subject, "authorizedIdentities", List.of("service:list")),
            Map.of("subject", subject, "authorizedIdentities", List.of("run:list")),
            at -> succeeds(() -> bob.list("service", at))),
        new Acting(
            "hookpolicy",
            Map.of(
                "subject",
                hooked,
                "endpointType",
                "Automation",
                "selectors",
                List.of(List.of("nobody"))),
            Map.of(
                "subject",
                hooked,
                "endpointType",
                "Automation",
                "selectors",
                List.of(List.of("nobody")),
                "failurePolicy",
                "Continue"),
            at -> !succeeds(() -> network(at))),
        new Acting(
            "quotapolicy",
            Map.of("types", List.of("externalnetwork"), "quota", 0L),
            Map.of("types", List.of("externalnetwork"), "quota", 1000L),
            at -> !succeeds(() -> network(at))),
        new Acting(
            "egresspolicy",
            Map.of("allow", List.of("10.0.0.0/8")),
            Map.of(),
            at -> succeeds(() -> guard().check(NamespacePath.of(at), "http://10.1.2.3/"))),
        new Acting(
            "role",
            Map.of("name", "special", "authorizations", Map.of("run", List.of("get"))),
            Map.of(),
            at -> succeeds(() -> grantRole(at))));
  }

  private static boolean succeeds(Runnable action) {
    try {
      action.run();
      return true;
    } catch (Problem e) {
      return false;
    }
  }

  private void network(String at) {
    admin.create(
        "externalnetwork",
        at,
        Map.of("name", "n" + count.incrementAndGet(), "entries", List.of("10.0.0.0/8")));
  }

  private OutboundGuard guard() {
    return platform.guard(host -> new InetAddress[] {InetAddress.ofLiteral(host)});
  }

  private void grantRole(String at) {
    admin.create(
        "apiauthorizationpolicy",
        at,
        Map.of(
            "name",
            "g" + count.incrementAndGet(),
            "subject",
            List.of(List.of("@auth:realm=account", "@auth:account=nobody")),
            "authorizedIdentities",
            List.of("@role=special")));
  }

  /** Made in a new namespace; what was decided before may be remembered for a second. */
  private final class Tried {
    private final Acting acting;
    private final String at = namespace();
    private final String id;

    Tried(Acting acting) {
      this.acting = acting;
      this.id = create(acting.type(), at, body(acting.body()));
    }

    private Map<String, Object> body(Map<String, Object> of) {
      var body = new LinkedHashMap<>(of);
      body.putIfAbsent("name", "p" + count.incrementAndGet());
      if (acting.type().equals("quotapolicy")) {
        body.put("targetNamespace", at);
      }
      return body;
    }

    void patch(Map<String, Object> change) {
      PolicyTraitsTest.this.patch(acting.type(), at, id, change);
    }

    void add(Map<String, Object> other) {
      create(acting.type(), at, body(other));
    }

    void expect(boolean counts, String where, String when) {
      Waiting.until(
          () -> acting.counts().test(at + where) == counts,
          acting + (counts ? " to count " : " not to count ") + when);
    }
  }

  @ParameterizedTest
  @MethodSource("acting")
  void itCountsUntilItIsDisabledOrExpires(Acting acting) {
    var tried = new Tried(acting);
    tried.expect(true, "", "at first");
    if (acting.has(Trait.DISABLEABLE)) {
      tried.patch(Map.of("disabled", true));
      tried.expect(false, "", "when disabled");
      tried.patch(Map.of("disabled", false));
      tried.expect(true, "", "when enabled again");
    }
    if (acting.has(Trait.EXPIRING)) {
      tried.patch(Map.of("expirationTime", Instants.text(Instant.now().minusSeconds(1))));
      tried.expect(false, "", "after its expiration");
    }
  }

  @ParameterizedTest
  @MethodSource("acting")
  void itCountsBelowWhenItPropagates(Acting acting) {
    var tried = new Tried(acting);
    if (!List.of("apiauthorizationpolicy", "quotapolicy").contains(acting.type())) {
      tried.expect(false, "/c", "below without propagate");
    }
    tried.patch(Map.of("propagate", true, "propagationHidden", true));
    tried.expect(true, "/c", "below with propagate, hidden or not");
  }

  @ParameterizedTest
  @MethodSource("acting")
  void itCountsAtTheTimesOfItsSchedule(Acting acting) {
    if (!acting.has(Trait.SCHEDULED)) {
      return;
    }
    var tried = new Tried(acting);
    try {
      tried.patch(Map.of("activeSchedule", "0 0 8 * * ?", "activeDuration", "PT10H"));
      tried.expect(true, "", "in a time of its schedule");
      time.active = false;
      tried.expect(false, "", "out of the times of its schedule");
    } finally {
      time.active = true;
    }
  }

  @ParameterizedTest
  @MethodSource("acting")
  void aFallbackCountsWhereNothingElseIs(Acting acting) {
    if (!acting.has(Trait.FALLBACK)) {
      return;
    }
    var tried = new Tried(acting);
    tried.patch(Map.of("fallback", true));
    tried.expect(true, "", "as the only one");
    tried.add(acting.plain());
    tried.expect(false, "", "beside one that is no fallback");
  }

  @Test
  void aDisabledAutomationIsNotRun() {
    var at = namespace();
    var id = create("automation", at, disabledAutomation());

    assertThatThrownBy(() -> act(at, id, "run")).hasMessageContaining("switched off");
    assertThat(act(at, id, "test")).containsEntry("status", "Succeeded");
  }

  private static Map<String, Object> disabledAutomation() {
    var body = new LinkedHashMap<>(TestPlatform.MODEL.require("automation").example());
    body.put("disabled", true);
    return body;
  }

  private Map<String, Object> act(String at, String id, String action) {
    var type = TestPlatform.MODEL.require("automation");
    return platform.engine.act(
        new ActionCall(
            type.actions().stream().filter(a -> a.name().equals(action)).findFirst().orElseThrow(),
            type,
            NamespacePath.of(at),
            Optional.of(id),
            Map.of(),
            Map.of(),
            new Call.Caller(
                platform.engine.authenticate(admin.token(), TestPlatform.origin()),
                Cause.request("r"),
                TestPlatform.origin())));
  }
}
