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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/// Puts an [Intruder] where a worker would be, in the very confinement of one, and judges what came
/// of it.
final class Siege {

  /// What namespaces answer: no such file, no such process, no access, read-only, refused,
  /// unreachable; and what having no capabilities answers.
  private static final Set<Long> NOT_THERE = Set.of(1L, 2L, 3L, 13L, 30L, 101L, 111L);

  private static final long HEAP_BYTES = 128L << 20;
  private static final List<String> FOLDERS =
      List.of("/", "/tmp", "/dev", "/dev/shm", "/proc/sys/kernel", System.getProperty("java.home"));

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
    var api = folder.resolve("api.sock");
    // Where a sibling that is about to start would be waited for.
    var door = start.directory().resolve("sibling.sock");
    var name = folder.getFileName().toString();
    var listener = Intruder.listen(name);
    try (var tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var _ = listening(api);
        var _ = listening(door);
        var sibling = start.start(HEAP_BYTES);
        var worker = start.start(HEAP_BYTES)) {
      assertThat(Intruder.answers(name)).as("there is something to attack").isTrue();
      var target = new HashMap<String, Object>();
      target.put("port", tcp.getLocalPort());
      target.put("pid", ProcessHandle.current().pid());
      target.put("sibling", sibling.pid());
      target.put("files", List.of("/etc/passwd", "/etc/hostname", secret.toString()));
      target.put("folders", FOLDERS);
      target.put("sockets", List.of(api.toString(), door.toString(), "/var/run/docker.sock"));
      target.put("abstracts", List.of(name));
      worker.connection().send(Frame.of(Frame.Kind.STOP, target));
      var report = worker.connection().receive();
      assertThat(report.string("unfiltered")).isEmpty();
      judge(report, worker.pid());
    } finally {
      Intruder.close(listener);
      for (var file : List.of(api, door, secret, folder)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /// Open to everybody as far as the file itself goes.
  private static ServerSocketChannel listening(Path path) throws IOException {
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
    return server;
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
