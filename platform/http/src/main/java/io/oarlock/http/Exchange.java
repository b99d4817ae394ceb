package io.oarlock.http;

import io.oarlock.engine.Call;
import io.oarlock.model.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the edge. Its state belongs to the event loop of its connection;
 * only {@link Edge#answer} runs elsewhere, on a virtual thread, and touches none of it.
 */
final class Exchange {
  static final String UNMATCHED = "unmatched";

  private static final String KEY = Exchange.class.getName();

  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
  private static final Pattern TRACEPARENT =
      Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  /** Whoever comes by the platform's Unix-domain socket is on this machine. */
  private static final String LOOPBACK = "127.0.0.1";

  private final Edge edge;
  private final HttpServerRequest request;
  private final Context context;
  private final Call.Origin origin;
  private final long startedAt = System.nanoTime();
  private String template = UNMATCHED;
  private boolean answered;
  private long timer = -1;
  private @Nullable BodyReader reader;

  Exchange(Edge edge, HttpServerRequest request) {
    this.edge = edge;
    this.request = request;
    this.context = edge.vertx().getOrCreateContext();
    this.origin =
        new Call.Origin(
            requestId(request.getHeader("X-Request-Id")),
            Optional.ofNullable(request.getHeader("traceparent"))
                .filter(text -> TRACEPARENT.matcher(text).matches()),
            address(request.remoteAddress()));
  }

  private static Optional<String> address(@Nullable SocketAddress peer) {
    if (peer == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(peer.isDomainSocket() ? LOOPBACK : peer.hostAddress());
  }

  /** The caller's own id when it has the right form, else a new one. */
  private static String requestId(@Nullable String given) {
    if (given != null && REQUEST_ID.matcher(given).matches()) {
      return given;
    }
    var random = ThreadLocalRandom.current();
    var hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }

  /** The path as sent; empty when the request target is none. */
  static String path(HttpServerRequest request) {
    return Objects.requireNonNullElse(request.path(), "");
  }

  /** The first of all routes: lets the request on to the others unless there is too much to do. */
  static void enter(Edge edge, RoutingContext context) {
    var exchange = new Exchange(edge, context.request());
    context.put(KEY, exchange);
    edge.origins().greet(context.request());
    if (edge.capacity().enter()) {
      exchange.requireShort(context.request().uri());
      context.next();
    } else {
      exchange.refuse(Edge.busy("as many requests under way as it takes"));
    }
  }

  private static Exchange of(RoutingContext context) {
    return Objects.requireNonNull(context.<Exchange>get(KEY));
  }

  /** Serves the request by the route found. */
  static void begin(RoutingContext context, Route.Match match) {
    of(context).begin(match);
  }

  /** No route has taken the request. */
  static void failed(
      RoutingContext context, BiFunction<Exchange, @Nullable Throwable, Problem> why) {
    var exchange = of(context);
    exchange.edge.capacity().leave();
    exchange.refuse(why.apply(exchange, context.failure()));
  }

  Problem undecodable(@Nullable Throwable failure) {
    return Problem.malformed("The URL cannot be decoded; percent-encode it as UTF-8");
  }

  Problem unrouted(@Nullable Throwable failure) {
    return RouteTable.unknownRoute(path(request));
  }

  Problem thrown(@Nullable Throwable failure) {
    return failure instanceof Problem problem
        ? problem
        : edge.unexpected(request, template, origin, failure);
  }

  private void begin(Route.Match match) {
    template = match.route().template();
    timer = edge.vertx().setTimer(edge.config().times().request().toMillis(), _ -> late());
    body(match.route()).onComplete(body -> work(match, body), failure -> unread(failure));
  }

  /** The codec of HTTP/1 refuses a longer one by itself, that of HTTP/2 does not. */
  private void requireShort(@Nullable String uri) {
    if (uri != null && uri.length() > edge.config().sizes().urlMax()) {
      throw urlTooLong(edge.config().sizes());
    }
  }

  private static Problem urlTooLong(HttpConfig.Sizes sizes) {
    return new Problem(
        Problem.Kind.URL_TOO_LONG,
        "url-too-long",
        "The URL is too long",
        "A request line has at most " + sizes.urlMax() + " bytes",
        List.of());
  }

  private Future<Buffer> body(Route route) {
    if (route.bodyMax() == 0) {
      if (request.canUpgradeToWebSocket()) {
        request.pause();
      }
      return Future.succeededFuture(Buffer.buffer());
    }
    reader = new BodyReader(edge, request, route.bodyMax());
    return reader.read();
  }

  private void unread(Throwable failure) {
    edge.capacity().leave();
    if (failure instanceof Problem problem) {
      refuse(problem);
    } else {
      conclude(499);
    }
  }

  private void work(Route.Match match, Buffer body) {
    Thread.startVirtualThread(() -> {
      var reply = edge.answer(match, request, body, origin);
      context.runOnContext(_ -> finish(reply));
    });
  }

  private void finish(Reply reply) {
    edge.capacity().leave();
    switch (reply) {
      case Reply.Full full -> write(full);
      case Reply.Stream stream -> {
        if (answered || request.response().closed()) {
          stream.abandon().run();
        } else {
          conclude(200);
          stream.begin().accept(request);
        }
      }
    }
  }

  /**
   * The answer took too long. The work goes on: interrupting a thread in the middle of a commit
   * closes the file under the store.
   */
  private void late() {
    timer = -1;
    refuse(
        Problem.unavailable(
            "timed-out",
            "No answer within "
                + edge.config().times().request()
                + "; a write may still happen. Read before you repeat it, or repeat it with the"
                + " same Idempotency-Key"));
  }

  /** Answers with a problem before any handler was asked. */
  void refuse(Problem problem) {
    write(Problems.reply(problem, origin.requestId()));
  }

  private void write(Reply.Full reply) {
    if (answered) {
      return;
    }
    conclude(reply.status());
    var response = request.response();
    if (response.closed() || response.ended()) {
      return;
    }
    response.setStatusCode(reply.status());
    var headers = response.headers();
    reply.headers().forEach((name, value) -> headers.add(name, value));
    headers.set("X-Request-Id", origin.requestId());
    headers.set("X-Content-Type-Options", "nosniff");
    if (!headers.contains("Cache-Control")) {
      headers.set("Cache-Control", "no-store");
    }
    origin.traceparent().ifPresent(trace -> headers.set("traceparent", trace));
    if (request.method().equals(HttpMethod.HEAD)) {
      headers.set("Content-Length", Integer.toString(reply.body().length));
      response.end();
    } else {
      response.end(Buffer.buffer(reply.body()));
    }
  }

  private void conclude(int status) {
    answered = true;
    if (timer >= 0) {
      edge.vertx().cancelTimer(timer);
    }
    if (reader != null) {
      reader.release();
    }
    edge.metrics().record(template, request.method(), status, System.nanoTime() - startedAt);
  }

  /** For requests that Vert.x could not read. */
  static Problem unreadable(@Nullable Throwable cause, HttpConfig.Sizes sizes) {
    return switch (cause) {
      case io.netty.handler.codec.http.TooLongHttpLineException _ -> urlTooLong(sizes);
      case io.netty.handler.codec.http.TooLongHttpHeaderException _ ->
          new Problem(
              Problem.Kind.HEADERS_TOO_LARGE,
              "headers-too-large",
              "The headers are too large",
              "The headers of a request have at most " + sizes.headersMax() + " bytes",
              List.of());
      case null -> Problem.malformed("This is not HTTP");
      case Throwable other -> Problem.malformed("This is not HTTP: " + other.getMessage());
    };
  }
}
