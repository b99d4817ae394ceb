package io.oarlock.forward.http;

import io.oarlock.json.Json;
import io.oarlock.spi.Outgoing;
import io.oarlock.spi.Sink;
import io.oarlock.spi.SinkException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Posts batches of CloudEvents 1.0 in their JSON batch format; any 2xx acknowledges. */
final class CloudEvents implements Sink {
  private final Web web;

  CloudEvents(Web web) {
    this.web = web;
  }

  @Override
  public void send(List<Outgoing> batch) throws SinkException {
    var events = batch.stream().map(this::event).toList();
    var reply =
        web.post(
            web.url(""),
            "application/cloudevents-batch+json; charset=utf-8",
            web.authorized("Bearer"),
            Json.write(events));
    if (!reply.isGood()) {
      throw Web.failure(reply);
    }
  }

  private Map<String, Object> event(Outgoing outgoing) {
    var event = new LinkedHashMap<String, Object>();
    event.put("specversion", "1.0");
    event.put("id", outgoing.id());
    event.put("source", web.source());
    event.put(
        "type",
        "io.oarlock.event."
            + outgoing.type()
            + "."
            + outgoing.operation().toLowerCase(Locale.ROOT));
    event.put("subject", outgoing.type() + "/" + outgoing.resourceId());
    event.put("time", outgoing.time().toString());
    event.put("sequence", String.valueOf(outgoing.sequence()));
    event.put("datacontenttype", "application/json");
    event.put("data", outgoing.payload());
    return event;
  }
}
