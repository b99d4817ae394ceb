package io.oarlock.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the machine. */
final class Shell {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How a program ended, and what it said; -1 when it could not start or took too long. */
  record Result(int status, String words) {
    boolean good() {
      return status == 0;
    }

    /** The last thing it said. */
    String last() {
      var text = words.strip();
      return text.substring(text.lastIndexOf('\n') + 1);
    }
  }

  private Shell() {}

  static Result run(String... command) throws InterruptedException {
    return run(List.of(command));
  }

  static Result run(List<String> command) throws InterruptedException {
    try {
      return finish(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      return new Result(-1, String.valueOf(e.getMessage()));
    }
  }

  static void must(String... command) throws IOException, InterruptedException {
    var result = run(command);
    if (!result.good()) {
      throw new IOException(String.join(" ", command) + ": " + result.words().strip());
    }
  }

  /** Reads what a program says until it ends, or is ended for taking too long. */
  static Result finish(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    var guard = Thread.ofVirtual().start(() -> endIfLate(process));
    try (var said = process.getInputStream()) {
      var words = new String(said.readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), words);
    } finally {
      guard.interrupt();
      process.destroyForcibly();
    }
  }

  private static void endIfLate(Process process) {
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      // It has ended.
    }
  }
}
