package io.oarlock.automations.worker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a script that took over its process would try. Prints one line per thing it got.
final class Intruder {

  private interface Attempt {
    void make() throws IOException;
  }

  private Intruder() {}

  public static void main(String... arguments) {
    var port = Integer.parseInt(arguments[0]);
    attempt(
        "connected to the host", () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
    attempt("read /etc/passwd", () -> Files.readAllBytes(Path.of("/etc/passwd")));
    attempt("read the platform's files", () -> Files.readAllBytes(Path.of(arguments[1])));
    attempt("wrote a file", () -> Files.writeString(Path.of("/tmp/intruder"), "x"));
    attempt("started a shell", () -> new ProcessBuilder("/bin/sh", "-c", "true").start());
    // Itself, and what brought it here.
    if (ProcessHandle.allProcesses().count() > 2) {
      System.out.println("saw other processes");
    }
    System.out.println("finished");
  }

  private static void attempt(String what, Attempt attempt) {
    try {
      attempt.make();
      System.out.println(what);
    } catch (IOException | RuntimeException e) {
      // Refused, as it should be.
    }
  }
}
