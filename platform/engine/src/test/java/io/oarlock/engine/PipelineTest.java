package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineTest {
  private static final Map<String, Object> POLICY =
      Map.of(
          "name",
          "web-to-db",
          "action",
          "Allow",
          "subject",
          List.of(List.of("app=web")),
          "object",
          List.of(List.of("app=db")));

  private static final int CALLERS = 8;
  private static final int ROUNDS = 10;

  @TempDir private Path directory;
  private TestPlatform platform;
  private TestPlatform.Caller admin;

  @BeforeEach
  void start() {
    platform = new TestPlatform(directory);
    admin = platform.admin();
    admin.create("namespace", "/", Map.of("name", "acme"));
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void whatIsCreatedIsRead() {
    var made = admin.create("networkaccesspolicy", "/acme", POLICY);

    var read = admin.get("networkaccesspolicy", "/acme", Trees.required(made, "id"));

    assertThat(read)
        .isEqualTo(made)
        .containsEntry("namespace", "/acme")
        .containsEntry("version", 1L);
    assertThat(Trees.texts(read.get("normalizedTags")))
        .contains("$name=web-to-db", "$type=networkaccesspolicy", "$namespace=/acme");
  }

  @ParameterizedTest
  @ValueSource(strings = {"networkaccesspolicy", "namespace"})
  void callsWithOneKeyAtTheSameTimeMakeOneResource(String type) throws Exception {
    for (var round = 0; round < ROUNDS; round++) {
      var body = new HashMap<String, Object>(type.equals("namespace") ? Map.of() : POLICY);
      body.put("name", "once-" + round);
      var writing = new Call.Writing(Optional.empty(), Optional.of("key-" + round), false, false);
      var gate = new CyclicBarrier(CALLERS);
      var answers = new ArrayList<Future<String>>();
      try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var caller = 0; caller < CALLERS; caller++) {
          answers.add(
              callers.submit(() -> {
                gate.await();
                return created(type, body, writing);
              }));
        }
      }
      assertThat(answers).map(Future::resultNow).containsOnly(answers.getFirst().resultNow());
    }
    assertThat(admin.list(type, "/acme")).hasSize(ROUNDS);
  }

  private String created(String type, Map<String, Object> body, Call.Writing writing) {
    var answer =
        admin.call(
            Operation.CREATE, type, "/acme", Optional.empty(), body, Call.Reading.DEFAULT, writing);
    return Trees.required(TestPlatform.one(answer), "id");
  }

  @Test
  void aNameStandsForAnId() {
    admin.create("networkaccesspolicy", "/acme", POLICY);

    assertThat(admin.get("networkaccesspolicy", "/acme", "name:web-to-db"))
        .containsEntry("name", "web-to-db");
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    var body = Map.<String, Object>of("nam", "x", "action", "Alow");

    assertThatThrownBy(() -> admin.create("networkaccesspolicy", "/acme", body))
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                assertThat(problem.violations())
                    .extracting(violation -> violation.code())
                    .contains("unknown-attribute", "required", "not-a-choice"));
    assertThat(admin.list("networkaccesspolicy", "/acme")).isEmpty();
  }

  @Test
  void aStaleWriteIsRefused() {
    var made = admin.create("networkaccesspolicy", "/acme", POLICY);
    var id = Trees.required(made, "id");
    admin.plain(Operation.PATCH, "networkaccesspolicy", "/acme", id, Map.of("description", "a"));

    assertThatThrownBy(() ->
            admin.call(
                Operation.PATCH,
                "networkaccesspolicy",
                "/acme",
                Optional.of(id),
                Map.of("description", "b"),
                Call.Reading.DEFAULT,
                new Call.Writing(Optional.of(1L), Optional.empty(), false, false)))
        .hasMessageContaining("version 2");
  }

  @Test
  void aDryRunStoresNothing() {
    admin.call(
        Operation.CREATE,
        "networkaccesspolicy",
        "/acme",
        Optional.empty(),
        POLICY,
        Call.Reading.DEFAULT,
        new Call.Writing(Optional.empty(), Optional.empty(), true, false));

    assertThat(admin.list("networkaccesspolicy", "/acme")).isEmpty();
  }

  @Test
  void aRepeatedCreateGetsTheFirstAnswer() {
    var once = new Call.Writing(Optional.empty(), Optional.of("key-1"), false, false);

    var first = create(once, POLICY);
    var second = create(once, POLICY);

    assertThat(second).isEqualTo(first);
    assertThat(admin.list("networkaccesspolicy", "/acme")).hasSize(1);
    assertThatThrownBy(() -> create(once, Map.of("name", "other")))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.code()).isEqualTo("idempotency-key-reused"));
  }

  private Map<String, Object> create(Call.Writing how, Map<String, Object> body) {
    return TestPlatform.one(
        admin.call(
            Operation.CREATE,
            "networkaccesspolicy",
            "/acme",
            Optional.empty(),
            body,
            Call.Reading.DEFAULT,
            how));
  }

  @Test
  void deletingANamespaceDeletesAllBelowIt() {
    admin.create("namespace", "/acme", Map.of("name", "prod"));
    var policy = admin.create("networkaccesspolicy", "/acme/prod", POLICY);

    admin.plain(Operation.DELETE, "namespace", "/", "name:/acme", Map.of());

    assertThatThrownBy(() -> admin.list("networkaccesspolicy", "/acme/prod"))
        .hasMessageContaining("no namespace /acme/prod");
    assertThatThrownBy(() -> admin.get("networkaccesspolicy", "/", Trees.required(policy, "id")))
        .hasMessageContaining("There is no networkaccesspolicy");
  }

  @Test
  void anAtomicBatchIsAllOrNothing() {
    var good = writing(POLICY);
    var bad = writing(Map.of("name", "wrong", "action", "Maybe"));

    assertThatThrownBy(() -> platform.engine.batch(List.of(good, bad))).isInstanceOf(Problem.class);
    assertThat(admin.list("networkaccesspolicy", "/acme")).isEmpty();
  }

  private Call writing(Map<String, Object> body) {
    return new Call(
        Operation.CREATE,
        TestPlatform.MODEL.require("networkaccesspolicy"),
        io.oarlock.model.NamespacePath.of("/acme"),
        Optional.empty(),
        body,
        Call.Reading.DEFAULT,
        Call.Writing.DEFAULT,
        new Call.Caller(
            platform.engine.authenticate(admin.token(), TestPlatform.origin()),
            Cause.request("r"),
            TestPlatform.origin()));
  }
}
