package io.oarlock.automations.worker;

import io.oarlock.automations.Script;
import io.oarlock.automations.graaljs.Outcome;
import io.oarlock.automations.graaljs.ScriptEngine;
import io.oarlock.automations.graaljs.ScriptHost;
import java.util.Map;

/// Plays a script that touches what scripts usually touch, so that the first run of a tenant finds
/// its classes loaded, and the AOT cache knows which these are.
final class Rehearsal {

  private static final int ROUNDS = 3;

  private static final Script PIECE =
      new Script(
          "rehearsal",
          "1",
          """
          import { n } from './m.js';
          export const when = (ctx) => ctx.event !== undefined;
          export default async function (ctx) {
            ctx.log.info(`${n} ${ctx.event.object.name}`);
            const found = await ctx.api.list('tags', { filter: 'name == a' });
            await ctx.sleep(1);
            const { host } = new URL('https://example.com/a?b=c');
            const names = found.filter((one) => one.name).map(({ name }) => name);
            try {
              await ctx.api.get('tags', 'missing');
            } catch (e) {
              return { names, host, code: e.code, sum: [1, 2].reduce((a, b) => a + b, 0) };
            }
          }
          """,
          Map.of("m.js", "export const n = 1;"));

  private static final String FACTS = "{\"event\":{\"object\":{\"name\":\"a\"}}}";
  private static final long RESULT_BYTES_MAX = 1 << 20;

  private Rehearsal() {}

  static void play(ScriptEngine engine) {
    for (var round = 0; round < ROUNDS; round++) {
      once(engine);
    }
  }

  static void once(ScriptEngine engine) {
    var stage = new Stage();
    try (var run = engine.prepare(PIECE, FACTS, RESULT_BYTES_MAX, stage)) {
      stage.run = run;
      if (!(run.run() instanceof Outcome.Succeeded)) {
        throw new IllegalStateException("the rehearsal failed: this engine runs no scripts");
      }
    }
    engine.setStage();
  }

  private static final class Stage implements ScriptHost {
    private io.oarlock.automations.graaljs.@org.jspecify.annotations.Nullable ScriptRun run;

    @Override
    public void call(int id, String operation, String arguments) {
      if (run != null) {
        var found = operation.equals("api.list");
        run.answer(
            id,
            found,
            found ? "[{\"name\":\"a\"}]" : "{\"code\":\"not-found\",\"message\":\"no\"}");
      }
    }

    @Override
    public void log(String level, String message) {}
  }
}
