package io.oarlock.traces;

import io.oarlock.engine.Tracing;
import java.util.List;
import java.util.Map;

/**
 * Whether anybody wants traces, as the environment says by the names OpenTelemetry gave. Until
 * somebody does, no class of that library is loaded.
 */
public final class Traces {
  /** Any of these turns traces on. */
  private static final List<String> ENDPOINTS =
      List.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");

  private static final String DISABLED = "OTEL_SDK_DISABLED";

  private Traces() {}

  public static Tracing of(Map<String, String> environment) {
    var isWanted =
        ENDPOINTS.stream().anyMatch(name -> !environment.getOrDefault(name, "").isBlank())
            && !Boolean.parseBoolean(environment.get(DISABLED));
    return isWanted ? OtlpTracing.open(environment) : Tracing.none();
  }
}
