package io.oarlock.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;

/**
 * Requests to the world outside, each to an address the {@link OutboundGuard} has checked. Nothing
 * is resolved here and no redirect is followed: who wants the next hop asks the guard again.
 */
final class Outbound implements AutoCloseable {
  /** Longest wait for a connection. */
  static final Duration CONNECT = Duration.ofSeconds(5);

  /** Connections kept to one destination. */
  private static final int POOL_MAX = 64;

  /** Requests that wait for a connection to one destination. */
  private static final int WAITING_MAX = 256;

  private static final int IDLE_SECONDS = 60;
  private static final int HEADERS_MAX = 32 * 1024;
  private static final int REASON_MAX = 300;

  private final HttpClient client;
  private final Tracing tracing;

  /**
   * How the other side proves itself and how this side does.
   *
   * @param authorities certificates to trust instead of the usual ones, PEM
   * @param certificate shown to the other side, PEM
   * @param key of that certificate, PEM
   */
  record Tls(Optional<String> authorities, Optional<String> certificate, Optional<String> key) {
    static final Tls USUAL = new Tls(Optional.empty(), Optional.empty(), Optional.empty());

    @Override
    public String toString() {
      return "Tls[authorities=" + authorities.isPresent() + ", key=" + key.isPresent() + "]";
    }

    private Optional<ClientSSLOptions> options() {
      if (equals(USUAL)) {
        return Optional.empty();
      }
      var options = new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS");
      authorities.ifPresent(
          pem -> options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
      if (certificate.isPresent() && key.isPresent()) {
        options.setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(certificate.get()))
                .addKeyValue(Buffer.buffer(key.get())));
      }
      return Optional.of(options);
    }
  }

  /**
   * What is sent.
   *
   * @param total longest time from now to the last byte of the reply, however it drips
   * @param replyMax most bytes of body
   */
  record Request(
      String method,
      Map<String, String> headers,
      Buffer body,
      Tls tls,
      Duration total,
      int replyMax) {
    /** As part of a trace, unless it says itself of which. */
    private Request in(String trace) {
      var traced = new LinkedHashMap<>(headers);
      traced.putIfAbsent(Cause.TRACEPARENT, trace);
      return new Request(method, traced, body, tls, total, replyMax);
    }
  }

  /** What came back; header names in lower case, several values joined by commas. */
  record Reply(int status, String statusText, Map<String, String> headers, Buffer body) {
    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    String text() {
      return body.toString(StandardCharsets.UTF_8);
    }
  }

  /** No reply. The message is for users: it names neither URL nor header nor body. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;
    private final String code;

    Failure(String code, String message) {
      super(message);
      this.code = code;
    }

    String code() {
      return code;
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  Outbound(Vertx vertx, Tracing tracing) {
    this.tracing = tracing;
    var options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_1_1)
            .setConnectTimeout((int) CONNECT.toMillis())
            .setMaxHeaderSize(HEADERS_MAX)
            .setKeepAliveTimeout(IDLE_SECONDS)
            .setVerifyHost(true);
    var pool = new PoolOptions().setHttp1MaxSize(POOL_MAX).setMaxWaitQueueSize(WAITING_MAX);
    this.client = vertx.createHttpClient(options, pool);
  }

  /** Sends and waits for the whole reply; call it on a virtual thread. */
  Reply send(OutboundGuard.Target target, Request asked) throws Failure {
    var request = tracing.current().map(asked::in).orElse(asked);
    var open = new AtomicReference<HttpClientRequest>();
    var late = new AtomicBoolean();
    var reply =
        client
            .request(options(target, request))
            .compose(ready -> {
              open.set(ready);
              return late.get() ? abandon(ready) : exchange(ready, request);
            });
    try {
      return reply.await(Math.max(1, request.total().toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      late.set(true);
      Optional.ofNullable(open.get()).ifPresent(HttpClientRequest::reset);
      throw new Failure("timeout", "no answer within " + request.total());
    } catch (Exception e) {
      throw failure(e);
    }
  }

  /** The connection came when nobody waited any more. */
  private static Future<Reply> abandon(HttpClientRequest ready) {
    ready.reset();
    return Future.failedFuture(new Failure("timeout", "the connection came too late"));
  }

  private static RequestOptions options(OutboundGuard.Target target, Request request) {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(request.method()))
            .setServer(
                SocketAddress.inetSocketAddress(target.port(), target.address().getHostAddress()))
            .setHost(target.host())
            .setPort(target.port())
            .setSsl(target.tls())
            .setURI(target.path())
            .setFollowRedirects(false)
            .setConnectTimeout(Math.min(CONNECT.toMillis(), request.total().toMillis()));
    if (target.tls()) {
      request.tls().options().ifPresent(options::setSslOptions);
    }
    return options;
  }

  private static Future<Reply> exchange(HttpClientRequest ready, Request request) {
    request.headers().forEach(ready::putHeader);
    var sent = request.body().length() == 0 ? ready.send() : ready.send(request.body());
    return sent.compose(
        response -> collect(response, request.replyMax()).map(body -> reply(response, body)));
  }

  private static Future<Buffer> collect(HttpClientResponse response, int most) {
    var promise = Promise.<Buffer>promise();
    var body = Buffer.buffer();
    response.exceptionHandler(promise::tryFail);
    response.endHandler(_ -> promise.tryComplete(body));
    response.handler(chunk -> {
      if (body.length() + chunk.length() <= most) {
        body.appendBuffer(chunk);
      } else if (promise.tryFail(new Failure("too-large", "more than " + most + " bytes"))) {
        response.request().reset();
      }
    });
    return promise.future();
  }

  private static Reply reply(HttpClientResponse response, Buffer body) {
    var headers = new TreeMap<String, String>();
    response
        .headers()
        .forEach((name, value) ->
            headers.merge(name.toLowerCase(Locale.ROOT), value, (one, two) -> one + ", " + two));
    var statusText = Optional.ofNullable(response.statusMessage()).orElse("");
    return new Reply(response.statusCode(), statusText, headers, body);
  }

  private static Failure failure(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure failure) {
        return failure;
      }
      if (cause instanceof SSLException) {
        return new Failure("tls", "no TLS: " + brief(cause));
      }
      if (cause instanceof ConnectException) {
        return new Failure("connect", "no connection: " + brief(cause));
      }
    }
    // Other messages may quote what was sent.
    return e instanceof IOException || e instanceof VertxException
        ? new Failure("connection", "the connection broke: " + brief(e))
        : new Failure("connection", "no request could be made of it, or no reply of the answer");
  }

  private static String brief(Throwable e) {
    var text = String.valueOf(e.getMessage());
    return text.length() <= REASON_MAX ? text : text.substring(0, REASON_MAX) + "…";
  }

  @Override
  public void close() {
    client.close();
  }
}
