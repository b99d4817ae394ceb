package io.oarlock.enforcer.datapath;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Leads the TCP connections of a host's units to its enforcer, by rules in one nftables table of
 * its own, for IPv4 and IPv6. Rules are replaced in one transaction. They stay when the enforcer
 * dies: connections are then led to a port where nobody listens, and fail.
 *
 * <p>Whatever else a unit's user sends is dropped: other protocols, but for what stays on the host,
 * and answers to connections that did not come by the enforcer. So a port that a unit opened a
 * moment ago, of which the enforcer does not know yet, can be reached by nobody.
 */
public final class Interception {
  /** Marks the enforcer's own packets, which pass. */
  public static final int MARK = 0x7e;

  private static final String TABLE = "oarlock";
  private static final long PATIENCE_SECONDS = 10;

  private Interception() {}

  /**
   * What is led where.
   *
   * @param users whose outgoing connections are led to the outgoing port
   * @param services ports of units, connections to which are led to the incoming port
   */
  public record Rules(Set<Long> users, Set<Integer> services, int outgoingPort, int incomingPort) {

    String text() {
      var lines =
          List.of(
              "table inet " + TABLE,
              "delete table inet " + TABLE,
              "table inet " + TABLE + " {",
              "  set users { typeof meta skuid; " + elements(users) + "}",
              "  set services { type inet_service; " + elements(services) + "}",
              "  chain out {",
              "    type nat hook output priority -100; policy accept;",
              "    meta mark and 0xffff == " + MARK + " return",
              "    meta l4proto tcp meta skuid @users redirect to :" + outgoingPort,
              "    fib daddr type local tcp dport @services redirect to :" + incomingPort,
              "  }",
              "  chain in {",
              "    type nat hook prerouting priority -100; policy accept;",
              "    tcp dport @services redirect to :" + incomingPort,
              "  }",
              "  chain others {",
              "    type filter hook output priority 0; policy accept;",
              "    meta mark and 0xffff == " + MARK + " ct mark set " + MARK + " return",
              "    meta skuid @users meta l4proto != tcp oifname \"lo\" return",
              "    meta skuid @users meta l4proto tcp ct status dnat return",
              "    meta skuid @users meta l4proto tcp ct mark " + MARK + " return",
              "    meta skuid @users drop",
              "  }",
              "}");
      return String.join("\n", lines) + "\n";
    }

    private static String elements(Set<? extends Number> numbers) {
      return numbers.isEmpty()
          ? ""
          : numbers.stream()
              .map(String::valueOf)
              .sorted()
              .collect(Collectors.joining(", ", "elements = { ", " } "));
    }
  }

  /**
   * Puts rules in place of former ones.
   *
   * @throws IOException with the words of nft; nothing was changed then
   */
  public static void install(Rules rules) throws IOException {
    nft(rules.text(), "-f", "-");
  }

  /**
   * Lets nft and the kernel look at rules without putting them in place.
   *
   * @throws IOException with the words of nft when they would refuse them
   */
  public static void check(Rules rules) throws IOException {
    nft(rules.text(), "-c", "-f", "-");
  }

  /** Takes all rules away. */
  public static void remove() throws IOException {
    nft("table inet " + TABLE + "\ndelete table inet " + TABLE + "\n", "-f", "-");
  }

  private static void nft(String input, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("nft"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      try (var stream = process.getOutputStream()) {
        stream.write(input.getBytes(StandardCharsets.US_ASCII));
      }
      var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("nft refused the rules: " + words.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for nft", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
