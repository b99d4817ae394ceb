package io.oarlock.automations.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.oarlock.automations.Limits;
import io.oarlock.automations.RunResult;
import io.oarlock.automations.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {

  private static final Limits BRIEF = Limits.defaults().withWallTime(Duration.ofSeconds(1));

  /// On a busy machine SIGKILL may come before the line was told.
  private static final Optional<Integer> UNTOLD = Optional.empty();

  private static Platform platform;
  private final Stalls stalls = new Stalls();

  @BeforeAll
  static void start() throws IOException {
    platform = new Platform(Platform.config());
    platform.pool.trained().join();
    platform.value("/warm", "return 1");
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @BeforeEach
  void forget() {
    platform.logs.clear();
    platform.calls.clear();
  }

  @AfterEach
  void stopWatching() {
    stalls.close();
  }

  @Test
  void aScriptAnswers() {
    assertThat(platform.value("/a", "return {seen: ctx.event.object.name, n: 1.5, l: [true]}"))
        .isEqualTo(Map.of("seen", "a", "n", 1.5, "l", List.of(true)));
    assertThat(platform.value("/a", "")).isNull();
  }

  @Test
  void callsGoToThePlatformAndBack() {
    assertThat(platform.value("/a", "return (await ctx.api.list('tags', {namespace: '/x'}))"))
        .isEqualTo(Map.of("type", "tags", "namespace", "/x"));
    assertThat(
            platform.value(
                "/a", "try { await ctx.api.get('tag', '1') } catch (e) { return e.code }"))
        .isEqualTo("not-found");
    assertThat(platform.calls).containsExactly("api.list", "api.get");
  }

  @Test
  void aTenantThatIsExpectedFindsAWorkerOfItsOwn() throws IOException {
    try (var cold = new Platform(Platform.config().withSpares(0))) {
      cold.pool.warm("/hooks", Limits.defaults());
      Eventually.holds(() -> cold.pool.pids().size() == 1);
      var ready = cold.pool.pids();

      assertThat(cold.value("/others", "return 1")).isEqualTo(1L);
      assertThat(cold.value("/hooks", "return 2")).isEqualTo(2L);
      assertThat(cold.pool.pids()).hasSize(2).containsAll(ready);
    }
  }

  @Test
  void logLinesArriveInOrder() {
    platform.value("/a", "for (let i = 0; i < 50; i++) ctx.log.info(i); console.error({a: 1})");
    assertThat(platform.logged())
        .hasSize(51)
        .startsWith("info 0", "info 1")
        .endsWith("error {\"a\":1}");
  }

  @Test
  void anEndlessLoopEndsAtItsWallTime() {
    var result = platform.run("/a", "export default () => {\n  while (true) {}\n}", BRIEF);
    assertThat(result).isInstanceOf(RunResult.TimedOut.class);
    assertThat(Platform.line(result)).isIn(Optional.of(2), UNTOLD);
    stalls.assertOnTime(result, BRIEF);
  }

  @Test
  void anEndlessLoopEndsAtItsCpuTime() {
    var limits = Limits.defaults().withCpuTime(Duration.ofMillis(300));
    var result =
        platform.run("/a", "export default () => {\n  let i = 0;\n  while (true) i++;\n}", limits);
    assertThat(result)
        .asInstanceOf(type(RunResult.LimitExceeded.class))
        .satisfies(exceeded -> assertThat(exceeded.limit()).isEqualTo("cpuTime"));
    assertThat(result.usage().cpuTime()).isBetween(Duration.ofMillis(300), Duration.ofMillis(550));
  }

  @Test
  void anEndlessWaitEndsAtTheLineThatWaits() {
    var source = "export default async (ctx) => {\n\n  await ctx.sleep('PT1H');\n}";
    var result = platform.run("/a", source, BRIEF);
    assertThat(result).isInstanceOf(RunResult.TimedOut.class);
    assertThat(Platform.line(result)).isIn(Optional.of(3), UNTOLD);
    stalls.assertOnTime(result, BRIEF);
  }

  @Test
  void whatNoEngineCanInterruptIsKilled() {
    var bombs =
        List.of(
            "let x = 3n; while (true) x = x * x",
            "2n ** (2n ** 30n)",
            "/^(([a-z])+.)+[A-Z]([a-z])+$/.test('a'.repeat(60))",
            "const f = async () => { while (true) await null }; await f()",
            "const l = () => Promise.resolve().then(l); await l()",
            "return {toJSON() { while (true); }}",
            "Array.from({length: 1e6}).sort(() => { while (true); })");
    for (var bomb : bombs) {
      var result = platform.run("/bombs", "export default async () => {" + bomb + "}", BRIEF);
      stalls.assertOnTime(result, BRIEF);
      assertThat(result).as(bomb).isNotInstanceOf(RunResult.Lost.class);
    }
  }

  @Test
  void aHeapBombEndsAloneAndAnotherTenantDoesNotNotice() {
    var bombs =
        List.of(
            "const a = []; while (true) a.push(new Uint8Array(1 << 20))",
            "const m = new Map(); for (let i = 0; ; i++) m.set(i, {i})",
            "const s = []; for (let i = 0; ; i++) s.push('x'.repeat(1000) + i)");
    for (var bomb : bombs) {
      var attack =
          platform.later("/greedy", "export default () => {" + bomb + "}", Limits.defaults());
      while (!attack.isDone()) {
        assertThat(platform.value("/calm", "return 1")).isEqualTo(1L);
      }
      assertThat(attack.join())
          .as(bomb)
          .asInstanceOf(type(RunResult.LimitExceeded.class))
          .satisfies(exceeded -> assertThat(exceeded.limit()).isEqualTo("memory"));
    }
  }

  @Test
  void deepRecursionIsAnErrorOfTheScript() {
    assertThat(platform.run("/a", "const f = () => f() + 1; return f()"))
        .asInstanceOf(type(RunResult.Failed.class))
        .satisfies(failed -> assertThat(failed.error().message()).contains("RangeError"));
  }

  @Test
  void aRunSeesNothingOfTheOneBefore() {
    platform.value("/a", "Object.prototype.bad = 1; globalThis.kept = 1");
    assertThat(platform.value("/a", "return [({}).bad === undefined, typeof kept]"))
        .isEqualTo(List.of(true, "undefined"));
  }

  @Test
  void nothingOfTheHostIsInReach() {
    assertThat(
            platform.value(
                "/a",
                "const f = ctx.api.list.constructor.constructor('return this')();"
                    + "return ['Java', 'Polyglot', 'Graal', 'load', 'process', 'require']"
                    + ".filter(n => n in f)"))
        .isEqualTo(List.of());
    assertThat(platform.run("/a", "await import('fs')")).isInstanceOf(RunResult.Failed.class);
    assertThat(platform.run("/a", "await import('file:///etc/passwd')"))
        .isInstanceOf(RunResult.Failed.class);
  }

  @Test
  void twoTenantsHaveTwoProcesses() {
    var before = platform.pool.pids();
    platform.value("/one", "return 1");
    platform.value("/two", "return 1");
    platform.value("/one", "return 1");
    var pids = platform.pool.pids();
    assertThat(pids).doesNotHaveDuplicates();
    assertThat(pids.size()).isGreaterThanOrEqualTo(Math.min(before.size() + 1, 3));
  }

  @Test
  void whatWasNotAwaitedIsDroppedAndSaid() {
    platform.value(
        "/a", "ctx.api.list('tags').then(() => ctx.log.info('late')); setInterval(() => {}, 9)");
    assertThat(platform.logged())
        .containsExactly(
            "warn The run ended without awaiting all it began; dropped: 1 × api.list, 1 × timer");
  }

  @Test
  void aFloodOfLogsIsCutAndSaid() {
    var result =
        platform.run(
            "/a",
            "export default ctx => { for (let i = 0; i < 20000; i++) ctx.log.info('x'.repeat(100)) }",
            Limits.defaults().withLogBytes(10_000));
    assertThat(result).isInstanceOf(RunResult.Succeeded.class);
    assertThat(result.usage().logBytesDropped()).isEqualTo(20_000L * 100 - 75 * 100);
    assertThat(platform.logged()).hasSize(76);
    assertThat(platform.logged().getLast())
        .contains("cut at its limit of 10000 bytes")
        .contains("1992500 bytes were dropped");
  }

  @Test
  void tooManyCallsEndTheRunWithTheirLimit() {
    var result =
        platform.run(
            "/a",
            "export default async ctx => { for (;;) await ctx.kv.get('a') }",
            Limits.defaults().withApiCalls(5));
    assertThat(result)
        .asInstanceOf(type(RunResult.LimitExceeded.class))
        .satisfies(exceeded -> assertThat(exceeded.limit()).isEqualTo("apiCalls"));
    assertThat(platform.calls).hasSize(5);
  }

  @Test
  void aResultBeyondItsLimitIsNotHandedOut() {
    assertThat(platform.run("/a", "return 'x'.repeat(2 << 20)"))
        .asInstanceOf(type(RunResult.LimitExceeded.class))
        .satisfies(exceeded -> assertThat(exceeded.limit()).isEqualTo("result"));
  }

  @Test
  void aRefusalCarriesItsDetails() {
    assertThat(platform.run("/a", "ctx.refuse('no owner', {attribute: 'tags'})"))
        .asInstanceOf(type(RunResult.Refused.class))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo("no owner"))
        .satisfies(refused -> assertThat(refused.details()).isEqualTo(Map.of("attribute", "tags")));
  }

  @Test
  void aSyntaxErrorHasItsPlace() throws InterruptedException {
    var problems = platform.pool.check(Script.of("user.mjs", "export default {\n  a b }"));
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().line()).isEqualTo(2);
    assertThat(problems.getFirst().column()).isEqualTo(5);
    assertThat(platform.pool.check(Script.of("user.mjs", "export default 1"))).isEmpty();
  }

  @Test
  void timersWork() {
    assertThat(
            platform.value(
                "/a", "let n = 0; setTimeout(() => n++, 1); await ctx.sleep(20); return n"))
        .isEqualTo(1L);
  }

  @Test
  void sourcesOfTheOriginalSystemRunAsTheyAre() {
    var source =
        """
        function when(api, params) { return { continue: true, payload: params.eventPayload.entity.name }; }
        function then(api, params, payload) {
          var made = api.Create('alarms', { name: payload }, '/x', {});
          return { statusCode: 201, body: made.object.name };
        }
        """;
    assertThat(platform.run("/a", source, Limits.defaults()))
        .asInstanceOf(type(RunResult.Succeeded.class))
        .satisfies(answer ->
            assertThat(answer.value()).isEqualTo(Map.of("statusCode", 201L, "body", "a")));
  }

  @Test
  void aRunCanBeCancelled() throws InterruptedException {
    var run =
        platform.later(
            "/a",
            "export default async ctx => { ctx.log.info('on'); await ctx.sleep('PT1M') }",
            Limits.defaults());
    Eventually.holds(() -> platform.logs.size() == 1);
    platform.pool.cancel("run-" + Platform.runsSoFar());
    assertThat(run.join()).isInstanceOf(RunResult.Cancelled.class);
  }

  @Test
  void aRunWhoseWorkerDiesIsLost() throws InterruptedException {
    var run =
        platform.later(
            "/mortal",
            "export default async ctx => { ctx.log.info('on'); await ctx.sleep('PT1M') }",
            Limits.defaults());
    Eventually.holds(() -> platform.logs.size() == 1);
    platform
        .pool
        .pids()
        .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    assertThat(run.join())
        .asInstanceOf(type(RunResult.Lost.class))
        .satisfies(lost -> assertThat(lost.started()).isTrue());
    assertThat(platform.value("/mortal", "return 1")).isEqualTo(1L);
  }
}
