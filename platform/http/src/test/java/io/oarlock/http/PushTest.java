package io.oarlock.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PushTest {
  private Harbour harbour;

  @BeforeEach
  void open() throws Exception {
    harbour = new Harbour();
  }

  @AfterEach
  void close() throws Exception {
    harbour.close();
  }

  private void create(String name) throws Exception {
    assertThat(harbour.post("/v1/boats", "{\"name\":\"" + name + "\"}").statusCode())
        .isEqualTo(201);
  }

  private BufferedReader listen(String path, String... headers) throws Exception {
    var request = harbour.request(path);
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    var response = harbour.client().send(request.build(), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  private static String find(BufferedReader lines, String start) throws IOException {
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(start)) {
        return line;
      }
    }
    return "";
  }

  @Test
  void whoListensHearsWhatIsWritten() throws Exception {
    try (var lines = listen("/v1/events?types=boat&operations=Create")) {
      create("argo");
      assertThat(find(lines, "id: 1")).isEqualTo("id: 1");
      assertThat(find(lines, "data: ")).contains("\"name\":\"argo\"");
    }
  }

  @Test
  void aCutStreamResumesAfterTheLastEventSeen() throws Exception {
    create("one");
    create("two");
    create("three");
    try (var lines = listen("/v1/events", "Last-Event-ID", "1")) {
      assertThat(find(lines, "data: ")).contains("\"name\":\"two\"");
      assertThat(find(lines, "data: ")).contains("\"name\":\"three\"");
    }
  }

  @Test
  void whatRetentionTookIsShownAsAGap() throws Exception {
    create("one");
    create("two");
    create("three");
    harbour.platform.forgetEventsBefore(3);
    try (var lines = listen("/v1/events?after=0")) {
      assertThat(find(lines, "event: ")).isEqualTo("event: gap");
      assertThat(lines.readLine()).isEqualTo("id: 2");
      assertThat(lines.readLine()).contains("\"kind\":\"Gap\"").contains("\"to\":2");
      assertThat(find(lines, "data: ")).contains("\"name\":\"three\"");
    }
  }

  @Test
  void aSilentStreamShowsThatItIsAlive() throws Exception {
    try (var lines = listen("/v1/events")) {
      assertThat(find(lines, ": ")).isEqualTo(": beat");
    }
  }

  @Test
  void aStreamEndsWithItsToken() throws Exception {
    var token = HarbourPlatform.TOKEN + ".brief";
    harbour.platform.expire(token, Instant.now().plusMillis(500));
    try (var lines = listen("/v1/events", "Authorization", "Bearer " + token)) {
      assertThat(find(lines, "event: ")).isEqualTo("event: end");
      assertThat(lines.readLine()).contains("\"code\":\"bad-token\"");
    }
  }

  @Test
  void thereAreNotMoreSubscribersThanPlaces() throws Exception {
    try (var one = listen("/v1/events");
        var two = listen("/v1/events");
        var three = listen("/v1/events")) {
      assertThat(harbour.get("/v1/events").statusCode()).isEqualTo(503);
      assertThat(find(one, ": ") + find(two, ": ") + find(three, ": ")).contains("beat");
    }
  }

  @Test
  void aWrongSubscriptionIsRefusedBeforeTheStreamBegins() throws Exception {
    assertThat(harbour.get("/v1/events?types=boot").body()).contains("Did you mean \\\"boat\\\"?");
    assertThat(harbour.get("/v1/events?operations=List").statusCode()).isEqualTo(400);
    assertThat(harbour.get("/v1/events?filter===").statusCode()).isEqualTo(400);
    assertThat(harbour.get("/v1/events?after=x").statusCode()).isEqualTo(400);
  }

  @Test
  void aSubscriberThatTakesNothingIsCutOff() throws Exception {
    var ear = new Ear(0);
    var socket = connect("/v1/events", ear);
    var big = "x".repeat(900_000);
    var cut = new CompletableFuture<Boolean>();
    Thread.startVirtualThread(() -> {
      try {
        for (int i = 0; i < 60 && harbour.metric("oarlock_push_subscribers") > 0; i++) {
          create(big);
        }
        cut.complete(true);
      } catch (Exception e) {
        cut.completeExceptionally(e);
      }
    });
    assertThat(cut.get(60, TimeUnit.SECONDS)).isTrue();
    harbour.await(() -> harbour.metric("oarlock_push_subscribers") == 0);
    socket.abort();
  }

  @Test
  void aWebSocketCarriesTheSameMessages() throws Exception {
    var ear = new Ear(Long.MAX_VALUE);
    var socket = connect("/v1/events?types=boat", ear);
    create("argo");
    assertThat(ear.hear()).contains("\"sequence\":1").contains("\"name\":\"argo\"");
    socket.abort();
  }

  @Test
  void aWebSocketMayAskForSomethingElse() throws Exception {
    var ear = new Ear(Long.MAX_VALUE);
    var socket = connect("/v1/events?operations=Delete", ear);
    create("argo");
    socket.sendText("{\"operation\":[\"Create\"]}", true).get();
    assertThat(ear.hear()).contains("\"kind\":\"Problem\"").contains("Did you mean");
    socket.sendText("{\"operations\":[\"Create\"],\"after\":0}", true).get();
    assertThat(ear.hear()).isEqualTo("{\"kind\":\"Subscribed\",\"after\":0}");
    assertThat(ear.hear()).contains("\"name\":\"argo\"");
    socket.abort();
  }

  @Test
  void aBrowserBringsItsTokenAsAProtocol() throws Exception {
    var ear = new Ear(Long.MAX_VALUE);
    var socket =
        harbour
            .client()
            .newWebSocketBuilder()
            .subprotocols(EventsRoute.PROTOCOL, Gate.TOKEN_PROTOCOL + HarbourPlatform.TOKEN)
            .buildAsync(harbour.socketUri("/v1/events"), ear)
            .get(60, TimeUnit.SECONDS);
    assertThat(socket.getSubprotocol()).isEqualTo(EventsRoute.PROTOCOL);
    create("argo");
    assertThat(ear.hear()).contains("argo");
    socket.abort();
  }

  @Test
  void aShutdownTellsThoseWhoListen() throws Exception {
    var ear = new Ear(Long.MAX_VALUE);
    connect("/v1/events", ear);
    try (var other = new Harbour()) {
      harbour.closeServer();
      assertThat(ear.hear()).isEqualTo("closed 1001 going-away");
      assertThat(other.get("/livez").statusCode()).isEqualTo(200);
    }
  }

  private WebSocket connect(String path, Ear ear) throws Exception {
    return harbour
        .client()
        .newWebSocketBuilder()
        .header("Authorization", "Bearer " + HarbourPlatform.TOKEN)
        .buildAsync(harbour.socketUri(path), ear)
        .get(60, TimeUnit.SECONDS);
  }

  /** Takes a number of messages and no more. */
  private static final class Ear implements WebSocket.Listener {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder parts = new StringBuilder();
    private final long takes;

    Ear(long takes) {
      this.takes = takes;
    }

    String hear() throws InterruptedException {
      return String.valueOf(heard.poll(60, TimeUnit.SECONDS));
    }

    @Override
    public void onOpen(WebSocket socket) {
      if (takes > 0) {
        socket.request(takes);
      }
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        heard.add(parts.toString());
        parts.setLength(0);
      }
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      heard.add("closed " + code + " " + reason.replaceAll(":.*", ""));
      return CompletableFuture.completedStage(null);
    }
  }
}
