package io.oarlock.client;

import io.oarlock.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Single attempts over the JDK's HTTP client. */
final class Transport implements AutoCloseable {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

  /** Longest answer read into memory. */
  private static final long ANSWER_BYTES_MAX = 256L << 20;

  private final HttpClient http;
  private final String url;

  Transport(Settings settings) {
    this.url = settings.url();
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_MAX);
    settings.trust().ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  /** Who asks, and where. */
  record As(Optional<String> token, Optional<String> namespace) {
    static final As NOBODY = new As(Optional.empty(), Optional.empty());
  }

  /** Asks and reads the whole answer. */
  Answer send(Request request, As as, Duration timeout) {
    var whole = BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX);
    var response = sent(built(request, as, "application/json"), whole, timeout);
    return Answer.of(response.statusCode(), response.headers(), response.body());
  }

  /** Asks for server-sent events, whose end is for the caller to notice. */
  HttpResponse<Flow.Publisher<List<ByteBuffer>>> stream(Request request, As as, Duration timeout) {
    return sent(built(request, as, "text/event-stream"), BodyHandlers.ofPublisher(), timeout);
  }

  private HttpRequest built(Request request, As as, String accept) {
    var builder =
        HttpRequest.newBuilder(URI.create(url + "/v1/" + request.target()))
            .setHeader("Accept", accept);
    as.token().ifPresent(token -> builder.setHeader("Authorization", "Bearer " + token));
    as.namespace().ifPresent(namespace -> builder.setHeader("X-Namespace", namespace));
    request.headers().forEach(builder::setHeader);
    if (request.body() == null) {
      return builder.method(request.method(), BodyPublishers.noBody()).build();
    }
    return builder
        .setHeader("Content-Type", "application/json")
        .method(request.method(), BodyPublishers.ofByteArray(Json.write(request.body())))
        .build();
  }

  /** Not {@code HttpRequest.timeout}: that one does not count the time in which a body comes. */
  private <T> HttpResponse<T> sent(HttpRequest request, BodyHandler<T> body, Duration timeout) {
    var answer = http.sendAsync(request, body);
    try {
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      throw CancelledException.interrupted();
    } catch (TimeoutException e) {
      throw new ConnectionException("No answer within " + timeout.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw ConnectionException.of(e.getCause() == null ? e : e.getCause());
    } catch (CancellationException e) {
      throw ConnectionException.of(e);
    } finally {
      // What nobody waits for any more is cut; what is done already does not mind.
      answer.cancel(true);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
