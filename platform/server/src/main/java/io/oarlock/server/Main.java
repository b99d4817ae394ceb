package io.oarlock.server;

import io.oarlock.json.Json;
import io.oarlock.model.Problem;
import io.oarlock.store.EmbeddedStore;
import io.oarlock.store.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code oarlock up | down | status | backup FILE | restore FILE}. */
public final class Main {
  private static final int OK = 0;
  private static final int FAILURE = 1;
  private static final int USAGE = 2;
  private static final int NOT_FOUND = 3;
  private static final Duration STOP_MAX = Duration.ofSeconds(30);

  /** Quartz tells at length how it was set up; kept here, since loggers are held weakly. */
  private static final java.util.logging.Logger QUARTZ =
      java.util.logging.Logger.getLogger("org.quartz");

  private final Home home;
  private final PrintStream out;
  private final PrintStream err;

  private Main(Home home, PrintStream out, PrintStream err) {
    this.home = home;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] words) {
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n");
    QUARTZ.setLevel(java.util.logging.Level.WARNING);
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    var code = new Main(Home.fromEnvironment(), out, err).run(List.of(words));
    if (code != OK) {
      System.exit(code);
    }
  }

  private int run(List<String> words) {
    try {
      return dispatch(words.isEmpty() ? "up" : words.getFirst(), words);
    } catch (UsageException e) {
      return fail(USAGE, e);
    } catch (UnavailableException | StoreException | Problem e) {
      return fail(FAILURE, e);
    } catch (FileSystemException e) {
      var reason = Optional.ofNullable(e.getReason()).map(text -> " (" + text + ")").orElse("");
      err.println(
          "oarlock: "
              + e.getFile()
              + " cannot be written"
              + reason
              + "; check its owner and rights");
      return FAILURE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILURE;
    } catch (Exception e) {
      err.println("oarlock: could not start: " + e);
      return FAILURE;
    }
  }

  private int fail(int code, Exception e) {
    err.println("oarlock: " + e.getMessage());
    return code;
  }

  private int dispatch(String word, List<String> words) throws Exception {
    var command = ServerCommand.of(word);
    var rest = words.subList(Math.min(1, words.size()), words.size());
    if (rest.contains(ServerCommand.HELP) || rest.contains("-h")) {
      out.println(command.help());
      return OK;
    }
    command.requireKnown(rest);
    return switch (command.word()) {
      case "up" -> up(UpOptions.parse(rest));
      case "down" -> down();
      case "status" -> status(rest.contains("--json"));
      case "backup" -> backup(rest.getFirst());
      case "restore" -> restore(rest.getFirst());
      default -> throw new IllegalStateException("Nothing runs " + word);
    };
  }

  private int up(UpOptions options) throws Exception {
    var began = Instant.now();
    var running = RunningServer.find(home);
    if (running.isPresent()) {
      throw new UnavailableException(
          "The platform of "
              + home.path()
              + " runs already at "
              + running.get().url()
              + " (process "
              + running.get().pid()
              + "). Stop it with oarlock down, or use another OARLOCK_HOME");
    }
    home.prepare();
    var server = Server.start(home, options);
    var about =
        new RunningServer(
            server.url().toString(),
            ProcessHandle.current().pid(),
            home.password(),
            new Keys(home).authorityFile(),
            server.socket(),
            RunningServer.trees(server.confinement()));
    about.write(home);
    greet(about, options, Duration.between(began, Instant.now()));
    awaitEnd(server);
    return OK;
  }

  private void greet(RunningServer about, UpOptions options, Duration took) {
    if (options.json()) {
      out.println(Json.text(about.toTree()));
      return;
    }
    out.printf(
        """
        Oarlock is ready (%d ms).

          API and docs   %s  (%s/docs)
          administrator  admin, password in %s
          certificate    %s
          data           %s

        Try next, in another terminal:
          ./oarlock login
          ./oarlock demo
          ./oarlock api list namespaces

        Stop with Ctrl-C or ./oarlock down.
        """,
        took.toMillis(),
        about.url(),
        about.url(),
        about.passwordFile(),
        about.caFile(),
        options.data().orElseGet(home::data));
  }

  /** Ends with exit code 0 on SIGTERM, when everything is closed. */
  private void awaitEnd(Server server) throws InterruptedException {
    var never = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  var code = close(server);
                  Runtime.getRuntime().halt(code);
                }));
    never.await();
  }

  private int close(Server server) {
    try {
      server.close();
      Files.deleteIfExists(home.serverFile());
      return OK;
    } catch (Exception e) {
      err.println("oarlock: could not stop cleanly: " + e);
      return FAILURE;
    }
  }

  private int down() throws IOException, InterruptedException {
    var running = RunningServer.find(home);
    if (running.isEmpty()) {
      out.println("No platform of " + home.path() + " is running.");
      return OK;
    }
    var process = running.get().process().orElseThrow();
    process.destroy();
    try {
      process.onExit().get(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
      out.println("Stopped.");
      return OK;
    } catch (TimeoutException e) {
      err.println(
          "oarlock: process " + process.pid() + " has not ended in " + STOP_MAX.toSeconds() + " s");
      return FAILURE;
    } catch (java.util.concurrent.ExecutionException e) {
      return fail(FAILURE, e);
    }
  }

  private int status(boolean json) throws IOException {
    var running = RunningServer.find(home);
    if (running.isEmpty()) {
      err.println("oarlock: no platform of " + home.path() + " is running; start it: oarlock up");
      return NOT_FOUND;
    }
    var about = running.get();
    if (json) {
      out.println(Json.text(about.toTree()));
      return OK;
    }
    out.println("running  " + about.url() + "  process " + about.pid() + "  home " + home.path());
    out.println();
    out.println("Scripts are confined by");
    for (var layer : about.confinement()) {
      var on = Boolean.TRUE.equals(layer.get("on")) ? "on" : "OFF";
      out.printf("  %-3s  %-14s  %s%n", on, layer.get("layer"), layer.get("detail"));
    }
    return OK;
  }

  /** A whole backup or none: it gets its name when it is complete. */
  private int backup(String name) throws IOException {
    if (RunningServer.find(home).isEmpty()) {
      throw new UnavailableException(
          "No platform of " + home.path() + " is running; start it: oarlock up");
    }
    var file = Path.of(name).toAbsolutePath();
    var part = file.resolveSibling(file.getFileName() + ".part");
    try (var out = Files.newOutputStream(part)) {
      ControlSocket.fetch(home.controlSocket(), out);
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    out.println("Backup of " + Files.size(file) + " bytes in " + file);
    return OK;
  }

  private int restore(String name) throws IOException {
    home.prepare();
    try (var in = Files.newInputStream(Path.of(name))) {
      EmbeddedStore.restore(in, home.data());
    }
    out.println("Restored into " + home.data());
    return OK;
  }
}
