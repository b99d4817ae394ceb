package io.oarlock.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The usual commands one after the other, on the platform of this home: what a start-up cache is
 * recorded from. A class that is not met here is loaded the slow way, by every command that needs
 * it.
 */
final class Rehearsal {
  private static final String DOCUMENT =
      """
      type: namespace
      name: rehearsal
      description: Seen while the start-up cache was made.
      """;

  private static final List<String> LINES =
      List.of(
          "login",
          "version",
          "whoami",
          "api create namespace --set name=first",
          "apply -f -",
          "apply -f -",
          "diff -f -",
          "get namespaces",
          "get namespaces -o wide -r",
          "get namespaces -o json",
          "get namespaces -o yaml",
          "get namespaces -o name",
          "get namespace first",
          "get accounts",
          "api list namespaces -q description!=x",
          "api count namespaces",
          "api update namespace first --set description=Changed",
          "runs",
          "explain namespace",
          "api delete namespace first");

  private Rehearsal() {}

  /** Ends with exit code 1 when a command failed. */
  public static void main(String[] args) throws IOException {
    var failed = LINES.stream().filter(line -> fails(System.getenv(), line)).toList();
    System.exit(failed.isEmpty() && !fails(byTls(), "get namespaces") ? Exit.OK : Exit.FAILURE);
  }

  private static boolean fails(Map<String, String> variables, String line) {
    var in = new ByteArrayInputStream(DOCUMENT.getBytes(StandardCharsets.UTF_8));
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return Main.run(variables, in, nowhere, System.err, line.split(" ", -1)) != Exit.OK;
  }

  /** The same platform under another address, which is not taken for the one of this home. */
  private static Map<String, String> byTls() throws IOException {
    var profiles = new Profiles(new Environment(System.getenv()).home());
    var profile = profiles.find(Profiles.DEFAULT).orElseThrow();
    var variables = new HashMap<>(System.getenv());
    variables.put("OARLOCK_URL", profile.endpoint().url().replace("localhost", "127.0.0.1"));
    variables.put("OARLOCK_TOKEN", profile.token());
    variables.put("OARLOCK_CA_FILE", Tree.text(profiles.localServer(), "caFile").orElseThrow());
    return variables;
  }
}
