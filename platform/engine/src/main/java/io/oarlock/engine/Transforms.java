package io.oarlock.engine;

import io.oarlock.automations.AutomationRunner;
import io.oarlock.automations.Entry;
import io.oarlock.automations.HostCallException;
import io.oarlock.automations.HostCalls;
import io.oarlock.automations.Limits;
import io.oarlock.automations.LogLine;
import io.oarlock.automations.RunRequest;
import io.oarlock.automations.RunResult;
import io.oarlock.automations.Script;
import io.oarlock.spi.SinkException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the transforms of forwarders as other people's code is run everywhere: in a worker of the
 * tenant, with limits, here without any call of the platform.
 */
final class Transforms {
  private static final String MODULE = "transform.js";

  /** A whole batch in one run: a run for each event would cost more than the events. */
  private static final String EACH =
      """
      import transform from './transform.js';
      export default async function (ctx) {
        const made = [];
        for (const event of ctx.event.events) made.push((await transform(event)) ?? null);
        return made;
      }
      """;

  private static final Limits LIMITS =
      Limits.defaults()
          .withWallTime(Duration.ofSeconds(10))
          .withCpuTime(Duration.ofSeconds(10))
          .withResultBytes(4L << 20)
          .withOutboundRequests(0)
          .withApiCalls(0);

  private final AutomationRunner runner;

  Transforms(AutomationRunner runner) {
    this.runner = runner;
  }

  static Script script(String name, String source) {
    return new Script(name, "1", EACH, Map.of(MODULE, source));
  }

  /**
   * What a transform makes of events, null for those that are not sent.
   *
   * @throws SinkException refused when the script fails, so that the event it fails for is found
   */
  List<@Nullable Object> apply(Forwarder forwarder, List<Map<String, Object>> events)
      throws SinkException, InterruptedException {
    var request =
        new RunRequest(
            Ids.next(),
            forwarder.namespace().value(),
            script(forwarder.name(), forwarder.transform().orElseThrow()),
            Entry.EVENT,
            Map.of("event", Map.of("events", events), "params", Map.of()),
            LIMITS);
    return switch (runner.run(request, new Nothing())) {
      case RunResult.Succeeded(var value, _) -> made(value, events.size());
      case RunResult.Failed(var error, _) ->
          throw SinkException.refused(
              "the transform failed: " + error.message() + " (line " + error.line() + ")");
      case RunResult.LimitExceeded(var limit, _, _) ->
          throw SinkException.refused("the transform passed its limit " + limit);
      case RunResult.TimedOut _ -> throw SinkException.refused("the transform took too long");
      case RunResult.Refused(var reason, _, _) ->
          throw SinkException.refused("the transform refused: " + reason);
      case RunResult.Skipped _ -> throw SinkException.refused("the transform said nothing");
      case RunResult.Lost(var reason, _, _) -> throw SinkException.later(reason);
      case RunResult.Cancelled _ -> throw SinkException.later("the platform is stopping");
    };
  }

  private static List<@Nullable Object> made(@Nullable Object value, int count)
      throws SinkException {
    if (!(value instanceof List<?> list) || list.size() != count) {
      throw SinkException.refused("the transform lost count of its events");
    }
    return new ArrayList<@Nullable Object>(list);
  }

  /** A transform gets events and gives events; it calls nothing. */
  private static final class Nothing implements HostCalls {
    @Override
    public @Nullable Object call(String operation, Map<String, Object> arguments)
        throws HostCallException {
      throw new HostCallException(
          "not-allowed", "A transform makes one event of another and calls nothing");
    }

    @Override
    public void log(LogLine line) {
      // Nobody reads what a transform logs; what it throws is told.
    }
  }
}
