package io.oarlock.engine;

import io.oarlock.automations.HostCallException;
import io.oarlock.automations.LogLine;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Answers a run with what an earlier one got: nothing is asked, sent or changed. Calls are known by
 * what they ask, not by their place, since a script that asks several things at once does so in any
 * order; equal ones are answered in the order in which they were.
 */
final class Replayer implements RunCalls {
  private record Asked(String operation, Map<String, Object> arguments) {}

  private final RunLog log = new RunLog();
  private final Map<Asked, Queue<Recording.Reply>> replies = new HashMap<>();

  Replayer(Recording recording) {
    for (var reply : recording.replies()) {
      replies
          .computeIfAbsent(new Asked(reply.operation(), reply.arguments()), _ -> new ArrayDeque<>())
          .add(reply);
    }
  }

  @Override
  public RunLog log() {
    return log;
  }

  @Override
  public void log(LogLine line) {
    log.add(line);
  }

  @Override
  public @Nullable Object call(String operation, Map<String, Object> arguments)
      throws HostCallException {
    var reply = next(new Asked(operation, arguments));
    if (reply == null) {
      throw new HostCallException(
          "not-recorded",
          "The recorded run made no such call of %s: what the script asks depends on the time, on chance or on a call beyond the first %d"
              .formatted(operation, Recording.CALLS_MAX));
    }
    return reply.give();
  }

  private synchronized Recording.@Nullable Reply next(Asked asked) {
    var waiting = replies.get(asked);
    return waiting == null ? null : waiting.poll();
  }
}
