package io.oarlock.enforcer.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the machine. */
final class Shell {
  private static final long PATIENCE_SECONDS = 30;

  /** How a program ended, and what it said. */
  record Result(int status, String words) {}

  private Shell() {}

  static Result run(String... command) {
    return run(List.of(command));
  }

  static Result run(List<String> command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Result(-1, words + " (took too long)");
      }
      return new Result(process.exitValue(), words);
    } catch (IOException e) {
      return new Result(-1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result(-1, "interrupted");
    }
  }

  static void must(String command) {
    var result = run(command.split(" ", -1));
    if (result.status() != 0) {
      throw new IllegalStateException(command + ": " + result.words());
    }
  }

  /** A command on a host of the lab, as a user there. */
  static List<String> on(String host, int uid, String... command) {
    var all = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + host, "setpriv"));
    all.addAll(List.of("--reuid=" + uid, "--regid=" + uid, "--clear-groups"));
    all.addAll(List.of(command));
    return all;
  }
}
