package io.oarlock.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.oarlock.model.types.ExternalNetwork;
import io.oarlock.model.types.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server of a few lines stands for the platform where it is to fail on purpose. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OarlockTest {
  private static final Patience ONCE =
      new Patience(1, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(60));

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<AutoCloseable> opened = new ArrayList<>();

  private Oarlock against(HttpHandler handler, Patience patience) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", handler);
    server.start();
    opened.add(() -> server.stop(0));
    var url = "http://127.0.0.1:" + server.getAddress().getPort();
    var oarlock = Oarlock.connect(Settings.of(url, Credentials.token("x")).with(patience));
    opened.add(oarlock);
    return oarlock;
  }

  @AfterEach
  void close() throws Exception {
    for (var each : opened.reversed()) {
      each.close();
    }
    threads.shutdownNow();
  }

  private static void says(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Asked, and never answered. */
  private static HttpHandler silent(CountDownLatch asked) {
    return _ -> asked.countDown();
  }

  @Test
  void anAnswerThatDoesNotComeIsNotWaitedForForEver() throws Exception {
    var hasty = new Patience(1, Duration.ZERO, Duration.ZERO, Duration.ofMillis(50));
    var oarlock = against(silent(new CountDownLatch(1)), hasty);
    assertThatThrownBy(() -> oarlock.of(Run.class).count())
        .isInstanceOf(ConnectionException.class)
        .hasMessage("No answer within 50 ms");
  }

  @Test
  void aBodyThatDoesNotEndIsNotWaitedForForEver() throws Exception {
    var hasty = new Patience(1, Duration.ZERO, Duration.ZERO, Duration.ofMillis(500));
    var oarlock =
        against(
            exchange -> {
              exchange.sendResponseHeaders(200, 100);
              exchange.getResponseBody().write('[');
              exchange.getResponseBody().flush();
            },
            hasty);
    assertThatThrownBy(() -> oarlock.of(Run.class).list().toList())
        .isInstanceOf(ConnectionException.class)
        .hasMessage("No answer within 500 ms");
  }

  @Test
  void aCallEndsWhenItsBudgetIsSpentWhateverTheRetries() throws Exception {
    var patient = new Patience(100, Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1));
    var busy = against(exchange -> says(exchange, 503, ""), patient);
    assertThatThrownBy(() -> busy.within(Duration.ofMillis(200)).of(Run.class).get("1"))
        .isInstanceOf(CancelledException.class)
        .hasMessage("The call was not over within 200 ms");
    var silent = against(silent(new CountDownLatch(1)), patient);
    assertThatThrownBy(() -> silent.within(Duration.ofMillis(200)).of(Run.class).get("1"))
        .isInstanceOf(CancelledException.class);
  }

  @Test
  void anInterruptEndsACallAndIsKept() throws Exception {
    var asked = new CountDownLatch(1);
    var oarlock = against(silent(asked), ONCE);
    var ended = interrupted(asked, () -> oarlock.of(Run.class).get("1"));
    assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(CancelledException.class);
  }

  @Test
  void anInterruptEndsAWatchToo() throws Exception {
    var asked = new CountDownLatch(1);
    var oarlock =
        against(
            exchange -> {
              exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write("id: 3\n\n".getBytes(UTF_8));
              exchange.getResponseBody().flush();
            },
            ONCE);
    var ended =
        interrupted(
            asked,
            () -> {
              var options = WatchOptions.NOW.onOpen(_ -> asked.countDown());
              try (var watch = oarlock.of(Run.class).watch(options)) {
                watch.iterator().next();
              }
            });
    assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(CancelledException.class);
  }

  /** What a thread threw that was interrupted once it had asked, if the interrupt was kept. */
  private static CompletableFuture<Throwable> interrupted(CountDownLatch asked, Runnable work)
      throws InterruptedException {
    var ended = new CompletableFuture<Throwable>();
    var thread =
        Thread.startVirtualThread(() -> {
          try {
            work.run();
            ended.complete(new AssertionError("it came to an end"));
          } catch (RuntimeException e) {
            var isKept = Thread.currentThread().isInterrupted();
            ended.complete(isKept ? e : new AssertionError("the interrupt was lost", e));
          }
        });
    assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    return ended;
  }

  @Test
  void aClosedWatchEndsForTheThreadThatWaits() throws Exception {
    var oarlock =
        against(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write("id: 3\n\n".getBytes(UTF_8));
              exchange.getResponseBody().flush();
            },
            ONCE);
    var open = new CountDownLatch(1);
    var watch = oarlock.of(Run.class).watch(WatchOptions.NOW.onOpen(_ -> open.countDown()));
    var hasMore = CompletableFuture.supplyAsync(() -> watch.iterator().hasNext(), threads);
    assertThat(open.await(60, TimeUnit.SECONDS)).isTrue();
    watch.close();
    assertThat(hasMore.get(60, TimeUnit.SECONDS)).isFalse();
    assertThat(watch.position()).hasValue(3);
  }

  @Test
  void aGapIsNotPassedOverInSilence() throws Exception {
    var oarlock =
        against(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              exchange
                  .getResponseBody()
                  .write(
                      """
                      retry: 1000
                      id: 3

                      event: gap
                      id: 9
                      data: {"kind":"Gap","from":4,"to":9}

                      id: 10
                      data: {"sequence":10,"type":"run","operation":"Create","object":{"name":"ä"}}

                      """
                          .getBytes(UTF_8));
              exchange.close();
            },
            ONCE);
    var runs = oarlock.of(Run.class);
    try (var watch = runs.watch()) {
      assertThatThrownBy(() -> watch.iterator().next())
          .isInstanceOfSatisfying(
              GapException.class,
              gap -> assertThat(List.of(gap.from(), gap.to())).containsExactly(4L, 9L));
    }
    var gaps = new ArrayList<Gap>();
    try (var watch = runs.watch(WatchOptions.NOW.onGap(gaps::add))) {
      assertThat(watch.iterator().next().object().name()).isEqualTo("ä");
    }
    assertThat(gaps).containsExactly(new Gap(4, 9));
  }

  @Test
  void whatMakesNoSenseIsNotSent() throws Exception {
    var oarlock = against(exchange -> says(exchange, 200, "{}"), ONCE);
    var networks = oarlock.of(ExternalNetwork.class);
    assertThatThrownBy(() -> networks.get("")).hasMessageContaining("Which one?");
    assertThatThrownBy(() -> networks.create(Map.of(), WriteOptions.USUAL.ifVersion(1)))
        .hasMessageContaining("ifVersion is of changes");
    assertThatThrownBy(() -> networks.patch("1", Map.of(), WriteOptions.USUAL.key("k")))
        .hasMessageContaining("key is of creations");
    assertThatThrownBy(() -> networks.act("fly", Map.of())).hasMessageContaining("no action fly");
    assertThatThrownBy(() -> oarlock.of(Run.class).act("logs", Map.of()))
        .hasMessage("logs needs an id");
    assertThatThrownBy(() -> ListOptions.where("name == ?"))
        .hasMessage("The filter has 1 ? for 0 values");
  }
}
