package io.oarlock.http;

import io.oarlock.engine.Call;
import io.oarlock.engine.EventFeed;
import io.oarlock.engine.Platform;
import io.oarlock.engine.Principal;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.function.Supplier;

/** {@code GET /v1/events}: the event log as it grows, as server-sent events or over a WebSocket. */
final class EventsRoute {
  static final String WORD = "events";

  /** What a browser offers beside its token, and gets accepted. */
  static final String PROTOCOL = "oarlock.events.v1";

  private final Platform platform;
  private final Subscribers subscribers;
  private final FeedRequests requests;

  EventsRoute(Platform platform, Subscribers subscribers) {
    this.platform = platform;
    this.subscribers = subscribers;
    this.requests = new FeedRequests(platform.model());
  }

  Route.Branch branch() {
    var route = Route.reading(RouteTable.PREFIX + WORD, this::handle);
    return Route.Branch.of(Map.of(HttpMethod.GET, route), Map.of());
  }

  private Reply handle(ApiRequest request, Call.Caller caller) {
    var namespace =
        request.namespace().orElseGet(() -> platform.defaultNamespace(caller.principal()));
    var wanted = requests.of(request, namespace);
    subscribers.take();
    EventFeed feed;
    try {
      feed = platform.subscribe(caller.principal(), wanted);
    } catch (RuntimeException e) {
      subscribers.giveBack();
      throw e;
    }
    var token = Gate.token(request).orElseThrow();
    Supplier<Principal> verify = () -> platform.authenticate(token, request.origin());
    var requestId = request.origin().requestId();
    return new Reply.Stream(
        received -> begin(received, feed, wanted, verify, requestId),
        () -> {
          feed.close();
          subscribers.giveBack();
        });
  }

  private void begin(
      HttpServerRequest received,
      EventFeed feed,
      EventFeed.Request wanted,
      Supplier<Principal> verify,
      String requestId) {
    if (received.canUpgradeToWebSocket()) {
      new SocketListener(platform, subscribers, requests, wanted, verify).begin(received, feed);
    } else {
      new SseListener(subscribers).begin(received, feed, verify, requestId);
    }
  }
}
