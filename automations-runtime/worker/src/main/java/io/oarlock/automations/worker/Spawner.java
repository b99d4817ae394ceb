package io.oarlock.automations.worker;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Starts all processes of a pool by one thread that lives as long as the pool, because they ask to
/// be killed when the thread that started them is gone.
final class Spawner implements AutoCloseable {

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().name("worker spawner").daemon().unstarted(task));

  Process spawn(List<String> command) throws IOException, InterruptedException {
    try {
      return thread.submit(() -> started(command)).get();
    } catch (ExecutionException e) {
      throw new IOException("cannot start " + command.getFirst() + ": " + e.getCause(), e);
    }
  }

  private static Process started(List<String> command) throws IOException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    Isolation.scrub(builder);
    return builder.start();
  }

  static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
