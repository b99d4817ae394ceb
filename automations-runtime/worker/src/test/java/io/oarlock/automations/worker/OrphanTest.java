package io.oarlock.automations.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.automations.Entry;
import io.oarlock.automations.HostCalls;
import io.oarlock.automations.Limits;
import io.oarlock.automations.LogLine;
import io.oarlock.automations.RunRequest;
import io.oarlock.automations.Script;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No worker outlives its platform, however that ends. */
@Timeout(60)
class OrphanTest {
  private static final Script ENDLESS =
      Script.of("endless.mjs", "export default (ctx) => { ctx.log.info('on'); while (true) {} }");

  private static final Duration GONE_MAX = Duration.ofSeconds(1);

  /** A platform as far as workers know one: it has a busy one and a spare, and is killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String... arguments) throws IOException {
      try (var platform = new Platform(Platform.config())) {
        var run = platform.later("/busy", ENDLESS.source(), Limits.defaults());
        Eventually.holds(() -> platform.pool.status().running() == 1);
        Eventually.holds(() -> platform.pool.status().spares() == 1);
        System.out.println("ready");
        run.join();
      }
    }
  }

  @Test
  void workersGoWithAPlatformThatIsKilled() throws Exception {
    var parent = java(Parent.class, System.getProperty("java.class.path"), List.of());
    assertThat(parent.inputReader().readLine()).isEqualTo("ready");
    var family = parent.descendants().toList();
    assertThat(family).hasSizeGreaterThanOrEqualTo(2);

    parent.destroyForcibly();

    Eventually.holds(GONE_MAX, () -> family.stream().noneMatch(OrphanTest::runs));
  }

  /** One that is dead stays listed until somebody takes note of it. */
  private static boolean runs(ProcessHandle process) {
    try {
      return process.isAlive()
          && !Files.readString(Path.of("/proc/" + process.pid() + "/stat")).contains(") Z ");
    } catch (IOException e) {
      return process.isAlive();
    }
  }

  /** Without any help of the kernel. */
  @Test
  void aBusyWorkerEndsWithItsConnection(@TempDir Path directory) throws Exception {
    var socket = UnixDomainSocketAddress.of(directory.resolve("s"));
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(socket)) {
      var worker = java(WorkerMain.class, jars(), List.of(socket.getPath().toString()));
      try (var connection = new Connection(server.accept())) {
        assertThat(connection.receive().kind()).isEqualTo(Frame.Kind.HELLO);
        connection.send(busy().runFrame());
        assertThat(connection.receive().kind()).isEqualTo(Frame.Kind.LOG);
      }
      assertThat(worker.waitFor(GONE_MAX.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    }
  }

  private static ActiveRun busy() {
    var request = new RunRequest("r", "/busy", ENDLESS, Entry.EVENT, Map.of(), Limits.defaults());
    return new ActiveRun(request, new Deaf(), Duration.ZERO);
  }

  private static final class Deaf implements HostCalls {
    @Override
    public @Nullable Object call(String operation, Map<String, Object> arguments) {
      return null;
    }

    @Override
    public void log(LogLine line) {}
  }

  /** A worker opens no file once it is warm, so its classes are in jars. */
  private static String jars() throws IOException {
    var config = Platform.config();
    return StagedClassPath.stage(config.classPath(), config.javaHome(), config.cacheDirectory())
        .jars()
        .stream()
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Process java(Class<?> main, String classPath, List<String> arguments)
      throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dtruffle.UseFallbackRuntime=true",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                main.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
