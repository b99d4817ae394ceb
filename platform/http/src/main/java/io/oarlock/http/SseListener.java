package io.oarlock.http;

import io.oarlock.engine.EventFeed;
import io.oarlock.engine.Principal;
import io.oarlock.json.Json;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One who listens to server-sent events. The id of each is its sequence; heartbeats carry the
 * position too, so that a resume does not go back over what the subscriber was not to see anyway.
 */
final class SseListener implements Subscribers.Listening, Sink {
  private final Subscribers subscribers;
  private final Context context = Objects.requireNonNull(Vertx.currentContext());
  private @Nullable HttpServerResponse response;
  private @Nullable Subscription subscription;
  private @Nullable Promise<Void> waiting;

  SseListener(Subscribers subscribers) {
    this.subscribers = subscribers;
  }

  /** Called on the event loop of the connection, which owns all fields. */
  void begin(
      HttpServerRequest request, EventFeed feed, Supplier<Principal> verify, String requestId) {
    var out = request.response();
    response = out;
    out.setChunked(true)
        .putHeader("Content-Type", "text/event-stream; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Request-Id", requestId)
        .closeHandler(_ -> left())
        .exceptionHandler(_ -> left());
    var running = new Subscription(subscribers.push(), feed, this, verify);
    subscription = running;
    subscribers.joined(this);
    out.write("retry: 1000\nid: " + running.position() + "\n\n");
    Thread.startVirtualThread(running);
  }

  @Override
  public Future<Void> send(List<Map<String, Object>> messages) {
    var text = Buffer.buffer();
    for (var message : messages) {
      append(text, message);
    }
    subscribers.count(messages.size());
    return write(text);
  }

  private static void append(Buffer text, Map<String, Object> message) {
    if (message.get("to") instanceof Long to && "Gap".equals(message.get("kind"))) {
      text.appendString("event: gap\nid: " + to + "\n");
    } else {
      text.appendString("id: " + message.get("sequence") + "\n");
    }
    text.appendString("data: ").appendBytes(Json.write(message)).appendString("\n\n");
  }

  @Override
  public Future<Void> beat(long position) {
    return write(Buffer.buffer(": beat\nid: " + position + "\n\n"));
  }

  private Future<Void> write(Buffer text) {
    var room = Promise.<Void>promise();
    context.runOnContext(_ -> write(text, room));
    return room.future();
  }

  private void write(Buffer text, Promise<Void> room) {
    var out = Objects.requireNonNull(response);
    if (out.closed() || out.ended()) {
      room.fail("closed");
      return;
    }
    out.write(text);
    if (out.writeQueueFull()) {
      waiting = room;
      out.drainHandler(_ -> room.tryComplete());
    } else {
      room.complete();
    }
  }

  @Override
  public void end(Ending ending) {
    context.runOnContext(_ -> {
      var out = Objects.requireNonNull(response);
      if (!out.closed() && !out.ended()) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("kind", "End");
        tree.put("code", ending.code());
        tree.put("detail", ending.detail());
        out.end("event: end\ndata: " + Json.text(tree) + "\n\n");
      }
      left();
    });
  }

  private void left() {
    if (subscription != null) {
      subscription.stop();
    }
    if (waiting != null) {
      waiting.tryFail("closed");
    }
    subscribers.left(this);
  }
}
