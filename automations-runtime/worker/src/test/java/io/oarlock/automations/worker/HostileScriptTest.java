package io.oarlock.automations.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.oarlock.automations.Limits;
import io.oarlock.automations.RunResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts try that mean harm, or are written by somebody in a hurry. */
class HostileScriptTest {
  private static final Limits BRIEF = Limits.defaults().withWallTime(Duration.ofMillis(500));
  private static Platform platform;

  @BeforeAll
  static void start() throws IOException {
    platform = new Platform(Platform.config());
    platform.pool.trained().join();
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @BeforeEach
  void forget() {
    platform.logs.clear();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Promise.resolve().then(() => { while (1); }); await new Promise(() => {})",
        "setTimeout(() => { while (1); }, 1); await ctx.sleep(60000)",
        "setInterval(() => {}, 0); await new Promise(() => {})",
        "return { get a() { while (1); } }",
        "return new Proxy({}, { ownKeys() { while (1); } })",
        "return { then() { while (1); } }",
        "ctx.log.info({ toJSON() { while (1); } })",
        "for (;;) JSON.parse('[' + '1,'.repeat(1e5) + '1]')",
        "for (;;) try { await ctx.api.get('tag', '1') } catch {}",
        "(3n ** (2n ** 23n)).toString()"
      })
  void workWithoutEndEndsAtItsDeadline(String body) {
    var limits = BRIEF.withApiCalls(Integer.MAX_VALUE);
    try (var stalls = new Stalls()) {
      var result = platform.run("/endless", "export default async (ctx) => {" + body + "}", limits);
      assertThat(result).isInstanceOf(RunResult.TimedOut.class);
      stalls.assertOnTime(result, limits);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "let s = 'x'; for (;;) { s += s; s.indexOf('y') }",
        "return 'x'.repeat(100e6)",
        "const a = []; for (;;) a.push('x'.repeat(1e6).split(''))",
        "const f = () => f() + 1; f()",
        "JSON.parse('['.repeat(1e7))",
        "let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o",
        "const o = {}; o.o = o; return o",
        "return 1n"
      })
  void whatIsTooMuchEndsItsOwnRun(String body) {
    var result =
        platform.run("/bombs", "export default async (ctx) => {" + body + "}", Limits.defaults());
    assertThat(result).isInstanceOfAny(RunResult.LimitExceeded.class, RunResult.Failed.class);
    assertThat(platform.value("/calm", "return 1")).isEqualTo(1L);
  }

  @Test
  void aMillionTimersAreNotTaken() {
    assertThat(platform.run("/a", "for (let i = 0; i < 1e6; i++) setTimeout(() => {}, 1e6)"))
        .asInstanceOf(type(RunResult.Failed.class))
        .satisfies(failed -> assertThat(failed.error().message()).contains("at most 10000 timers"));
  }

  @Test
  void aLineOfTwentyMegabytesIsCutAndSaysSo() {
    platform.value("/a", "ctx.log.info('x'.repeat(20e6))");
    assertThat(platform.logged()).hasSize(1);
    assertThat(platform.logged().getFirst()).endsWith("x… (19983616 more characters)");
  }

  @Test
  void resultsAreWhatTheirJsonSays() {
    assertThat(
            platform.value(
                "/a",
                "return [new Proxy({ a: 1 }, {}), { get b() { return 2 } }, { toJSON: () => 3 },"
                    + " () => 4, Symbol('5')]"))
        .isEqualTo(Arrays.asList(Map.of("a", 1L), Map.of("b", 2L), 3L, null, null));
    assertThat(platform.run("/a", "return JSON.parse('{\"__proto__\": {\"c\": 6}}')"))
        .asInstanceOf(type(RunResult.Failed.class))
        .satisfies(failed -> assertThat(failed.error().message()).contains("__proto__"));
  }

  @Test
  void whatAScriptBreaksIsWholeInTheNextRun() {
    platform.run(
        "/a",
        "Object.prototype.toJSON = () => 'bad'; Array.prototype.map = null; JSON.parse = null;"
            + "JSON.stringify = () => 'bad'; Promise.prototype.then = null; Map.prototype.get = null;"
            + "Object.freeze(Object.prototype); globalThis.ctx = 1; delete globalThis.Promise;"
            + "Function.prototype.call = null; String.prototype.replace = null; return 1");
    assertThat(
            platform.value(
                "/a",
                "const t = await ctx.api.list('tags'); ctx.log.info(t);"
                    + "return [[1].map(x => x + 1), JSON.parse('{\"a\":[1]}'), typeof Promise, t.type]"))
        .isEqualTo(List.of(List.of(2L), Map.of("a", List.of(1L)), "function", "tags"));
  }

  @Test
  void errorsOfThePlatformShowNothingOfIt() {
    assertThat(
            platform.value(
                "/a",
                "try { await ctx.api.get('tag', '1') } catch (e) {"
                    + " const all = [e.stack, e.message, String(e.constructor), Object.keys(e)].join();"
                    + " const outside = e.constructor.constructor('return this')();"
                    + " return [/io.oarlock|java|graal|truffle|[/](home|root|tmp|usr)[/]/i.test(all), typeof e.getClass,"
                    + "  outside === globalThis, typeof ctx.api.list.getClass,"
                    + "  Object.getPrototypeOf(ctx.log.info) === Function.prototype] }"))
        .isEqualTo(List.of(false, "undefined", true, "undefined", true));
  }
}
