package io.oarlock.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Work inside another network namespace: a thread of its own goes there (setns(2)) and ends with
 * the work. A socket opened there stays there, whoever uses it later. A thread started there would
 * stay there, too: open sockets there and do nothing else.
 */
final class Elsewhere {
  private Elsewhere() {}

  static <T> T in(Path namespace, Callable<T> work) throws IOException, InterruptedException {
    var task =
        new FutureTask<T>(() -> {
          enter(namespace);
          return work.call();
        });
    Thread.ofPlatform().name("elsewhere").daemon().start(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IOException(namespace + ": " + e.getCause(), e);
    }
  }

  private static void enter(Path namespace) throws IOException {
    var file = LibC.open(namespace.toString());
    try {
      LibC.enterNetwork(file);
    } finally {
      LibC.close(file);
    }
  }
}
