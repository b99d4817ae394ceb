package io.oarlock.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server of somebody else's, which keeps what is posted and answers the same to all. */
final class Elsewhere implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final HttpServer server;
  private final BlockingQueue<String> posted = new LinkedBlockingQueue<>();

  /** What it answers next. */
  volatile String answer;

  Elsewhere(String answer) throws IOException {
    this.answer = answer;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          posted.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
          var bytes = this.answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What came next: the header Authorization and the body. */
  String next() throws InterruptedException {
    var text = posted.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(text).as("nothing was posted").isNotNull();
    return text;
  }

  /** How much came that nobody has looked at. */
  int received() {
    return posted.size();
  }

  /** Forgets what came and nobody has looked at. */
  void forget() {
    posted.clear();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
