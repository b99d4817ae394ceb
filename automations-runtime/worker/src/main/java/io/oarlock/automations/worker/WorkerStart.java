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
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Starts worker processes.
final class WorkerStart implements AutoCloseable {

  /// How long a worker may take to say hello on a busy machine.
  private static final long HELLO_MILLIS_MAX = 30_000;

  private static final int PATH_CHARACTERS_MAX = 60;
  private static final int WORDS_BYTES_MAX = 4096;
  private static final String DRAFT = ".draft-";

  private final WorkerPoolConfig config;
  private final Path directory;
  private final StagedClassPath staged;
  private final Isolation isolation;
  private final AtomicInteger count = new AtomicInteger();

  /// All processes are started by one thread that lives as long as the pool, because they ask to be
  /// killed when the thread that started them is gone.
  private final ExecutorService spawner =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().name("worker spawner").daemon().unstarted(task));

  private final CompletableFuture<Void> trained;
  private volatile @Nullable Process student;
  private volatile boolean closed;

  WorkerStart(WorkerPoolConfig config) throws IOException {
    this.config = config;
    directory = privateDirectory(config.runDirectory());
    staged = StagedClassPath.stage(config.classPath(), config.javaHome(), config.cacheDirectory());
    isolation = Isolation.probe(config.javaHome().toRealPath(), directory, config.isolation());
    trained =
        config.aotCache() && !Files.exists(staged.aotCache())
            ? CompletableFuture.runAsync(this::train, Thread::startVirtualThread)
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

  List<Layer> layers() {
    return isolation.layers();
  }

  /// Done when there is an AOT cache, or will be none.
  CompletableFuture<Void> trained() {
    return trained;
  }

  /// A worker that said hello.
  record Started(
      Process process, ProcessHandle java, Connection connection, String engine, LastWords words)
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
    }
  }

  /// Starts one and waits for its hello.
  Started start(long heapBytes) throws IOException, InterruptedException {
    var number = count.incrementAndGet();
    var path = directory.resolve("w" + number + ".sock");
    Files.deleteIfExists(path);
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path), 1);
      // The folder is private; a worker with a user id of its own must still be able to connect.
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
      var process = spawn(command(number, path, heapBytes));
      var words = LastWords.of(process.getInputStream(), WORDS_BYTES_MAX);
      try {
        return greet(process, server, words);
      } catch (IOException e) {
        kill(process);
        throw new IOException("a worker did not start: " + e.getMessage() + " " + words.text(), e);
      }
    } finally {
      Files.deleteIfExists(path);
    }
  }

  private static Started greet(Process process, ServerSocketChannel server, LastWords words)
      throws IOException {
    Thread.ofVirtual().start(() -> stopWaiting(process, server));
    var connection = new Connection(server.accept());
    var hello = connection.receive();
    if (hello.kind() != Frame.Kind.HELLO) {
      throw new IOException("its first word was " + hello.kind());
    }
    var java = process.descendants().reduce((outer, inner) -> inner).orElse(process.toHandle());
    return new Started(process, java, connection, hello.string("engine"), words);
  }

  /// Wakes who waits for a worker that will not come.
  private static void stopWaiting(Process process, ServerSocketChannel server) {
    try (server) {
      process.waitFor(HELLO_MILLIS_MAX, TimeUnit.MILLISECONDS);
    } catch (InterruptedException | IOException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private Process spawn(List<String> command) throws IOException, InterruptedException {
    try {
      return spawner.submit(() -> started(command)).get();
    } catch (ExecutionException e) {
      throw new IOException("cannot start " + command.getFirst() + ": " + e.getCause(), e);
    }
  }

  private static Process started(List<String> command) throws IOException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    Isolation.scrub(builder);
    return builder.start();
  }

  private List<String> command(int number, Path socket, long heapBytes) throws IOException {
    var java = new ArrayList<String>();
    java.add(javaHome().resolve("bin/java").toString());
    java.addAll(flags(heapBytes));
    if (config.aotCache() && Files.exists(staged.aotCache())) {
      java.add("-XX:AOTCache=" + staged.aotCache());
    }
    java.addAll(List.of("-cp", classPath(), WorkerMain.class.getName(), socket.toString()));
    var readable = List.of(javaHome(), staged.folder());
    return isolation.command(
        new Isolation.Place(Isolation.root(directory), socket, readable, number), java);
  }

  private Path javaHome() throws IOException {
    return config.javaHome().toRealPath();
  }

  private String classPath() {
    return staged.jars().stream().map(Path::toString).collect(Collectors.joining(":"));
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
        "-XX:+DisableAttachMechanism",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:ErrorFile=/dev/null",
        "-Xlog:disable",
        "-Xlog:all=error:stderr",
        "-Dtruffle.UseFallbackRuntime=true",
        "-Djava.util.logging.config.file=/dev/null",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow");
  }

  /// Two processes one after the other, each of which ends with this one. The JVM's own way to do
  /// both in one step starts the second as a child nobody else can end.
  private void train() {
    forgetDrafts();
    var mark = DRAFT + ProcessHandle.current().pid();
    var seen = staged.folder().resolve("worker.aotconf" + mark);
    var draft = staged.folder().resolve("worker.aot" + mark);
    try {
      study(List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + seen), seen);
      study(
          List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + seen, "-XX:AOTCache=" + draft),
          draft);
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(draft, staged.aotCache(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!closed) {
        warn("workers start without an AOT cache: " + e.getMessage());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      delete(seen);
      delete(draft);
    }
  }

  /// What platforms left that were killed while they made a cache.
  private void forgetDrafts() {
    try (var files = Files.list(staged.folder())) {
      files.filter(file -> isAbandoned(file.getFileName().toString())).forEach(WorkerStart::delete);
    } catch (IOException e) {
      warn("cannot tidy up: " + e.getMessage());
    }
  }

  private static boolean isAbandoned(String name) {
    var mark = name.indexOf(DRAFT);
    return mark >= 0
        && ProcessHandle.of(Long.parseLong(name.substring(mark + DRAFT.length()))).isEmpty();
  }

  private void study(List<String> mode, Path made) throws IOException, InterruptedException {
    var command = new ArrayList<>(Isolation.endingWithParent());
    Programs.find("nice").ifPresent(nice -> command.addAll(List.of(nice.toString(), "-n", "10")));
    command.add(javaHome().resolve("bin/java").toString());
    command.addAll(flags(config.heapBytes()));
    command.addAll(mode);
    command.addAll(List.of("-cp", classPath(), WorkerMain.class.getName(), "--train"));
    var process = spawn(command);
    student = process;
    var words = LastWords.of(process.getInputStream(), WORDS_BYTES_MAX);
    if (process.waitFor() != 0 || !Files.exists(made)) {
      throw new IOException(mode.getFirst() + " failed: " + words.text());
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      warn("left behind: " + e.getMessage());
    }
  }

  private static void warn(String message) {
    System.getLogger(WorkerStart.class.getName()).log(System.Logger.Level.WARNING, message);
  }

  @Override
  public void close() {
    closed = true;
    if (student != null) {
      kill(student);
    }
    spawner.shutdownNow();
    try (var files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException | UncheckedIOException e) {
      warn("left behind in " + directory + ": " + e.getMessage());
    }
  }
}
