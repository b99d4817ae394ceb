package io.oarlock.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/** The oarlock command. */
public final class Main {
  private Main() {}

  /** Does what the words say and ends the process with the exit code of that. */
  public static void main(String[] args) {
    var out = stream(FileDescriptor.out);
    var err = stream(FileDescriptor.err);
    var environment = new Environment(System.getenv());
    var colors = environment.wantsColors() && Terminal.person().isPresent();
    var exit = run(environment, new Terminal(System.in, out, err, colors), args);
    out.flush();
    err.flush();
    // Nothing is left to clean up, and shutting down in order costs a tenth of a short command.
    Runtime.getRuntime().halt(exit);
  }

  /**
   * Does what the words say.
   *
   * @param variables instead of those of the process
   * @return the exit code
   */
  public static int run(
      Map<String, String> variables,
      InputStream in,
      PrintStream out,
      PrintStream err,
      String... args) {
    return run(new Environment(variables), new Terminal(in, out, err, false), args);
  }

  private static int run(Environment environment, Terminal terminal, String... args) {
    var session = new Session(terminal, environment, Clock.systemUTC(), Models::packaged);
    return new Oarlock(session).run(args);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    var buffered = new BufferedOutputStream(new FileOutputStream(descriptor), 8192);
    return new PrintStream(buffered, true, StandardCharsets.UTF_8);
  }
}
