package io.oarlock.automations.graaljs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.oarlock.automations.Script;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptRunTest {

  private static String body(String statements) {
    return "export default async function (ctx) {" + statements + "}";
  }

  @Test
  void theDefaultExportAnswers() {
    assertThat(Trial.of(body("return {seen: ctx.event.object.name, n: ctx.params.n}")).result())
        .isEqualTo("{\"seen\":\"a\",\"n\":1}");
    assertThat(Trial.of(body("")).result()).isEqualTo("nothing");
  }

  @Test
  void actionsRunInOrderAndSeeThePreviousPayload() {
    var source =
        "export const when = () => ({n: 1});"
            + "export default [c => ({n: c.payload.n + 1}), async c => c.payload.n * 10]";
    assertThat(Trial.of(source).result()).isEqualTo("20");
  }

  @Test
  void aFalsyConditionSkips() {
    assertThat(Trial.of("export const when = async () => 0; export default () => 1").run())
        .isInstanceOf(Outcome.Skipped.class);
  }

  @Test
  void refusingEndsTheRunWithItsReason() {
    assertThat(Trial.of(body("ctx.refuse('no owner', {attribute: 'tags'})")).run())
        .isEqualTo(
            new Outcome.Refused("{\"reason\":\"no owner\",\"details\":{\"attribute\":\"tags\"}}"));
  }

  @Test
  void anErrorStandsAtTheAuthorsLineAndColumn() {
    var error =
        Trial.of("export default async (ctx) => {\n  await null;\n  ctx.nope.x;\n}").failure();
    assertThat(error.error().line()).isEqualTo(3);
    assertThat(error.error().column()).isEqualTo(3);
    assertThat(error.error().message()).contains("TypeError");
    assertThat(error.error().stack()).contains("user.mjs:3:3").doesNotContain("oarlock:");
  }

  @Test
  void aRefusedCallStandsAtTheLineThatMadeIt() {
    var error =
        Trial.of("export default async (ctx) => {\n\n  await ctx.api.get('tag', 'x');\n}")
            .failure()
            .error();
    assertThat(error.message()).isEqualTo("Error: no such");
    assertThat(error.line()).isEqualTo(3);
  }

  @Test
  void aRefusedCallCanBeCaughtByItsCode() {
    var source =
        body(
            "try { await ctx.api.get('a', 'b') } catch (e) { return [e.code, e.details, e.message] }");
    assertThat(Trial.of(source).result()).isEqualTo("[\"not-found\",{\"a\":1},\"no such\"]");
  }

  @Test
  void theSameVerbsServeEveryType() {
    var trial =
        Trial.of(
            body(
                "await ctx.api.list('tags', {filter: 'a == b', namespace: '/x'});"
                    + "await ctx.api.tags.list();"
                    + "await ctx.api.update('tag', {id: '1', a: 2});"
                    + "await ctx.api.tags.patch('1', {a: null});"
                    + "await ctx.api.remove('tag', {id: '1'})"));
    trial.result();
    assertThat(trial.calls)
        .containsExactly(
            "api.list {\"type\":\"tags\",\"namespace\":\"/x\",\"query\":{\"filter\":\"a == b\"}}",
            "api.list {\"type\":\"tags\"}",
            "api.update {\"type\":\"tag\",\"id\":\"1\",\"object\":{\"id\":\"1\",\"a\":2}}",
            "api.patch {\"type\":\"tags\",\"id\":\"1\",\"object\":{\"a\":null}}",
            "api.remove {\"type\":\"tag\",\"id\":\"1\"}");
  }

  @Test
  void keysOfTheStoreExpire() {
    var trial = Trial.of(body("await ctx.kv.increment('k', 2, {ttl: 1500})"));
    trial.result();
    assertThat(trial.calls)
        .containsExactly("kv.increment {\"key\":\"k\",\"by\":2,\"ttl\":\"PT1.5S\"}");
  }

  @Test
  void callsRunSideBySide() {
    assertThat(
            Trial.of(
                    body(
                        "return (await Promise.all([1, 2].map(n => ctx.api.count(`t${n}`)))).length"))
                .result())
        .isEqualTo("2");
  }

  @Test
  void aSecretIsWrittenAsItsPlaceholder() {
    var trial =
        Trial.of(
            body(
                "const s = await ctx.secrets.get('slack');"
                    + "await ctx.fetch('https://a.b/', {method: 'post', body: {toString: () => 'x'},"
                    + " headers: {Authorization: `Bearer ${s}`}}); return {s}"));
    assertThat(trial.result()).isEqualTo("{\"s\":\"${secret:slack}\"}");
    assertThat(trial.calls.get(1)).contains("\"authorization\":\"Bearer ${secret:slack}\"");
  }

  @Test
  void fetchAnswersAResponse() {
    assertThat(
            Trial.of(
                    body(
                        "const r = await ctx.fetch('HTTPS://A.b:443/c');"
                            + "return [r.status, r.ok, r.headers.get('X-A'), await r.json(), r.url]"))
                .result())
        .isEqualTo("[201,true,\"1\",{},\"https://a.b/c\"]");
  }

  @Test
  void whatWasNotAwaitedIsDroppedAndSaid() {
    var trial = Trial.of(body("ctx.kv.set('a', 1); setInterval(() => {}, 1000); return 1"));
    assertThat(trial.result()).isEqualTo("1");
    assertThat(trial.logs)
        .containsExactly(
            "warn The run ended without awaiting all it began; dropped: 1 × kv.set, 1 × timer");
  }

  @Test
  void waitingForNothingFailsAtOnce() {
    assertThat(Trial.of(body("await new Promise(() => {})")).failure().error().message())
        .contains("nothing is left to settle");
  }

  @Test
  void timersFireInOrder() {
    assertThat(
            Trial.of(
                    body(
                        "const seen = []; const late = new Promise(r => setTimeout(() => {"
                            + " seen.push('late'); r() }, 500));"
                            + "setTimeout(x => seen.push(x), 1, 'soon');"
                            + "const gone = setTimeout(() => seen.push('never'), 5); clearTimeout(gone);"
                            + "let n = 0; await new Promise(r => { const i = setInterval(() => {"
                            + " if (++n == 3) { clearInterval(i); r() } }, 1) });"
                            + "await late; return [...seen, n]"))
                .result())
        .isEqualTo("[\"soon\",\"late\",3]");
  }

  @Test
  void relativeModulesAreImportedAndNothingElse() {
    var modules =
        Map.of(
            "lib/a.js",
            "import {b} from '../b.js'; export const a = b + 1",
            "b.js",
            "export const b = 1");
    assertThat(Trial.of("import {a} from './lib/a.js'; export default () => a", modules).result())
        .isEqualTo("2");
    for (var name :
        new String[] {"fs", "/etc/passwd", "node:fs", "https://a.b/c.js", "../../etc/passwd"}) {
      assertThat(Trial.of("export default async () => { await import('" + name + "') }").run())
          .as(name)
          .isInstanceOf(Outcome.Failed.class);
    }
  }

  /** A new version of the engine that brings a new name must be looked at. */
  @Test
  void scriptsFindTheseNamesAndNoOthers() {
    var names = "return Object.getOwnPropertyNames(globalThis).sort().join(' ')";
    assertThat(Trial.of(body(names)).result())
        .isEqualTo(
            "\"AbortController AbortSignal AggregateError Array ArrayBuffer BigInt BigInt64Array"
                + " BigUint64Array Boolean DataView Date Error EvalError FinalizationRegistry"
                + " Float16Array Float32Array Float64Array Function Headers Infinity Int16Array"
                + " Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object Promise Proxy"
                + " RangeError ReferenceError Reflect RegExp Request Response Set String Symbol"
                + " SyntaxError TextDecoder TextEncoder TypeError URIError URL URLSearchParams"
                + " Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet atob"
                + " btoa clearInterval clearTimeout console crypto decodeURI decodeURIComponent"
                + " encodeURI encodeURIComponent escape eval fetch globalThis isFinite isNaN"
                + " parseFloat parseInt queueMicrotask self setInterval setTimeout structuredClone"
                + " undefined unescape\"");
  }

  @Test
  void nothingOfJavaIsInReach() {
    var names =
        "['Java','Polyglot','Graal','load','print','SharedArrayBuffer','Atomics','Packages','java',"
            + "'quit','require','process','WebAssembly']";
    assertThat(Trial.of(body("return " + names + ".filter(n => n in globalThis)")).result())
        .isEqualTo("[]");
    assertThat(
            Trial.of(
                    body(
                        "const f = ctx.api.list.constructor.constructor;"
                            + "return f(`return "
                            + names
                            + ".filter(n => eval('typeof ' + n) !== 'undefined')`)()"))
                .result())
        .isEqualTo("[]");
  }

  @Test
  void aRunSeesNothingOfTheOneBefore() {
    Trial.of(body("Object.prototype.bad = 1; Array.prototype.push = null; globalThis.x = 1"))
        .result();
    assertThat(Trial.of(body("return [({}).bad, typeof x, typeof [].push]")).result())
        .isEqualTo("[null,\"undefined\",\"function\"]");
  }

  @Test
  void sourcesOfTheOriginalSystemRunAsTheyAre() {
    var trial =
        Trial.of(
            """
            function when(api, params) {
              var found = api.RetrieveMany('tags', null, 'a == b', true);
              return { continue: found.length === 1, payload: { id: params.eventPayload.entity.ID } };
            }
            function then(api, params, payload) {
              var made = api.Create('alarms', { name: payload.id }, '/x');
              console.log('made', made.object.name);
              return { statusCode: 200, body: aporeto.http('GET', 'https://a.b/c').body };
            }
            """,
            "{\"event\":{\"type\":\"tag\",\"operation\":\"Create\",\"object\":{\"id\":\"7\"}}}");
    assertThat(trial.result()).isEqualTo("{\"statusCode\":200,\"body\":\"{}\"}");
    assertThat(trial.logs).containsExactly("info made 7");
    assertThat(trial.calls.getFirst())
        .isEqualTo(
            "api.list {\"type\":\"tags\",\"query\":{\"filter\":\"a == b\",\"recursive\":true}}");
  }

  @Test
  void sourcesOfTheOriginalSystemFindUnderscoreAndOthersDoNot() {
    var source =
        """
        var states = _.invert({ connected: 1, disconnected: 2 });
        function when(api, params) {
          var entity = params.eventPayload.entity;
          return {
            continue: _.contains(_.values(states), entity.operationalStatus),
            payload: _.pluck(_.sortBy(entity.tags, 'at'), 'name')
          };
        }
        function then(api, params, payload) {
          return _.template('<%= n %> of <%= names.join() %>')({ n: payload.length, names: payload });
        }
        """;
    var event =
        "{\"event\":{\"type\":\"enforcer\",\"operation\":\"Update\",\"object\":{\"id\":\"1\","
            + "\"operationalStatus\":\"disconnected\","
            + "\"tags\":[{\"name\":\"b\",\"at\":2},{\"name\":\"a\",\"at\":1}]}}}";
    assertThat(Trial.of(source, event).result()).isEqualTo("\"2 of a,b\"");
    assertThat(Trial.of(body("return typeof _")).result()).isEqualTo("\"undefined\"");
  }

  @Test
  void aLoopIsStoppedAtItsLine() {
    for (var async : new String[] {"", "async "}) {
      var loop = "(ctx) => {\n  let i = 0; ctx.kv.set('a', 1);\n  while (true) i++;\n}";
      assertThat(Trial.of("export default " + async + loop).stoppedAtItsCall())
          .asInstanceOf(type(Outcome.Stopped.class))
          .satisfies(stopped -> assertThat(stopped.where().orElseThrow().line()).isEqualTo(3));
    }
  }

  @Test
  void aWaitIsStoppedAtTheCallItWaitsFor() {
    assertThat(
            Trial.of("export default async (ctx) => {\n\n  await ctx.kv.set('a', 1);\n}")
                .stoppedAtItsCall())
        .asInstanceOf(type(Outcome.Stopped.class))
        .satisfies(stopped -> assertThat(stopped.where().orElseThrow().line()).isEqualTo(3));
  }

  @Test
  void aSyntaxErrorHasItsPlace() {
    try (var engine = new ScriptEngine()) {
      var problems =
          engine.check(
              new Script("user.mjs", "1", "export default {\n  a b }", Map.of("m.js", "let 1")));
      assertThat(problems).hasSize(2);
      assertThat(problems.getFirst().module()).isEqualTo("user.mjs");
      assertThat(problems.getFirst().line()).isEqualTo(2);
      assertThat(problems.getFirst().column()).isEqualTo(5);
      assertThat(problems.getFirst().message()).isEqualTo("Expected : but found b");
      assertThat(problems.getLast().module()).isEqualTo("m.js");
      assertThat(engine.check(Script.of("user.mjs", body("return 1")))).isEmpty();
      assertThat(engine.describe()).matches("GraalJS 25.*");
    }
  }

  @Test
  void aResultBeyondItsLimitIsNotHandedOut() {
    assertThat(Trial.of(body("return 'x'.repeat(2 << 20)")).run())
        .isInstanceOf(Outcome.ResultTooLarge.class);
  }

  @Test
  void webGlobalsAreThere() {
    var source =
        body(
            "const u = new URL('../x?a=1&a=2#h', 'https://u:p@Ex.org:8443/d/e/f'); u.searchParams.append('b', 'ü &');"
                + "const d = await crypto.subtle.digest('SHA-256', new TextEncoder().encode('abc'));"
                + "const c = new AbortController(); c.abort();"
                + "const m = structuredClone({d: new Date(0), m: new Map([[1, {a: 1}]])});"
                + "return [u.href, atob(btoa('hé')), new Uint8Array(d)[0], c.signal.aborted, m.m.get(1).a,"
                + " crypto.randomUUID().length, crypto.getRandomValues(new Uint8Array(3)).length,"
                + " new URL('http://0x7f.1/').hostname, URL.canParse('nope')]");
    assertThat(Trial.of(source).result())
        .isEqualTo(
            "[\"https://u:p@ex.org:8443/d/x?a=1&a=2&b=%C3%BC+%26#h\",\"hé\",186,true,1,36,3,"
                + "\"127.0.0.1\",false]");
  }
}
