package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.automations.AutomationRunner;
import io.oarlock.automations.HostCalls;
import io.oarlock.automations.Limits;
import io.oarlock.automations.RunRequest;
import io.oarlock.automations.RunResult;
import io.oarlock.automations.Usage;
import io.oarlock.model.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pre hooks whose endpoint is an automation. */
class AutomationHooksTest extends HookedPlatform {
  private static final Map<String, Object> AUTOMATION =
      Map.of(
          "name",
          "answers",
          "associatedTags",
          List.of("role=guard"),
          "trigger",
          Map.of("kind", "OnHook"),
          "source",
          "export default async function (ctx) {}");

  private final Answering runner = new Answering();

  /** Answers every run as the test says. */
  private static final class Answering extends TestPlatform.Scripts {
    volatile Function<Map<String, Object>, RunResult> answer = Answering::nothing;

    /** How long its workers take to start. */
    volatile Duration cold = Duration.ZERO;

    final Queue<String> warmed = new ConcurrentLinkedQueue<>();

    @Override
    public void warm(String tenant, Limits limits) {
      warmed.add(tenant);
    }

    @Override
    public RunResult run(RunRequest request, HostCalls host) throws InterruptedException {
      LockSupport.parkNanos(cold.toNanos());
      host.begun();
      var result = answer.apply(request.context());
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return result;
    }

    static RunResult nothing(Map<String, Object> context) {
      return new RunResult.Succeeded(null, Usage.none());
    }

    static RunResult untilInterrupted() {
      while (!Thread.currentThread().isInterrupted()) {
        LockSupport.park();
      }
      return new RunResult.Cancelled(Usage.none());
    }
  }

  @Override
  AutomationRunner scripts() {
    return runner;
  }

  @BeforeEach
  void forget() {
    runner.answer = Answering::nothing;
    runner.cold = Duration.ZERO;
  }

  @Test
  void anAutomationAnswersAHook() {
    automation();
    automationHook(Map.of());

    runner.answer =
        context -> {
          var event = Trees.object(context.get("event"));
          var output = new LinkedHashMap<>(Trees.object(event.get("object")));
          output.put("description", "by " + event.get("operation"));
          return new RunResult.Succeeded(Map.of("output", output), Usage.none());
        };
    assertThat(create()).containsEntry("description", "by Create");

    runner.answer =
        _ -> new RunResult.Refused("no owner", Map.of("attribute", "associatedTags"), Usage.none());
    assertThatThrownBy(this::create)
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.code()).isEqualTo("hook-refused");
              assertThat(problem.detail()).contains("no owner");
              assertThat(problem.violations().getFirst().attribute()).isEqualTo("associatedTags");
            });

    runner.answer = _ -> new RunResult.TimedOut(Optional.empty(), Usage.none());
    assertThatThrownBy(this::create).hasMessageContaining("took too long");
  }

  @Test
  void aHookThatPicksNoAutomationFailsClosed() {
    automationHook(Map.of());

    assertThatThrownBy(this::create).hasMessageContaining("pick no automation");
    assertNothingStored();
  }

  @Test
  void anAutomationThatNeverAnswersIsStoppedAtTheTimeoutOfTheHook() {
    automation();
    automationHook(Map.of("timeout", "PT0.2S"));
    runner.answer = _ -> Answering.untilInterrupted();

    assertThatThrownBy(this::create).hasMessageContaining("took too long");
    assertNothingStored();
  }

  @Test
  void aWorkerThatHasToStartFirstCostsAScriptNothingOfItsTime() {
    automation();
    automationHook(Map.of("timeout", "PT1S"));
    runner.cold = Duration.ofMillis(1200);

    assertThat(create()).containsKey("id");
  }

  @Test
  void workersAreWarmedForAutomationsThatSomebodyWaitsFor(@TempDir Path own) {
    var warmed = new Answering();
    try (var first = new TestPlatform(own, warmed)) {
      first.admin().create("automation", "/", AUTOMATION);
      Waiting.until(() -> warmed.warmed.contains("/"), "the worker of a new automation");
    }
    warmed.warmed.clear();

    try (var _ = new TestPlatform(own, warmed)) {
      assertThat(warmed.warmed).containsExactly("/");
    }
  }

  private void automation() {
    admin.create("automation", acme, AUTOMATION);
  }

  private void automationHook(Map<String, Object> more) {
    var body = new LinkedHashMap<String, Object>();
    body.put("name", "scripted");
    body.put("subject", List.of(List.of("$type=networkaccesspolicy")));
    body.put("endpointType", "Automation");
    body.put("selectors", List.of(List.of("role=guard")));
    body.putAll(more);
    admin.create("hookpolicy", acme, body);
  }
}
