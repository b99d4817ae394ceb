package io.oarlock.forward.http;

import io.oarlock.json.Json;
import io.oarlock.spi.Outgoing;
import io.oarlock.spi.Sink;
import io.oarlock.spi.SinkException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Posts log records as OTLP/HTTP 1.x says, in its JSON encoding (64-bit numbers are text there).
 */
final class Otlp implements Sink {
  private static final long NANOS = 1_000_000_000;
  private static final long INFO = 9;

  private final Web web;

  Otlp(Web web) {
    this.web = web;
  }

  @Override
  public void send(List<Outgoing> batch) throws SinkException {
    var reply =
        web.post(
            web.url(""), "application/json", web.authorized("Bearer"), Json.write(export(batch)));
    if (!reply.isGood()) {
      throw Web.failure(reply);
    }
    var partial = Web.object(reply).get("partialSuccess");
    if (partial != null) {
      var rejected = String.valueOf(Web.object(partial).get("rejectedLogRecords"));
      if (!rejected.equals("null") && !rejected.equals("0")) {
        throw SinkException.refused(
            "it rejected " + rejected + " records: " + Web.object(partial).get("errorMessage"));
      }
    }
  }

  private Map<String, Object> export(List<Outgoing> batch) {
    var resource = Map.of("attributes", List.of(attribute("service.name", "oarlock")));
    var scope = Map.of("name", "io.oarlock.events");
    var records = batch.stream().map(this::logged).toList();
    return Map.of(
        "resourceLogs",
        List.of(
            Map.of(
                "resource",
                resource,
                "scopeLogs",
                List.of(Map.of("scope", scope, "logRecords", records)))));
  }

  private Map<String, Object> logged(Outgoing outgoing) {
    var time = outgoing.time();
    var nanos = String.valueOf(time.getEpochSecond() * NANOS + time.getNano());
    var operation = outgoing.operation().toLowerCase(Locale.ROOT);
    var logged = new LinkedHashMap<String, Object>();
    logged.put("timeUnixNano", nanos);
    logged.put("observedTimeUnixNano", nanos);
    logged.put("severityNumber", INFO);
    logged.put("severityText", "INFO");
    logged.put("eventName", "oarlock." + outgoing.type() + "." + operation);
    logged.put("body", any(outgoing.payload()));
    logged.put(
        "attributes",
        List.of(
            attribute("oarlock.event.id", outgoing.id()),
            attribute("oarlock.event.sequence", outgoing.sequence()),
            attribute("oarlock.namespace", outgoing.namespace()),
            attribute("oarlock.resource.type", outgoing.type()),
            attribute("oarlock.resource.id", outgoing.resourceId())));
    return logged;
  }

  private static Map<String, Object> attribute(String key, Object value) {
    return Map.of("key", key, "value", any(value));
  }

  /** A tree as an AnyValue; nothing is an AnyValue without a value. */
  static Map<String, Object> any(@Nullable Object tree) {
    return switch (tree) {
      case null -> Map.of();
      case String text -> Map.of("stringValue", text);
      case Boolean truth -> Map.of("boolValue", truth);
      case Long number -> Map.of("intValue", String.valueOf(number));
      case Integer number -> Map.of("intValue", String.valueOf(number));
      case Double number -> Map.of("doubleValue", number);
      case List<?> list -> {
        var values = new ArrayList<Map<String, Object>>();
        list.forEach(element -> values.add(any(element)));
        yield Map.of("arrayValue", Map.of("values", values));
      }
      case Map<?, ?> map -> {
        var values = new ArrayList<Map<String, Object>>();
        map.forEach(
            (key, value) -> values.add(Map.of("key", String.valueOf(key), "value", any(value))));
        yield Map.of("kvlistValue", Map.of("values", values));
      }
      default -> Map.of("stringValue", String.valueOf(tree));
    };
  }
}
