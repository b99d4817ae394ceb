package io.oarlock.forward.http;

import io.oarlock.json.Json;
import io.oarlock.spi.Outgoing;
import io.oarlock.spi.Sink;
import io.oarlock.spi.SinkException;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Posts to {@code _bulk}. The id of an event is that of its document and only {@code create} is
 * asked for, so a repeated event is a conflict that says it is there already.
 */
final class Elastic implements Sink {
  private static final int THERE_ALREADY = 409;
  private static final int TOO_MANY = 429;
  private static final int SERVERS_FAULT = 500;

  private final Web web;

  Elastic(Web web) {
    this.web = web;
  }

  @Override
  public void send(List<Outgoing> batch) throws SinkException {
    var body = new ByteArrayOutputStream();
    for (var outgoing : batch) {
      var target = Map.of("_index", web.settings().required("index"), "_id", outgoing.id());
      body.writeBytes(Json.write(Map.of("create", target)));
      body.write('\n');
      body.writeBytes(Json.write(document(outgoing)));
      body.write('\n');
    }
    var reply =
        web.post(
            web.url("/_bulk"),
            "application/x-ndjson",
            web.authorized("ApiKey"),
            body.toByteArray());
    if (!reply.isGood()) {
      throw Web.failure(reply);
    }
    var answer = Web.object(reply);
    if (!(answer.get("items") instanceof List<?> items) || items.size() != batch.size()) {
      throw SinkException.later("its answer does not tell of each event");
    }
    check(items);
  }

  private static void check(List<?> items) throws SinkException {
    var refused = "";
    for (var item : items) {
      var created = item == null ? Map.<String, Object>of() : created(item);
      var status = created.get("status") instanceof Number number ? number.intValue() : 0;
      if (status == TOO_MANY || status >= SERVERS_FAULT || status == 0) {
        throw SinkException.later("an event was answered with " + status + ": " + reason(created));
      }
      if (status >= 300 && status != THERE_ALREADY) {
        refused = reason(created);
      }
    }
    if (!refused.isEmpty()) {
      throw SinkException.refused("an event was refused: " + refused);
    }
  }

  private static Map<String, Object> created(Object item) {
    var created = Web.object(item).get("create");
    return created == null ? Map.of() : Web.object(created);
  }

  private static String reason(Map<String, Object> created) {
    var error = created.get("error");
    return error == null ? "no reason given" : String.valueOf(Web.object(error).get("reason"));
  }

  private static Map<String, Object> document(Outgoing outgoing) {
    var document = new LinkedHashMap<String, Object>();
    document.put("@timestamp", outgoing.time().toString());
    if (outgoing.payload() instanceof Map<?, ?>) {
      document.putAll(Web.object(outgoing.payload()));
    } else {
      document.put("message", outgoing.payload());
    }
    return document;
  }
}
