package io.oarlock.engine;

import io.oarlock.model.ResourceModel;
import io.oarlock.store.Document;
import java.util.Optional;
import java.util.function.Function;

/** Opens the broker of each run. */
final class Brokers {
  private final ResourceModel model;
  private final Function<Call, Answer> platform;
  private final KeyValues keyValues;
  private final Fetches fetches;
  private final Tracing tracing;

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
      KeyValues keyValues,
      Fetches fetches,
      Tracing tracing) {
    this.tracing = tracing;
    this.model = model;
    this.platform = platform;
    this.keyValues = keyValues;
    this.fetches = fetches;
  }

  /** Opens one for a run of a trace; {@code begun} is told when the script begins. */
  Broker open(Automation automation, Document run, Optional<String> trace, Runnable begun) {
    return new Broker(model, platform, keyValues, fetches, tracing, automation, run, trace, begun);
  }
}
