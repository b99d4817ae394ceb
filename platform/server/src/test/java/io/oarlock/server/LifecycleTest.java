package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How the platform starts, stops, and survives being killed. */
@ExtendWith(SharedProgram.class)
class LifecycleTest {
  private static final int WRITERS = 4;
  private static final int WRITES_BEFORE_THE_KILL = 200;
  private static final int WRITES_SECONDS_MAX = 60;

  @Test
  void whatWasAcknowledgedSurvivesAKill(@TempDir Path home) throws Exception {
    String port;
    String token;
    List<String> acknowledged;
    try (var first = Program.up(home, "--http", "--port", "0")) {
      port = first.port();
      token = first.admin().token();
      acknowledged = writeUntilKilled(first);
    }
    try (var second = Program.up(home, "--http", "--port", port)) {
      var admin = Caller.of(second.url(), Path.of(second.text("caFile"))).with(token);
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(WRITES_BEFORE_THE_KILL);
      for (var id : List.copyOf(acknowledged)) {
        admin.get("/", "networkaccesspolicies/" + id).expect(200);
      }
      var workers = second.workers();
      assertThat(second.terminate()).isZero();
      assertReleased(second, workers);
    }
  }

  @Test
  void noScriptOutlivesAPlatformThatIsKilled(@TempDir Path home) throws Exception {
    try (var program = Program.up(home, "--http", "--port", "0")) {
      var admin = program.admin();
      var endless = "export default () => { while (true) {} }";
      var trigger = Map.of("kind", "OnCall", "response", "Async");
      var busy = Map.of("name", "busy", "trigger", trigger, "source", endless);
      var id = admin.create("/", "automations", busy).text("id");
      admin.post("/", "automations/" + id + "/run", "{}").expect(200);
      Program.until(() -> admin.get("/", "runs").body().contains("\"Running\""));
      var workers = program.workers();

      program.kill();

      Program.until(() -> workers.stream().noneMatch(Program::runs));
    }
  }

  /** Ids of what the platform said it had stored. */
  private static List<String> writeUntilKilled(Program program) throws Exception {
    var admin = program.admin();
    var acknowledged = Collections.synchronizedList(new ArrayList<String>());
    var enough = new CountDownLatch(WRITES_BEFORE_THE_KILL);
    for (var i = 0; i < WRITERS; i++) {
      Thread.startVirtualThread(() -> writeOn(admin, acknowledged, enough));
    }
    assertThat(enough.await(WRITES_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    program.kill();
    return acknowledged;
  }

  private static void writeOn(Caller admin, List<String> acknowledged, CountDownLatch enough) {
    try {
      while (true) {
        var made = admin.create("/", "networkaccesspolicies", Map.of("name", "survivor"));
        acknowledged.add(made.text("id"));
        enough.countDown();
      }
    } catch (IOException _) {
      // The platform was killed, as it should be.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void assertReleased(Program program, List<ProcessHandle> workers)
      throws IOException {
    assertThat(program.home().resolve("run/server.json")).doesNotExist();
    assertThat(workers).noneMatch(Program::runs);
    var port = program.url().getPort();
    try (var socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThat(socket.getLocalPort()).isEqualTo(port);
    }
  }

  @Test
  void aPortInUseIsNamed(Program running, @TempDir Path home) throws Exception {
    var ended = Program.run(Main.class, home, "up", "--http", "--port", running.port());
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("Port " + running.port() + " is in use", "--port");
  }

  @Test
  void aSecondPlatformOnTheSameHomeIsRefused(Program running) throws Exception {
    var ended = Program.run(Main.class, running.home(), "up", "--http", "--port", "0");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("runs already at " + running.url());
  }

  @Test
  void aSecondPlatformOnTheSameDataIsRefused(Program running, @TempDir Path home) throws Exception {
    var data = running.home().resolve("data").toString();
    var ended = Program.run(Main.class, home, "up", "--http", "--port", "0", "--data", data);
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains(data);
  }

  @Test
  void aDataDirectoryThatCannotBeWrittenIsNamed(@TempDir Path home) throws Exception {
    var file = Files.writeString(home.resolve("no-directory"), "");
    var data = file.resolve("data").toString();
    var ended = Program.run(Main.class, home, "up", "--http", "--port", "0", "--data", data);
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains(file.toString(), "cannot be written");
  }

  @Test
  void aHomeThatCannotBeWrittenIsNamed(@TempDir Path parent) throws Exception {
    var file = Files.writeString(parent.resolve("no-directory"), "");
    var ended = Program.run(Main.class, file.resolve("home"), "up", "--http", "--port", "0");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains(file.toString(), "cannot be written");
  }

  /** A single server has no transactions, so a write and its event could part. */
  @Test
  void aMongoDbThatIsNoReplicaSetIsRefusedWithTheFix(@TempDir Path home) throws Exception {
    var single = new MongoServer(new MemoryBackend());
    try {
      var address = single.bind();
      var url = "mongodb://127.0.0.1:" + address.getPort() + "/oarlock";
      var ended = Program.run(Main.class, home, "up", "--http", "--port", "0", "--store", url);
      assertThat(ended.code()).as(ended.err()).isEqualTo(1);
      assertThat(ended.err()).contains("no replica set", "rs.initiate()", "replicaSet=rs0");
    } finally {
      single.shutdownNow();
    }
  }

  @Test
  void anUnknownOptionNamesTheOneMeant(@TempDir Path home) throws Exception {
    var ended = Program.run(Main.class, home, "up", "--prot", "1");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("Did you mean \"--port\"?");
  }

  @Test
  void twoHomesDoNotTouchEachOther(Program one, @TempDir Path home) throws Exception {
    try (var other = Program.up(home, "--http", "--port", "0")) {
      var admin = one.admin();
      var made = admin.create("/", "namespaces", Map.of("name", "only-here"));
      other.admin().get("/only-here", "networkaccesspolicies").expect(404);
      admin.at(other.url()).get("/", "namespaces").expect(401, "token-invalid");
      admin.delete("/", "namespaces/" + made.text("id")).expect(204);
      assertThat(other.terminate()).isZero();
    }
  }
}
