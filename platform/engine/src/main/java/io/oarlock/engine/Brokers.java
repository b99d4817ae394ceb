package io.oarlock.engine;

import io.oarlock.model.ResourceModel;
import io.oarlock.store.Document;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Opens the broker of each run. */
final class Brokers {
  private final ResourceModel model;
  private final Function<Call, Answer> platform;
  private final Values values;
  private final Fetches fetches;
  private final Tracing tracing;
  private final InstantSource clock;

  /** What a script's {@code fetch} goes through. */
  interface Fetches {
    /**
     * Sends a request for an automation, secrets put in where their handles stand.
     *
     * @param arguments as the script gave them
     * @return {@code url, status, headers, body}
     */
    java.util.Map<String, Object> fetch(
        Automation automation, java.util.Map<String, Object> arguments)
        throws io.oarlock.automations.HostCallException;

    /** Refuses a URL whose host is none of those that the automation may ask. */
    void requireHost(Automation automation, String url)
        throws io.oarlock.automations.HostCallException;

    /** Refuses a secret that is not bound to the automation or not there. */
    void requireSecret(Automation automation, String name)
        throws io.oarlock.automations.HostCallException;
  }

  Brokers(
      ResourceModel model,
      Function<Call, Answer> platform,
      Values values,
      Fetches fetches,
      Tracing tracing,
      InstantSource clock) {
    this.tracing = tracing;
    this.model = model;
    this.platform = platform;
    this.values = values;
    this.fetches = fetches;
    this.clock = clock;
  }

  /** Opens one for a run of a trace; {@code begun} is told when the script begins. */
  Broker open(Automation automation, Document run, Optional<String> trace, Runnable begun) {
    var own = Trees.truth(run.body(), "dryRun") ? new DryValues(values, clock) : values;
    return new Broker(model, platform, own, fetches, tracing, automation, run, trace, begun);
  }

  /** Values that some dry runs share, so that a later one sees what an earlier one did. */
  DryValues dryValues(InstantSource at) {
    return new DryValues(values, at);
  }

  /** Opens one for a dry run that asks another platform, and keeps its values there. */
  Broker rehearse(
      Automation automation, Document run, Function<Call, Answer> other, DryValues shared) {
    return new Broker(
        model, other, shared, fetches, tracing, automation, run, Optional.empty(), () -> {});
  }
}
