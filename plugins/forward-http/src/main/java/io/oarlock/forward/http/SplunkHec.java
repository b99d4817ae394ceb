package io.oarlock.forward.http;

import io.oarlock.json.Json;
import io.oarlock.spi.Outgoing;
import io.oarlock.spi.Sink;
import io.oarlock.spi.SinkContext.HttpReply;
import io.oarlock.spi.SinkException;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Posts to a Splunk HTTP event collector, as "Format events for HTTP Event Collector" and "About
 * HTTP Event Collector Indexer Acknowledgment" of Splunk's manual say. With acknowledgement a batch
 * counts when the indexers have it: an answer of 200 alone says that it stands in a queue.
 */
final class SplunkHec implements Sink {
  /** Longest wait for the indexers; the batch is sent again then. */
  static final Duration ACKNOWLEDGED_WITHIN = Duration.ofMinutes(1);

  private static final Duration ASK_FIRST = Duration.ofMillis(50);
  private static final Duration ASK_MAX = Duration.ofSeconds(1);

  /** No data, invalid data format, event field missing or blank. */
  private static final Set<Long> BAD_CODES = Set.of(5L, 6L, 12L, 13L);

  private final Web web;

  /**
   * Acknowledgements are asked for on the channel of the batch; a sink that failed gets a new one.
   */
  private final String channel = UUID.randomUUID().toString();

  SplunkHec(Web web) {
    this.web = web;
  }

  @Override
  public void send(List<Outgoing> batch) throws SinkException, InterruptedException {
    var body = new ByteArrayOutputStream();
    batch.forEach(outgoing -> body.writeBytes(Json.write(event(outgoing))));
    var reply =
        web.post(
            web.url("/services/collector/event"),
            "application/json",
            headers(),
            body.toByteArray());
    var answer = Web.object(reply);
    if (!reply.isGood()) {
      throw failure(reply, answer);
    }
    if (web.settings().truth("acknowledge")) {
      if (!(answer.get("ackId") instanceof Number ack)) {
        throw SinkException.later(
            "the collector gave no ackId: switch indexer acknowledgement on for its token");
      }
      await(ack.longValue());
    }
  }

  private Map<String, String> headers() throws SinkException {
    var headers = web.authorized("Splunk");
    headers.put("x-splunk-request-channel", channel);
    return headers;
  }

  private static SinkException failure(HttpReply reply, Map<String, Object> answer) {
    var isBad = answer.get("code") instanceof Number code && BAD_CODES.contains(code.longValue());
    // A wrong token or index answers 400 or 403 as well, and is put right by people.
    return reply.status() == 400 && !isBad
        ? SinkException.later("it answered with status 400: " + reply.body().strip())
        : Web.failure(reply);
  }

  private Map<String, Object> event(Outgoing outgoing) {
    var event = new LinkedHashMap<String, Object>();
    event.put("time", BigDecimal.valueOf(outgoing.time().toEpochMilli(), 3).toPlainString());
    event.put("host", "oarlock");
    event.put("source", web.source());
    event.put("sourcetype", "oarlock:event");
    web.settings().text("index").ifPresent(index -> event.put("index", index));
    event.put("event", outgoing.payload());
    event.put(
        "fields",
        Map.of("event_id", outgoing.id(), "sequence", String.valueOf(outgoing.sequence())));
    return event;
  }

  private void await(long ack) throws SinkException, InterruptedException {
    var end = System.nanoTime() + ACKNOWLEDGED_WITHIN.toNanos();
    var wait = ASK_FIRST;
    while (!acknowledged(ack)) {
      if (System.nanoTime() > end) {
        throw SinkException.later("the indexers did not acknowledge in " + ACKNOWLEDGED_WITHIN);
      }
      Thread.sleep(wait);
      wait = wait.multipliedBy(2).compareTo(ASK_MAX) < 0 ? wait.multipliedBy(2) : ASK_MAX;
    }
  }

  private boolean acknowledged(long ack) throws SinkException {
    var reply =
        web.post(
            web.url("/services/collector/ack?channel=" + channel),
            "application/json",
            headers(),
            Json.write(Map.of("acks", List.of(ack))));
    if (!reply.isGood()) {
      throw SinkException.later("asked for acknowledgement it answered " + reply.status());
    }
    var acks = Web.object(reply).get("acks");
    return acks != null && Boolean.TRUE.equals(Web.object(acks).get(String.valueOf(ack)));
  }
}
