package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.model.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why the units of /acme/prod may talk to one another, or not. */
class ConnectionChecksTest {
  private static final String PROD = "/acme/prod";
  private static final Map<String, Object> FRONTEND = Map.of("unit", "frontend");
  private static final Map<String, Object> DATABASE = Map.of("unit", "database");

  @TempDir private Path directory;
  private TestPlatform platform;
  private TestPlatform.Caller admin;

  @BeforeEach
  void start() {
    platform = new TestPlatform(directory);
    admin = platform.admin();
    admin.create("namespace", "/", Map.of("name", "acme"));
    admin.create("namespace", "/acme", Map.of("name", "prod"));
    unit("frontend", "app=shop", "role=frontend");
    unit("database", "app=shop", "role=database");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void thePolicyThatDecidesIsNamed() {
    policy("/acme", "from-above", "role=frontend", "role=database", "Allow");

    var answer = ask(FRONTEND, DATABASE, 5432);

    assertThat(answer).containsEntry("decision", "Accept").containsEntry("port", 5432L);
    assertThat(Trees.object(answer.get("receiver")))
        .containsEntry("policyName", "from-above")
        .containsEntry("reason", "allowed by the policy from-above");
    assertThat(changes(answer)).isEmpty();
  }

  @Test
  void theOneTagThatIsMissingIsToldWithThePolicyItIsMissingFor() {
    admin.create(
        "networkaccesspolicy",
        PROD,
        Map.of(
            "name",
            "front-to-data",
            "subject",
            List.of(List.of("role=frontend")),
            "object",
            List.of(List.of("role=database", "env=prod")),
            "ports",
            List.of("tcp/5432")));

    var answer = ask(FRONTEND, DATABASE, 0);

    assertThat(answer)
        .containsEntry("decision", "Reject")
        .containsEntry("port", 5432L)
        .containsEntry("allowingPolicyName", "front-to-data");
    assertThat(changes(answer))
        .singleElement()
        .satisfies(change ->
            assertThat(change)
                .containsEntry("kind", "AddTag")
                .containsEntry("end", "Receiver")
                .containsEntry("tag", "env=prod"));
    assertThat(changes(ask(FRONTEND, Map.of("tags", List.of("role=database", "env=prod")), 6379)))
        .singleElement()
        .satisfies(change ->
            assertThat(change)
                .containsEntry("kind", "OpenPort")
                .containsEntry("policyName", "front-to-data"));
  }

  @Test
  void wherePoliciesSayNothingTheOneThatIsProposedWorks() {
    var answer = ask(FRONTEND, DATABASE, 5432);
    assertThat(Trees.object(answer.get("initiator")))
        .containsEntry("reason", "rejected: no policy matches, the default decides");
    var proposed =
        changes(answer).stream().map(change -> Trees.object(change.get("policy"))).toList();

    assertThat(proposed).hasSize(1);
    admin.create("networkaccesspolicy", PROD, proposed.getFirst());

    assertThat(ask(FRONTEND, DATABASE, 5432)).containsEntry("decision", "Accept");
    assertThat(ask(FRONTEND, DATABASE, 5433)).containsEntry("decision", "Reject");
    assertThat(ask(DATABASE, FRONTEND, 5432)).containsEntry("decision", "Reject");
  }

  @Test
  void aRejectingPolicyHasToGo() {
    policy(PROD, "open", "app=shop", "app=shop", "Allow");
    policy("/acme", "closed", "role=frontend", "role=database", "Reject");

    var answer = ask(FRONTEND, DATABASE, 0);

    assertThat(answer).containsEntry("allowingPolicyName", "open").doesNotContainKey("port");
    assertThat(changes(answer))
        .singleElement()
        .satisfies(change ->
            assertThat(change)
                .containsEntry("kind", "RemovePolicy")
                .containsEntry("policyName", "closed"));
  }

  @Test
  void unitsOfOneNameAreOneAsLongAsTheirTagsAre() {
    unit("frontend", "app=shop", "role=frontend");
    ask(FRONTEND, DATABASE, 0);
    unit("frontend", "app=shop", "role=other");

    refused("ambiguous-name", () -> ask(FRONTEND, DATABASE, 0));
    refused("not-found", () -> ask(Map.of("unit", "nobody"), DATABASE, 0));
    refused("validation", () -> ask(Map.of(), DATABASE, 0));
  }

  @Test
  void whoMayNotReadPoliciesIsToldNothing() {
    admin.create("account", "/", Map.of("name", "sally", "password", "a long password"));
    grant("enforcer:get");
    var sally = platform.as(platform.token("sally", "a long password", Map.of()));

    refused(
        "forbidden",
        () ->
            sally.create(
                "connectioncheck", PROD, Map.of("source", FRONTEND, "destination", DATABASE)));
  }

  @Test
  void aNamespaceThatIsNotThereHasNoAnswers() {
    var asked =
        Map.<String, Object>of(
            "source",
            Map.of("tags", List.of("a=1")),
            "destination",
            Map.of("tags", List.of("b=2")));
    refused("not-found", () -> admin.create("connectioncheck", "/acme/prood", asked));
  }

  private void grant(String permission) {
    admin.create(
        "apiauthorizationpolicy",
        "/acme",
        Map.of(
            "name",
            "sally",
            "subject",
            List.of(List.of("@auth:realm=account", "@auth:account=sally")),
            "authorizedIdentities",
            List.of(permission)));
  }

  private Map<String, Object> ask(
      Map<String, Object> source, Map<String, Object> destination, long port) {
    var body = new LinkedHashMap<String, Object>();
    body.put("source", source);
    body.put("destination", destination);
    if (port > 0) {
      body.put("port", port);
    }
    return admin.create("connectioncheck", PROD, body);
  }

  private static List<Map<String, Object>> changes(Map<String, Object> answer) {
    return ((List<?>) answer.getOrDefault("changes", List.of()))
        .stream().map(Trees::object).toList();
  }

  private void unit(String name, String... tags) {
    admin.create(
        "processingunit",
        PROD,
        Map.of("name", name, "type", "LinuxService", "associatedTags", List.of(tags)));
  }

  private void policy(String namespace, String name, String from, String to, String action) {
    admin.create(
        "networkaccesspolicy",
        namespace,
        Map.of(
            "name",
            name,
            "subject",
            List.of(List.of(from)),
            "object",
            List.of(List.of(to)),
            "action",
            action,
            "propagate",
            true));
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
  }
}
