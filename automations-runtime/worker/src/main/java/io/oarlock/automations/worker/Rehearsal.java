package io.oarlock.automations.worker;

import io.oarlock.automations.Limits;
import io.oarlock.automations.Script;
import io.oarlock.automations.graaljs.ScriptEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Plays a script that touches what scripts usually touch, from the platform's message to the
/// answer, so that the first run of a tenant finds its classes loaded, and the AOT cache knows
/// which these are.
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

  private final ScriptEngine engine;
  private final Meters meters = new Meters();

  Rehearsal(ScriptEngine engine) {
    this.engine = engine;
  }

  void play() {
    for (var round = 0; round < ROUNDS; round++) {
      once();
    }
  }

  /// Everything a run does, but for the socket.
  void once() {
    var house = new EmptyHouse();
    try {
      var run = new WorkerRun(request(), engine, new Connection(house));
      house.run = run;
      run.run(meters, () -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!house.applauded) {
      throw new IllegalStateException("the rehearsal failed: this engine runs no scripts");
    }
  }

  /// As it comes from the platform.
  private static Frame request() throws IOException {
    var limits = Limits.defaults();
    var header =
        Map.of(
            "run", "rehearsal",
            "script", WireScript.tree(PIECE),
            "wallNanos", limits.wallTime().toNanos(),
            "cpuNanos", limits.cpuTime().toNanos(),
            "memoryBytes", limits.memoryBytes(),
            "logBytes", limits.logBytes(),
            "resultBytes", limits.resultBytes());
    return received(Frame.of(Frame.Kind.RUN, header, FACTS).encoded());
  }

  private static Frame received(ByteBuffer frame) throws IOException {
    return Frame.decoded(frame.position(frame.position() + Integer.BYTES));
  }

  /// Takes what the run says to the platform, and answers its calls.
  private static final class EmptyHouse implements ByteChannel {
    private @Nullable WorkerRun run;
    private boolean applauded;

    @Override
    public int write(ByteBuffer frame) throws IOException {
      var count = frame.remaining();
      var said = received(frame.duplicate());
      frame.position(frame.limit());
      if (said.kind() == Frame.Kind.CALL && run != null) {
        var found = said.string("operation").equals("api.list");
        run.answer(
            Math.toIntExact(said.number("call")),
            found,
            found ? "[{\"name\":\"a\"}]" : "{\"code\":\"not-found\",\"message\":\"no\"}");
      } else if (said.kind() == Frame.Kind.DONE) {
        applauded = said.string("outcome").equals("succeeded");
      }
      return count;
    }

    @Override
    public int read(ByteBuffer target) {
      return -1;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
