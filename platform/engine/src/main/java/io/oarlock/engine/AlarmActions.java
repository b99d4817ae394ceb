package io.oarlock.engine;

import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What people do with alarms: the same writes as any, under the words people use. */
final class AlarmActions {
  private final Function<Call, Answer> platform;

  AlarmActions(Function<Call, Answer> platform) {
    this.platform = platform;
  }

  Map<String, Actions> all() {
    return Map.of(
        "alarm/acknowledge", call -> put(call, "Acknowledged"),
        "alarm/resolve", call -> put(call, "Resolved"));
  }

  private Map<String, Object> put(ActionCall call, String status) {
    var answer =
        platform.apply(
            new Call(
                Operation.PATCH,
                call.type(),
                call.namespace(),
                Optional.of(call.id().orElseThrow(() -> Problem.malformed("An id is missing"))),
                Map.of("status", status),
                Call.Reading.DEFAULT,
                Call.Writing.DEFAULT,
                call.caller()));
    return answer instanceof Answer.One(var resource, _) ? resource : Map.of();
  }
}
