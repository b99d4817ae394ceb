package io.oarlock.http;

import io.oarlock.engine.EventFeed;
import io.oarlock.engine.Platform;
import io.oarlock.engine.Principal;
import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import io.oarlock.model.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One who listens over a WebSocket, and may send what he wants to hear instead. Fields belong to
 * the event loop of the connection but for {@code current} and {@code wanted}, which this object's
 * lock guards: only the current subscription sends. A new one goes on where the last was seen to
 * be, so that nothing is left out; what was just being sent may come twice.
 */
final class SocketListener implements Subscribers.Listening {
  private static final int UNANSWERED_MAX = 3;

  private final Platform platform;
  private final Subscribers subscribers;
  private final FeedRequests requests;
  private final Supplier<Principal> verify;
  private final Context context = Objects.requireNonNull(Vertx.currentContext());
  private EventFeed.Request wanted;
  private @Nullable Subscription current;
  private @Nullable ServerWebSocket socket;
  private @Nullable Promise<Void> waiting;
  private int unanswered;

  SocketListener(
      Platform platform,
      Subscribers subscribers,
      FeedRequests requests,
      EventFeed.Request wanted,
      Supplier<Principal> verify) {
    this.platform = platform;
    this.subscribers = subscribers;
    this.requests = requests;
    this.wanted = wanted;
    this.verify = verify;
  }

  void begin(HttpServerRequest request, EventFeed feed) {
    request
        .toWebSocket()
        .onComplete(
            opened -> opened(opened, feed),
            _ -> {
              feed.close();
              subscribers.giveBack();
            });
  }

  private void opened(ServerWebSocket opened, EventFeed feed) {
    socket = opened;
    opened.pongHandler(_ -> unanswered = 0);
    opened.closeHandler(_ -> left());
    opened.exceptionHandler(_ -> left());
    opened.textMessageHandler(this::asked);
    subscribers.joined(this);
    replace(feed, wanted);
  }

  /** Reads one message at a time: the next waits in the socket. */
  private void asked(String text) {
    var from = Objects.requireNonNull(socket);
    from.pause();
    Thread.startVirtualThread(() -> {
      answer(text);
      context.runOnContext(_ -> from.resume());
    });
  }

  private void answer(String text) {
    try {
      var message = Json.parseObject(text);
      EventFeed.Request before;
      long position;
      synchronized (this) {
        before = wanted;
        position = current == null ? 0 : current.position();
      }
      var after = requests.of(message, before, position);
      var feed = platform.subscribe(verify.get(), after);
      tell(Tree.of("kind", "Subscribed").put("after", after.after().orElse(position)).map());
      replace(feed, after);
    } catch (JsonException e) {
      tellProblem(ApiRequest.malformedJson(e));
    } catch (Problem problem) {
      tellProblem(problem);
    }
  }

  private void tellProblem(Problem problem) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("kind", "Problem");
    tree.putAll(Problems.tree(problem, ""));
    tree.remove("instance");
    tell(tree);
  }

  private void tell(Map<String, Object> message) {
    context.runOnContext(_ -> write(List.of(message), Promise.promise()));
  }

  private synchronized void replace(EventFeed feed, EventFeed.Request request) {
    if (current != null) {
      current.stop();
    }
    wanted = request;
    var sink = new CurrentSink();
    var next = new Subscription(subscribers.push(), feed, sink, verify);
    sink.of = next;
    current = next;
    Thread.startVirtualThread(next);
  }

  /** Lets only the current subscription through. */
  private final class CurrentSink implements Sink {
    private @Nullable Subscription of;

    @Override
    public Future<Void> send(List<Map<String, Object>> messages) {
      subscribers.count(messages.size());
      return pass(room -> write(messages, room));
    }

    @Override
    public Future<Void> beat(long position) {
      return pass(SocketListener.this::ping);
    }

    private Future<Void> pass(Consumer<Promise<Void>> action) {
      var room = Promise.<Void>promise();
      synchronized (SocketListener.this) {
        if (of != current) {
          room.fail("replaced");
        } else {
          context.runOnContext(_ -> action.accept(room));
        }
      }
      return room.future();
    }

    @Override
    public void end(Ending ending) {
      SocketListener.this.end(ending);
    }
  }

  private void write(List<Map<String, Object>> messages, Promise<Void> room) {
    var to = Objects.requireNonNull(socket);
    if (to.isClosed()) {
      room.fail("closed");
      return;
    }
    messages.forEach(message -> to.writeTextMessage(Json.text(message)));
    if (to.writeQueueFull()) {
      waiting = room;
      to.drainHandler(_ -> room.tryComplete());
    } else {
      room.complete();
    }
  }

  private void ping(Promise<Void> room) {
    var to = Objects.requireNonNull(socket);
    if (to.isClosed()) {
      room.fail("closed");
    } else if (++unanswered > UNANSWERED_MAX) {
      end(Ending.SILENT);
      room.fail("silent");
    } else {
      to.writePing(Buffer.buffer("oarlock"));
      room.complete();
    }
  }

  @Override
  public void end(Ending ending) {
    context.runOnContext(_ -> {
      var from = Objects.requireNonNull(socket);
      if (!from.isClosed()) {
        from.close((short) ending.closeCode(), reason(ending));
      }
    });
  }

  /** A close frame has room for 123 bytes. */
  private static String reason(Ending ending) {
    var text = ending.code() + ": " + ending.detail();
    var ascii = text.replaceAll("[^\\x20-\\x7e]", "?");
    return ascii.length() <= 123 ? ascii : ascii.substring(0, 123);
  }

  private void left() {
    synchronized (this) {
      if (current != null) {
        current.stop();
      }
    }
    if (waiting != null) {
      waiting.tryFail("closed");
    }
    subscribers.left(this);
  }
}
