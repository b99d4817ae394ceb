package io.oarlock.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A shell that is a unit, for plain programs one after the other. For one thread. */
final class UnitShell {
  private static final String DONE = "--done-- ";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String name;
  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  UnitShell(String name, Process process) {
    this.name = name;
    this.process = process;
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (var said = process.inputReader()) {
      for (var line = said.readLine(); line != null; line = said.readLine()) {
        lines.add(line);
      }
    } catch (IOException _) {
      // It was ended.
    }
  }

  String name() {
    return name;
  }

  /** Runs a command to its end. */
  Shell.Result run(String command) throws IOException, InterruptedException {
    begin(command);
    var said = new StringBuilder();
    while (true) {
      var line =
          next(PATIENCE)
              .orElseThrow(
                  () -> new SurpriseException(name + ": " + command + " does not end: " + said));
      if (ended(line)) {
        return new Shell.Result(Integer.parseInt(line.substring(DONE.length())), said.toString());
      }
      said.append(line).append('\n');
    }
  }

  /** Begins a command whose lines the caller takes. */
  void begin(String command) throws IOException {
    var script = command + "\ncode=$?\necho\necho " + DONE + "$code\n";
    var out = process.getOutputStream();
    out.write(script.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** The next line it says. */
  Optional<String> next(Duration atMost) throws InterruptedException {
    return Optional.ofNullable(lines.poll(atMost.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Waits until what was begun has ended, whatever it says until then. */
  boolean endsWithin(Duration atMost) throws InterruptedException {
    var until = System.nanoTime() + atMost.toNanos();
    for (var left = atMost; left.isPositive(); left = Duration.ofNanos(until - System.nanoTime())) {
      if (next(left).filter(UnitShell::ended).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static boolean ended(String line) {
    return line.startsWith(DONE);
  }

  /** Ends it and all it started. */
  void end() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }
}
