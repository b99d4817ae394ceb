package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The platform in a process of its own, as {@code oarlock up} starts it. */
final class Program implements AutoCloseable {
  private static final Duration END_MAX = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(10);

  /**
   * Builders start tests in the background, where an interrupt is ignored, and a child inherits
   * that.
   */
  private static final List<String> LISTENING_TO_INTERRUPTS =
      List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV");

  private final Path home;
  private final Process process;
  private final Map<String, Object> about;

  /** How a process ended. */
  record Ended(int code, String out, String err) {}

  private Program(Path home, Process process, Map<String, Object> about) {
    this.home = home;
    this.process = process;
    this.about = about;
  }

  /** Starts it and waits until it says where it is. */
  static Program up(Path home, String... options) throws IOException {
    return up(home, Map.of(), options);
  }

  /** The same with more in its environment. */
  static Program up(Path home, Map<String, String> environment, String... options)
      throws IOException {
    var words = new ArrayList<>(List.of("up", "--json"));
    words.addAll(List.of(options));
    var err = errors();
    var builder = builder(Main.class, home, words).redirectError(err.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var line = out.readLine();
    assertThat(line).as(() -> read(err)).isNotNull();
    return new Program(home, process, Json.parseObject(Objects.requireNonNull(line)));
  }

  /** Runs a program to its end. */
  static Ended run(Class<?> main, Path home, String... words)
      throws IOException, InterruptedException {
    var err = errors();
    var process = builder(main, home, List.of(words)).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(code(process), out, read(err));
  }

  /** Starts a program that listens to interrupts and whose output the caller reads. */
  static Process start(Class<?> main, Path home, String... words) throws IOException {
    var builder = builder(main, home, List.of(words));
    builder.command().addAll(0, LISTENING_TO_INTERRUPTS);
    return builder.redirectError(errors().toFile()).start();
  }

  /** What Ctrl-C does; the exit code. */
  static int interrupt(Process process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).inheritIO().start().waitFor();
    return code(process);
  }

  private static ProcessBuilder builder(Class<?> main, Path home, List<String> words) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(words);
    var builder = new ProcessBuilder(command);
    builder.environment().put("OARLOCK_HOME", home.toString());
    return builder;
  }

  private static Path errors() throws IOException {
    var file = Files.createTempFile("oarlock", ".err");
    file.toFile().deleteOnExit();
    return file;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static int code(Process process) throws InterruptedException {
    if (!process.waitFor(END_MAX.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("The process has not ended in " + END_MAX);
    }
    return process.exitValue();
  }

  Path home() {
    return home;
  }

  URI url() {
    return URI.create(text("url"));
  }

  String port() {
    return Integer.toString(url().getPort());
  }

  String text(String name) {
    return String.valueOf(about.get(name));
  }

  Caller admin() throws IOException, InterruptedException {
    var password = Files.readString(Path.of(text("passwordFile"))).strip();
    return Caller.of(url(), Path.of(text("caFile"))).signedIn(text("adminUser"), password);
  }

  /** The processes of its scripts, when there are some. */
  List<ProcessHandle> workers() throws Exception {
    until(() -> process.descendants().findAny().isPresent());
    return process.descendants().toList();
  }

  /** Whether a process does anything: one that is dead stays listed until somebody takes note. */
  static boolean runs(ProcessHandle process) {
    try {
      return process.isAlive()
          && !Files.readString(Path.of("/proc/" + process.pid() + "/stat")).contains(") Z ");
    } catch (IOException e) {
      return process.isAlive();
    }
  }

  /** Waits for what other processes bring about. */
  static void until(Callable<Boolean> condition) throws Exception {
    var end = System.nanoTime() + END_MAX.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waited " + END_MAX).isLessThan(end);
      LockSupport.parkNanos(STEP.toNanos());
    }
  }

  /** What Ctrl-C and service managers do; the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    return code(process);
  }

  /** What power cuts do. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    code(process);
  }

  /** Waits until nobody writes into its home any more. */
  void awaitEnd() {
    process.onExit().orTimeout(END_MAX.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
