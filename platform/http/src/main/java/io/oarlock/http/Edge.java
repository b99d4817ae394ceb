package io.oarlock.http;

import static io.oarlock.engine.Tracing.Kind.SERVER;

import io.oarlock.engine.Call;
import io.oarlock.engine.Cause;
import io.oarlock.engine.Tracing;
import io.oarlock.model.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** What all event loops share, and the part of answering a request that may block. */
record Edge(
    Vertx vertx,
    HttpConfig config,
    Gate gate,
    Capacity capacity,
    RequestMetrics metrics,
    Tracing tracing) {
  private static final Logger LOG = System.getLogger("io.oarlock.http");

  Origins origins() {
    return new Origins(config.origins());
  }

  /** Ways to what the table holds, and to a Problem from everywhere else. */
  Router router(RouteTable table) {
    var router = table.router(vertx, context -> Exchange.enter(this, context), Exchange::begin);
    return router
        .errorHandler(400, context -> Exchange.failed(context, Exchange::undecodable))
        .errorHandler(404, context -> Exchange.failed(context, Exchange::unrouted))
        .errorHandler(500, context -> Exchange.failed(context, Exchange::thrown));
  }

  /** Answers on a virtual thread, whatever happens. */
  Reply answer(Route.Match match, HttpServerRequest received, Buffer raw, Call.Origin origin) {
    var method = received.method().name();
    var route = match.route().template();
    try (var span = tracing.begin(method + " " + route, SERVER, origin.traceparent())) {
      span.note("http.request.method", method)
          .note("http.route", route)
          .note("oarlock.request", origin.requestId());
      var reply = answered(match, received, raw, origin.in(span.traceparent()));
      var status = reply instanceof Reply.Full full ? full.status() : 200;
      span.note("http.response.status_code", Integer.toString(status));
      if (status >= 500) {
        span.failed("status " + status);
      }
      return reply;
    }
  }

  private Reply answered(
      Route.Match match, HttpServerRequest received, Buffer raw, Call.Origin origin) {
    try {
      return compressed(received, admitted(match, received, raw, origin));
    } catch (Problem problem) {
      return compressed(received, Problems.reply(problem, origin.requestId()));
    } catch (RuntimeException | Error e) {
      var problem = unexpected(received, match.route().template(), origin, e);
      return Problems.reply(problem, origin.requestId());
    }
  }

  /** A mistake of ours: the caller gets the id under which the log tells it. */
  Problem unexpected(
      HttpServerRequest received,
      String template,
      Call.Origin origin,
      @Nullable Throwable mistake) {
    var id = origin.requestId();
    LOG.log(Level.ERROR, received.method() + " " + template + " failed, request " + id, mistake);
    return Problems.internal(id);
  }

  private Reply admitted(
      Route.Match match, HttpServerRequest received, Buffer raw, Call.Origin origin) {
    var request =
        new ApiRequest(
            received.method(),
            Exchange.path(received),
            match.arguments(),
            received.query(),
            Query.parse(received.query()),
            received.headers(),
            unfolded(raw, received, match.route().bodyMax()),
            origin);
    var visit = gate.identify(match.route().access(), request);
    var reply =
        visit.ticket().stream().allMatch(RateLimiter.Ticket::allowed)
            ? handled(match.route(), request, visit)
            : Problems.reply(
                Problem.tooMany(
                    "rate-limit", "Requests come faster than the rate limit; wait a second"),
                origin.requestId());
    if (reply instanceof Reply.Full full) {
      visit.ticket().ifPresent(ticket -> ticket.announce(full));
    }
    return reply;
  }

  private static Reply handled(Route route, ApiRequest request, Gate.Visit visit) {
    var origin = request.origin();
    var caller = new Call.Caller(visit.principal(), Cause.request(origin), origin);
    try {
      return route.handler().handle(request, caller);
    } catch (Problem problem) {
      return Problems.reply(problem, origin.requestId());
    }
  }

  private static Buffer unfolded(Buffer raw, HttpServerRequest received, int max) {
    var coding = received.getHeader("Content-Encoding");
    if (coding == null || raw.length() == 0 || coding.equalsIgnoreCase("identity")) {
      return raw;
    }
    if (!coding.equalsIgnoreCase("gzip")) {
      throw MediaTypes.unsupported("Content-Encoding is gzip or none, not " + coding);
    }
    return gunzip(raw, max);
  }

  /** Stops at the limit: what a small body unfolds to has none of its own. */
  private static Buffer gunzip(Buffer raw, int max) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(raw.getBytes()))) {
      var bytes = in.readNBytes(max + 1);
      if (bytes.length > max) {
        throw tooLarge(max);
      }
      return Buffer.buffer(bytes);
    } catch (IOException e) {
      throw Problem.malformed("The body is not gzip, as its Content-Encoding says");
    }
  }

  static Problem tooLarge(int max) {
    return Problem.tooLarge("A body here has at most " + max + " bytes; send less, or in parts");
  }

  private Reply compressed(HttpServerRequest received, Reply reply) {
    var accepted = received.getHeader("Accept-Encoding");
    if (accepted == null
        || !(reply instanceof Reply.Full full)
        || full.body().length < config.sizes().gzipFrom()
        || full.headers().containsKey("Content-Encoding")
        || !MediaTypes.acceptsGzip(accepted)) {
      return reply;
    }
    return full.encoded("gzip", gzip(full.body())).with("Vary", "Accept-Encoding");
  }

  /** Fast rather than small: answers are compressed one by one, on the caller's time. */
  private static byte[] gzip(byte[] body) {
    var out = new ByteArrayOutputStream(body.length / 4);
    try (var gzip = new FastGzip(out)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(ByteArrayOutputStream out) throws IOException {
      super(out, 8 << 10);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  static Problem busy(String what) {
    return new Problem(
        Problem.Kind.UNAVAILABLE,
        "busy",
        "Too much at once",
        "The platform has " + what + "; try again in a second",
        List.of());
  }
}
