package io.oarlock.automations.worker;

import io.oarlock.automations.RunnerStatus.Layer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// Starts worker processes.
final class WorkerStart implements AutoCloseable {

  /// How long a worker may take to say hello on a busy machine.
  private static final long HELLO_MILLIS_MAX = 30_000;

  private static final int PATH_CHARACTERS_MAX = 60;
  static final int WORDS_BYTES_MAX = 4096;

  /// What a worker needs beside its heap: classes, compiled code, stacks, buffers. Measured: 75 MiB
  /// after thousands of runs.
  private static final long NATIVE_BYTES = 192L << 20;

  private final WorkerPoolConfig config;
  private final Class<?> program;
  private final Path directory;
  private final StagedClassPath staged;
  private final Spawner spawner = new Spawner();
  private final Training training;
  private final CompletableFuture<Void> trained;
  private final AtomicInteger count = new AtomicInteger();
  private final Set<ControlGroup> groups = ConcurrentHashMap.newKeySet();
  private volatile Confinement confinement;

  /// @param program what a worker runs: [WorkerMain], or what a test puts in its place
  /// @throws ConfinementException where confinement is required and this host cannot give it
  WorkerStart(WorkerPoolConfig config, Class<?> program) throws IOException {
    this.config = config;
    this.program = program;
    directory = privateDirectory(config.runDirectory());
    confinement = Confinement.probe(javaHome(), directory, config.isolation());
    tellShortcomings();
    staged = StagedClassPath.stage(config.classPath(), config.javaHome(), config.cacheDirectory());
    training = new Training(staged, spawner, java(config.heapBytes()));
    trained =
        config.aotCache() && !Files.exists(staged.aotCache())
            ? CompletableFuture.runAsync(training::make, Thread::startVirtualThread)
            : CompletableFuture.completedFuture(null);
  }

  /// A folder of this pool alone, private as temporary folders are. The path of a socket has a
  /// limit of about 100 bytes, which deep folders pass.
  private static Path privateDirectory(Path path) throws IOException {
    var wanted = Files.createDirectories(path).toRealPath();
    return wanted.toString().length() <= PATH_CHARACTERS_MAX
        ? Files.createTempDirectory(wanted, "pool-")
        : Files.createTempDirectory("oarlock-").toRealPath();
  }

  /// Where the sockets are.
  Path directory() {
    return directory;
  }

  private void tellShortcomings() throws IOException {
    var shortcoming = confinement.shortcoming();
    if (config.requireConfinement() && shortcoming.isPresent()) {
      deleteDirectory();
      throw new ConfinementException(shortcoming.get());
    }
    for (var layer : layers()) {
      if (!layer.on()) {
        warn("scripts run without the fence '%s': %s".formatted(layer.name(), layer.detail()));
      }
    }
  }

  List<Layer> layers() {
    return confinement.layers();
  }

  /// Done when there is an AOT cache, or will be none.
  CompletableFuture<Void> trained() {
    return trained;
  }

  /// A worker that said hello.
  ///
  /// @param departed what is to be tidied up once it is gone
  record Started(
      Process process,
      ProcessHandle java,
      Connection connection,
      String engine,
      LastWords words,
      ControlGroup group,
      Runnable departed)
      implements AutoCloseable {

    long pid() {
      return java.pid();
    }

    String lastWords() {
      return words.text();
    }

    void kill() {
      java.destroyForcibly();
      process.destroyForcibly();
    }

    @Override
    public void close() {
      kill();
      try {
        connection.close();
      } catch (IOException e) {
        // The process is gone: nobody waits for this socket.
      }
      departed.run();
    }
  }

  /// Starts one and waits for its hello.
  Started start(long heapBytes) throws IOException, InterruptedException {
    var number = count.incrementAndGet();
    var path = directory.resolve("w" + number + ".sock");
    Files.deleteIfExists(path);
    var group = confinement.cgroups().group(heapBytes + NATIVE_BYTES, Isolation.TASKS_MAX);
    groups.add(group);
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path), 1);
      // The folder is private; a worker with a user id of its own must still be able to connect.
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
      var process = spawner.spawn(command(number, path, heapBytes, group));
      var words = LastWords.of(process.getInputStream(), WORDS_BYTES_MAX);
      try {
        return greet(process, server, words, group);
      } catch (IOException e) {
        Spawner.kill(process);
        throw new IOException("a worker did not start: " + e.getMessage() + " " + words.text(), e);
      }
    } catch (IOException e) {
      depart(group);
      throw e;
    } finally {
      Files.deleteIfExists(path);
    }
  }

  private Started greet(
      Process process, ServerSocketChannel server, LastWords words, ControlGroup group)
      throws IOException {
    Thread.ofVirtual().start(() -> stopWaiting(process, server));
    var connection = new Connection(server.accept());
    var hello = connection.receive();
    if (hello.kind() != Frame.Kind.HELLO) {
      throw new IOException("its first word was " + hello.kind());
    }
    learn(hello.string(WorkerMain.UNFILTERED));
    // Starting takes all it can get: somebody waits for it.
    group.limitCpu(config.cpus());
    var java = process.descendants().reduce((outer, inner) -> inner).orElse(process.toHandle());
    var engine = hello.string("engine");
    return new Started(process, java, connection, engine, words, group, () -> depart(group));
  }

  /// The kernel may refuse a filter that it says it knows.
  private void learn(String unfiltered) throws IOException {
    if (!unfiltered.isEmpty() && confinement.filterObstacle().isEmpty()) {
      confinement = confinement.withoutFilter(unfiltered);
      warn("scripts run without a filter of system calls: " + unfiltered);
    }
    var shortcoming = confinement.shortcoming();
    if (config.requireConfinement() && shortcoming.isPresent()) {
      throw new IOException(shortcoming.get());
    }
  }

  /// Once its process was killed.
  private void depart(ControlGroup group) {
    Thread.startVirtualThread(() -> {
      group.close();
      groups.remove(group);
    });
  }

  /// Wakes who waits for a worker that will not come.
  private static void stopWaiting(Process process, ServerSocketChannel server) {
    try (server) {
      process.waitFor(HELLO_MILLIS_MAX, TimeUnit.MILLISECONDS);
    } catch (InterruptedException | IOException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> command(int number, Path socket, long heapBytes, ControlGroup group)
      throws IOException {
    var java = new ArrayList<>(java(heapBytes));
    if (config.aotCache() && Files.exists(staged.aotCache())) {
      java.add("-XX:AOTCache=" + staged.aotCache());
    }
    java.addAll(List.of(program.getName(), socket.toString()));
    var readable = List.of(javaHome(), staged.folder());
    return confinement
        .isolation()
        .command(
            new Isolation.Place(
                Isolation.root(directory),
                socket,
                readable,
                number,
                heapBytes + NATIVE_BYTES,
                group),
            java);
  }

  private Path javaHome() throws IOException {
    return config.javaHome().toRealPath();
  }

  private List<String> java(long heapBytes) throws IOException {
    var java = new ArrayList<String>();
    java.add(javaHome().resolve("bin/java").toString());
    java.addAll(flags(heapBytes));
    java.add("-cp");
    java.add(
        staged.jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    return java;
  }

  private static List<String> flags(long heapBytes) {
    return List.of(
        "-Xmx" + heapBytes,
        "-Xss512k",
        // Small at first, and small again after a burst: most workers wait most of the time.
        "-Xms16m",
        "-XX:+UseCompactObjectHeaders",
        // The archive's classes stay where they were written, so that workers share those pages.
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:ArchiveRelocationMode=0",
        "-XX:MinHeapFreeRatio=20",
        "-XX:MaxHeapFreeRatio=40",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:CICompilerCount=1",
        "-XX:ReservedCodeCacheSize=24m",
        "-XX:MaxMetaspaceSize=96m",
        "-XX:MaxDirectMemorySize=32m",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-UsePerfData",
        // Its limits are in its flags; there is nothing to look up later, when nothing opens.
        "-XX:-UseContainerSupport",
        "-XX:+DisableAttachMechanism",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:ErrorFile=/dev/null",
        "-Xlog:disable",
        "-Xlog:all=error:stderr",
        "-Dtruffle.UseFallbackRuntime=true",
        "-Djava.util.logging.config.file=/dev/null",
        // The same on every host, and whether or not a worker sees the host's files.
        "-Duser.timezone=UTC",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow");
  }

  static void warn(String message) {
    System.getLogger(WorkerStart.class.getName()).log(System.Logger.Level.WARNING, message);
  }

  @Override
  public void close() {
    training.close();
    spawner.close();
    groups.forEach(ControlGroup::close);
    deleteDirectory();
  }

  private void deleteDirectory() {
    try (var files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException | UncheckedIOException e) {
      warn("left behind in " + directory + ": " + e.getMessage());
    }
  }
}
