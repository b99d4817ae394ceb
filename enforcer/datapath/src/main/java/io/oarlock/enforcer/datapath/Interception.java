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
 * <p>Whatever else a unit's user sends is dropped: other protocols, but for what {@link Datagrams}
 * lets pass, and answers to connections that did not come by the enforcer. So a port that a unit
 * opened a moment ago, of which the enforcer does not know yet, can be reached by nobody.
 */
public final class Interception {
  /** Marks the enforcer's own packets, which pass. */
  public static final int MARK = 0x7e;

  /** Ends a rule that lets a datagram pass, and the answers to it. */
  static final String PASS = "ct mark set $flows accept";

  private static final int FLOWS = 0x7e << 24;
  private static final int FLOWS_BITS = 0xffffff;
  private static final String TABLE = "oarlock";
  private static final long PATIENCE_SECONDS = 10;

  private Interception() {}

  /**
   * What is led where.
   *
   * @param users whose outgoing connections are led to the outgoing port
   * @param services ports of units, connections to which are led to the incoming port
   * @param datagrams what may pass beside TCP
   */
  public record Rules(
      Set<Long> users,
      Set<Integer> services,
      Datagrams.Acl datagrams,
      int outgoingPort,
      int incomingPort) {

    String text() {
      var lines = new ArrayList<String>();
      lines.add("define flows = " + flows());
      lines.addAll(
          List.of(
              "table inet " + TABLE,
              "delete table inet " + TABLE,
              "table inet " + TABLE + " {",
              "  set users { typeof meta skuid; " + elements(users) + "}",
              "  set services { type inet_service; " + elements(services) + "}",
              "  set datagrams { type inet_service; " + elements(datagrams.ports()) + "}",
              "  chain out {",
              "    type nat hook output priority -100; policy accept;",
              "    meta mark and 0xffff == " + MARK + " return",
              "    meta l4proto tcp meta skuid @users redirect to :" + outgoingPort,
              "    fib daddr type local tcp dport @services redirect to :" + incomingPort,
              "  }",
              "  chain in {",
              "    type nat hook prerouting priority -100; policy accept;",
              "    tcp dport @services redirect to :" + incomingPort,
              "  }"));
      lines.addAll(connections());
      lines.addAll(beside());
      lines.add("}");
      return String.join("\n", lines) + "\n";
    }

    /** Datagrams that passed are known by this; under other policies, by another. */
    private String flows() {
      return "0x" + Integer.toHexString(FLOWS | (datagrams.version() & FLOWS_BITS));
    }

    private List<String> connections() {
      return List.of(
          "  chain others {",
          "    type filter hook output priority 0; policy accept;",
          "    meta mark and 0xffff == " + MARK + " ct mark set " + MARK + " return",
          "    meta skuid @users meta l4proto != tcp goto sent",
          "    meta skuid @users meta l4proto tcp ct status dnat return",
          "    meta skuid @users meta l4proto tcp ct mark " + MARK + " return",
          "    meta skuid @users drop",
          "  }");
    }

    /** What is not TCP; an answer is let through as long as what it answers would be. */
    private List<String> beside() {
      var lines = new ArrayList<String>();
      datagrams
          .chains()
          .forEach((user, rules) -> lines.addAll(chain("user" + user, rules, List.of())));
      var sent = new ArrayList<String>();
      sent.add("ct direction reply ct mark $flows accept");
      datagrams.local().forEach(rule -> sent.add("oifname \"lo\" " + rule));
      sent.add("oifname \"lo\" udp dport @datagrams drop");
      sent.add("oifname \"lo\" " + PASS);
      datagrams
          .chains()
          .keySet()
          .forEach(user -> sent.add("meta skuid %d jump user%d".formatted(user, user)));
      lines.addAll(chain("sent", sent, List.of("drop")));
      var guarded = new ArrayList<>(List.of("ct mark $flows accept"));
      guarded.addAll(datagrams.incoming());
      lines.addAll(chain("guarded", guarded, List.of("drop")));
      var received = List.of("type filter hook input priority 0; policy accept;");
      lines.addAll(chain("received", received, List.of("udp dport @datagrams goto guarded")));
      return lines;
    }

    private static List<String> chain(String name, List<String> rules, List<String> end) {
      var lines = new ArrayList<>(List.of("  chain " + name + " {"));
      rules.forEach(rule -> lines.add("    " + rule));
      end.forEach(rule -> lines.add("    " + rule));
      lines.add("  }");
      return lines;
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
