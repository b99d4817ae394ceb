package io.oarlock.http;

import io.oarlock.model.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/** Takes the body of a request, within its bounds of size and time. Belongs to an event loop. */
final class BodyReader {
  private final Edge edge;
  private final HttpServerRequest request;
  private final int max;
  private final Promise<Buffer> whole = Promise.promise();
  private final Buffer body = Buffer.buffer();
  private long reserved;
  private long discarded;
  private long timer;

  BodyReader(Edge edge, HttpServerRequest request, int max) {
    this.edge = edge;
    this.request = request;
    this.max = max;
  }

  /** Fails with the Problem to tell, or with another exception when the caller has left. */
  Future<Buffer> read() {
    var declared = declaredLength();
    timer = edge.vertx().setTimer(edge.config().times().body().toMillis(), _ -> late());
    request.exceptionHandler(this::left);
    request.endHandler(_ -> end());
    if (declared > max) {
      refuse(Edge.tooLarge(max));
      return whole.future();
    }
    request.handler(this::take);
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    return whole.future();
  }

  private long declaredLength() {
    var header = request.getHeader("Content-Length");
    try {
      return header == null ? 0 : Long.parseLong(header);
    } catch (NumberFormatException e) {
      return 0; // The codec has refused it already, unless it frames the body in another way.
    }
  }

  private void take(Buffer chunk) {
    if (body.length() + (long) chunk.length() > max) {
      refuse(Edge.tooLarge(max));
    } else if (edge.capacity().reserve(chunk.length())) {
      reserved += chunk.length();
      body.appendBuffer(chunk);
    } else {
      refuse(Edge.busy("as many bytes of bodies in memory as it takes"));
    }
  }

  private void end() {
    edge.vertx().cancelTimer(timer);
    whole.tryComplete(body);
  }

  private void left(Throwable cause) {
    edge.vertx().cancelTimer(timer);
    whole.tryFail(cause);
  }

  private void late() {
    if (request.version() != HttpVersion.HTTP_2) {
      request.response().putHeader("Connection", "close");
    }
    refuse(
        new Problem(
            Problem.Kind.TIMED_OUT,
            "body-timed-out",
            "The body did not come in time",
            "The whole body is read within " + edge.config().times().body(),
            List.of()));
  }

  /**
   * Tells the problem and reads the rest away, within bounds: a connection closed under a caller
   * who still sends shows him a reset instead of the answer.
   */
  private void refuse(Problem problem) {
    edge.vertx().cancelTimer(timer);
    request.handler(this::discard);
    timer =
        edge.vertx()
            .setTimer(edge.config().times().linger().toMillis(), _ -> request.connection().close());
    whole.tryFail(problem);
  }

  private void discard(Buffer chunk) {
    discarded += chunk.length();
    if (discarded > edge.config().sizes().lingerMax()) {
      cut();
    }
  }

  /** Over HTTP/2 other requests share the connection, and only this one ends. */
  private void cut() {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
    } else {
      request.connection().close();
    }
  }

  /** Gives back what it holds of the shared bound. */
  void release() {
    edge.capacity().release(reserved);
    reserved = 0;
  }
}
