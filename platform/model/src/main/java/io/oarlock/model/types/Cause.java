package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Range;
import io.oarlock.model.Size;
import java.util.Optional;

/** Why something happened. */
public record Cause(
    @Doc("What kind of cause.") @Example("Event") Kind kind,
    @Doc("Identifier of the request, event, run, firing or call that is the cause.")
        @Example("6741f3a2c0de4b0f8a1d2e40")
        @Size(max = 256)
        Optional<String> id,
    @Doc("Steps from the first cause; beyond the hop budget the chain is cut.")
        @Example("1")
        @Range(max = 64)
        long depth,
    @Doc("Event or run that caused the cause.")
        @Example("6741f3a2c0de4b0f8a1d2e41")
        @Size(max = 256)
        Optional<String> parent,
    @Doc("Request at the start of the chain.") @Example("01JD8Z3N7Q") @Size(max = 256)
        Optional<String> request,
    @Doc("Trace the chain belongs to, as W3C Trace Context writes it.")
        @Example("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        @Size(max = 64)
        Optional<String> traceparent) {

  /** Kinds of causes. */
  public enum Kind {
    @Doc("Somebody called the API.")
    REQUEST,
    @Doc("A committed event.")
    EVENT,
    @Doc("A slot of a schedule.")
    SCHEDULE,
    @Doc("A call of a call URL.")
    CALL,
    @Doc("A hook policy.")
    HOOK,
    @Doc("A test of an automation.")
    TEST,
    @Doc("Somebody asked for a repetition.")
    REDRIVE,
    @Doc("A run of an automation.")
    RUN,
    @Doc("The platform itself.")
    PLATFORM
  }
}
