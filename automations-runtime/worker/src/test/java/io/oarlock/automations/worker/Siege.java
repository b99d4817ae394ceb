package io.oarlock.automations.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts an [Intruder] where a worker would be, in the very confinement of one, and judges what came
/// of it.
final class Siege {

  /// What namespaces answer: no such file, no such process, no access, read-only, refused,
  /// unreachable; and what having no capabilities answers.
  private static final Set<Long> NOT_THERE = Set.of(1L, 2L, 3L, 13L, 30L, 101L, 111L);

  private static final String OWN_FILES =
      "/dev/(null|random|urandom)|pipe:.*|socket:.*|anon_inode:.*|/proc.*|gone"
          + "|.*/jars/[^/]*\\.jar|.*\\.aot|.*/lib/(modules|[^/]*\\.so)|.*/lib/tzdb.dat";

  private Siege() {}

  /// As another user than root: everything anew in a process of his.
  public static void main(String... arguments) throws IOException, InterruptedException {
    try (var start = new WorkerStart(Platform.config(), Intruder.class)) {
      lay(start);
      System.out.println("held " + start.layers());
    }
  }

  /// Attacks once; fails on the first thing the intruder got.
  static void lay(WorkerStart start) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("oarlock-siege");
    var secret = Files.writeString(folder.resolve("secret"), "x");
    var path = folder.resolve("api.sock");
    try (var tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        var worker = start.start(128L << 20)) {
      unix.bind(UnixDomainSocketAddress.of(path));
      worker.connection().send(Frame.of(Frame.Kind.STOP, target(tcp, secret, path)));
      var report = worker.connection().receive();
      assertThat(report.string("unfiltered")).isEmpty();
      judge(report, worker.pid());
    } finally {
      Files.delete(path);
      Files.delete(secret);
      Files.delete(folder);
    }
  }

  private static Map<String, Object> target(ServerSocket tcp, Path secret, Path socket) {
    return Map.of(
        "port", tcp.getLocalPort(),
        "pid", ProcessHandle.current().pid(),
        "files", List.of("/etc/passwd", "/etc/hostname", secret.toString()),
        "folders",
            List.of(
                "/",
                "/tmp",
                "/dev",
                "/dev/shm",
                "/proc/sys/kernel",
                System.getProperty("java.home")),
        "sockets", List.of(socket.toString(), "/var/run/docker.sock"));
  }

  private static void judge(Frame report, long pid) throws IOException {
    var sights = report.tree("sights");
    assertThat((List<?>) sights.get("files"))
        .as("layer process: no file of the platform is open")
        .allSatisfy(file -> assertThat(file.toString()).matches(OWN_FILES));
    assertThat((List<?>) sights.get("variables"))
        .as("layer process: no environment of anybody is there to read")
        .allSatisfy(name -> assertThat(name).isIn("PATH", "PWD"));
    assertThat((Long) sights.get("processes"))
        .as("layer processes: only itself and what brought worker %d here", pid)
        .isLessThanOrEqualTo(2L);
    report
        .tree("before")
        .forEach((attempt, answer) ->
            assertThat((Long) answer).as("layer %s, without the filter", attempt).isIn(NOT_THERE));
    report
        .tree("after")
        .forEach((attempt, answer) ->
            assertThat((Long) answer)
                .as("layer system calls: %s", attempt)
                .isEqualTo(Intruder.EPERM));
  }
}
