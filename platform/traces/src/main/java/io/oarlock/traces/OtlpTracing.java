package io.oarlock.traces;

import io.oarlock.engine.Tracing;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Spans that are sent over OTLP/HTTP, in batches and off the threads that made them. Sampling, the
 * size of batches and queues and all else is set by the environment variables of OpenTelemetry.
 */
final class OtlpTracing implements Tracing {
  /** How long the end of the platform waits for the last spans to be sent. */
  private static final long FLUSH_SECONDS_MAX = 5;

  private static final String TRACEPARENT = "traceparent";

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.service.name", "oarlock",
          "otel.traces.exporter", "otlp",
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none",
          "otel.propagators", "tracecontext",
          "otel.exporter.otlp.protocol", "http/protobuf");

  private final OpenTelemetrySdk sdk;
  private final Tracer tracer;

  private OtlpTracing(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
    this.tracer = sdk.getTracer("io.oarlock");
  }

  static OtlpTracing open(Map<String, String> environment) {
    var settings = new HashMap<>(DEFAULTS);
    environment.forEach((name, value) -> {
      if (name.startsWith("OTEL_")) {
        settings.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
      }
    });
    return new OtlpTracing(
        AutoConfiguredOpenTelemetrySdk.builder()
            .addPropertiesSupplier(() -> settings)
            .disableShutdownHook()
            .build()
            .getOpenTelemetrySdk());
  }

  @Override
  @SuppressWarnings("MustBeClosed") // the span that is handed out closes it
  public Tracing.Span begin(String name, Kind kind, Optional<String> parent) {
    var span =
        tracer
            .spanBuilder(name)
            .setSpanKind(kind(kind))
            .setParent(here().isValid() ? Context.current() : remote(parent))
            .startSpan();
    return new Watched(span, span.makeCurrent());
  }

  private static SpanContext here() {
    return io.opentelemetry.api.trace.Span.current().getSpanContext();
  }

  private static SpanKind kind(Kind kind) {
    return switch (kind) {
      case SERVER -> SpanKind.SERVER;
      case CLIENT -> SpanKind.CLIENT;
      case INTERNAL -> SpanKind.INTERNAL;
    };
  }

  private static Context remote(Optional<String> parent) {
    return parent
        .map(text ->
            W3CTraceContextPropagator.getInstance().extract(Context.root(), text, new OnlyParent()))
        .orElse(Context.root());
  }

  @Override
  public Optional<String> current() {
    return told(here());
  }

  private static Optional<String> told(SpanContext span) {
    return span.isValid()
        ? Optional.of(
            "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + span.getTraceFlags().asHex())
        : Optional.empty();
  }

  @Override
  public void close() {
    sdk.shutdown().join(FLUSH_SECONDS_MAX, TimeUnit.SECONDS);
  }

  /** A text that is the header itself. */
  private static final class OnlyParent implements TextMapGetter<String> {
    @Override
    public Iterable<String> keys(String carrier) {
      return List.of(TRACEPARENT);
    }

    @Override
    public @Nullable String get(@Nullable String carrier, String key) {
      return key.equals(TRACEPARENT) ? carrier : null;
    }
  }

  private record Watched(io.opentelemetry.api.trace.Span span, Scope scope)
      implements Tracing.Span {
    @Override
    public Tracing.Span note(String key, String value) {
      span.setAttribute(key, value);
      return this;
    }

    @Override
    public void failed(String why) {
      span.setStatus(StatusCode.ERROR, why);
    }

    @Override
    public Optional<String> traceparent() {
      return told(span.getSpanContext());
    }

    @Override
    public void close() {
      scope.close();
      span.end();
    }
  }
}
