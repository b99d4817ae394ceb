package io.oarlock.automations.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.automations.RunnerStatus.Layer;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds a worker that was taken over, attacked from inside of one. */
@Timeout(120)
class ConfinementTest {
  private static final int NOBODY = 65534;
  private static final long MIB = 1 << 20;

  @BeforeAll
  static void makeTheCache() throws IOException {
    try (var start = new WorkerStart(Platform.config(), WorkerMain.class)) {
      start.trained().join();
    }
  }

  @Test
  void anIntruderInAWorkerGetsNothing() throws Exception {
    try (var start = new WorkerStart(Platform.config(), Intruder.class)) {
      Here.must(isOn(start, "files"), "this host offers no namespaces to this user");
      Siege.lay(start);
    }
  }

  /** With user namespaces instead of root's, and limits of the process instead of groups'. */
  @Test
  void anIntruderGetsNothingFromAnOrdinaryUserEither(@TempDir Path directory) throws Exception {
    Here.must(
        Isolation.isRoot() && Programs.find("setpriv").isPresent(),
        "only root can become somebody else, and needs setpriv of util-linux");
    var ended = asNobody(directory, Siege.class);
    assertThat(ended)
        .contains("held")
        .contains("Layer[name=uid, on=false")
        .contains("Layer[name=files, on=true, detail=bubblewrap]")
        .contains("Layer[name=tasks, on=true, detail=at most 256 by prlimit]");
  }

  @Test
  void aMemoryBombOutsideTheHeapMeetsALimit() throws Exception {
    try (var start = new WorkerStart(Platform.config(), Intruder.MemoryBomb.class)) {
      Here.must(isOn(start, "memory"), "this host limits no process' memory");
      assertThat(bomb(start)).isBetween(64 * MIB, 320 * MIB);
    }
  }

  @Test
  void aThreadBombMeetsALimit() throws Exception {
    try (var start = new WorkerStart(Platform.config(), Intruder.ThreadBomb.class)) {
      Here.must(isOn(start, "tasks"), "this host counts no process' threads");
      assertThat(bomb(start)).isBetween(100L, (long) Isolation.TASKS_MAX);
    }
  }

  /** How far it came. */
  private static long bomb(WorkerStart start) throws Exception {
    var reached = 0L;
    try (var worker = start.start(128 * MIB)) {
      while (true) {
        var frame = worker.connection().receive();
        if (frame.kind() == Frame.Kind.STOP) {
          assertThat(frame.number("errno")).as("ENOMEM").isEqualTo(12);
          return reached;
        }
        reached = frame.number("allocated");
      }
    } catch (EOFException e) {
      return reached;
    }
  }

  @Test
  void groupsOfWorkersThatAreGoneAreRemoved() throws Exception {
    try (var start = new WorkerStart(Platform.config(), WorkerMain.class)) {
      Here.must(isOn(start, "cpu"), "this host lets this user make no control groups");
      List<Path> folders;
      try (var worker = start.start(128 * MIB)) {
        folders = worker.group().doors().stream().map(Path::getParent).toList();
        assertThat(folders).isNotEmpty().allSatisfy(folder -> assertThat(folder).isDirectory());
        for (var door : worker.group().doors()) {
          assertThat(Files.readAllLines(door)).contains(String.valueOf(worker.pid()));
        }
      }
      Eventually.holds(() -> folders.stream().noneMatch(Files::exists));
    }
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    try (var start = new WorkerStart(Platform.config().withIsolation(false), WorkerMain.class)) {
      assertThat(start.layers().stream().filter(layer -> !layer.on()).map(Layer::name))
          .contains("uid", "tasks", "cpu");
      assertThat(layer(start, "network").detail()).contains("by the filter alone", "bubblewrap");
    }
  }

  @Test
  void aWorkerThatOpensNothingMissesNothing() throws Exception {
    var config = Platform.config().withIsolation(false);
    try (var platform = new Platform(config)) {
      assertThat(
              platform.value(
                  "/a",
                  "return [new Intl.NumberFormat('de').format(1234.5), new Date(2026, 1, 28).getDay(),"
                      + "new Date(0).toLocaleString('en', { timeZone: 'Asia/Tokyo' }).slice(0, 8),"
                      + "crypto.randomUUID().length, 'e\u0301'.normalize('NFC').length,"
                      + "(await crypto.subtle.digest('SHA-256', new Uint8Array(1))).byteLength,"
                      + "['ä', 'z', 'a'].sort(new Intl.Collator('de').compare).join(''),"
                      + "/^\\p{L}+$/u.test('ß'), Math.random() < 1]"))
          .isEqualTo(List.of("1.234,5", 6L, "1/1/1970", 36L, 1L, 32L, "aäz", true, true));
    }
  }

  @Test
  void whereConfinementIsRequiredNothingRunsWithout() {
    assertThatThrownBy(() ->
            new WorkerStart(
                Platform.config().withIsolation(false).withRequireConfinement(true),
                WorkerMain.class))
        .isInstanceOf(ConfinementException.class)
        .hasMessageContaining("confinement of scripts is required")
        .hasMessageContaining("tasks (");
  }

  private static boolean isOn(WorkerStart start, String name) {
    return layer(start, name).on();
  }

  private static Layer layer(WorkerStart start, String name) {
    return start.layers().stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What a program prints that somebody without rights runs from copies he may read. */
  private static String asNobody(Path directory, Class<?> program) throws IOException {
    var classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    var javaHome = Path.of(System.getProperty("java.home"));
    var staged = StagedClassPath.stage(classPath, javaHome, directory.resolve("cache"));
    for (var path = directory; path != null && path.startsWith("/tmp/"); path = path.getParent()) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    var home = Files.createDirectory(directory.resolve("home"));
    Files.setAttribute(home, "unix:uid", NOBODY);
    var id = String.valueOf(NOBODY);
    var command = new ArrayList<>(List.of(Programs.find("setpriv").orElseThrow().toString()));
    command.addAll(List.of("--reuid", id, "--regid", id, "--clear-groups", "--bounding-set=-all"));
    command.addAll(List.of(javaHome.resolve("bin/java").toString(), "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + home, "-cp"));
    command.add(staged.jars().stream().map(Path::toString).collect(Collectors.joining(":")));
    command.add(program.getName());
    var process =
        new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start();
    try (var out = process.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
