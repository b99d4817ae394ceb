package io.oarlock.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** The oarlock command. */
public final class Main {
  private Main() {}

  /** Does what the words say and ends the process with the exit code of that. */
  public static void main(String[] args) {
    var environment = new Environment(System.getenv());
    var out = stream(FileDescriptor.out);
    var err = stream(FileDescriptor.err);
    var terminal =
        new Terminal(
            System.in, out, err, environment.wantsColors() && Terminal.person().isPresent());
    var session = new Session(terminal, environment, Clock.systemUTC(), Models::packaged);
    var exit = new Oarlock(session).run(args);
    out.flush();
    err.flush();
    // Nothing is left to clean up, and shutting down in order costs a tenth of a short command.
    Runtime.getRuntime().halt(exit);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    var buffered = new BufferedOutputStream(new FileOutputStream(descriptor), 8192);
    return new PrintStream(buffered, true, StandardCharsets.UTF_8);
  }
}
