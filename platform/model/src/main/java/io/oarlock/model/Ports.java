package io.oarlock.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What kind of traffic a policy speaks of: {@code tcp/443}, {@code udp/8000:8999}, {@code esp},
 * {@code icmp/3/0,2:4} or {@code any}.
 */
public sealed interface Ports {

  /** Every protocol and port. */
  record Any() implements Ports {
    @Override
    public String toString() {
      return "any";
    }
  }

  /** All of a protocol, by its IANA name. */
  record Protocol(String protocol) implements Ports {
    @Override
    public String toString() {
      return protocol;
    }
  }

  /** Ports of tcp or udp, both ends included. */
  record PortRange(String protocol, int first, int last) implements Ports {
    @Override
    public String toString() {
      return protocol + "/" + range(first, last);
    }
  }

  /** Messages of icmp or icmp6 of a type; no codes mean every code. */
  record Icmp(String protocol, int type, List<Codes> codes) implements Ports {
    public Icmp {
      codes = List.copyOf(codes);
    }

    @Override
    public String toString() {
      var text = codes.stream().map(Codes::toString).collect(Collectors.joining(","));
      return protocol + "/" + type + (text.isEmpty() ? "" : "/" + text);
    }
  }

  /** Codes of ICMP, both ends included. */
  record Codes(int first, int last) {
    @Override
    public String toString() {
      return range(first, last);
    }
  }

  /** Names of the IANA list that take no ports. */
  Set<String> PORTLESS =
      Set.of(
          "ah",
          "dccp",
          "egp",
          "eigrp",
          "esp",
          "ggp",
          "gre",
          "igmp",
          "ipcomp",
          "ipip",
          "ipv6",
          "isis",
          "l2tp",
          "manet",
          "mpls-in-ip",
          "mtp",
          "ospf",
          "pim",
          "rdp",
          "rsvp",
          "sctp",
          "st",
          "udplite",
          "vrrp");

  /** Whether traffic of that protocol to that port is meant. */
  default boolean covers(String protocol, int port) {
    return switch (this) {
      case Any any -> true;
      case Protocol(var name) -> name.equals(protocol);
      case PortRange(var name, var first, var last) ->
          name.equals(protocol) && first <= port && port <= last;
      case Icmp icmp -> false;
    };
  }

  /** Whether ICMP messages of that type and code are meant. */
  default boolean coversIcmp(String protocol, int type, int code) {
    return switch (this) {
      case Any any -> true;
      case Protocol(var name) -> name.equals(protocol);
      case PortRange range -> false;
      case Icmp(var name, var wanted, var codes) ->
          name.equals(protocol)
              && wanted == type
              && (codes.isEmpty()
                  || codes.stream().anyMatch(c -> c.first() <= code && code <= c.last()));
    };
  }

  /** Reads one entry. */
  static Ports parse(String text) {
    var cut = text.indexOf('/');
    var protocol = cut < 0 ? text : text.substring(0, cut);
    var rest = cut < 0 ? Optional.<String>empty() : Optional.of(text.substring(cut + 1));
    return switch (protocol) {
      case "any" -> alone(text, rest, new Any());
      case "tcp", "udp" -> ports(text, protocol, rest.orElse(""));
      case "icmp", "icmp6" ->
          rest.map(after -> icmp(text, protocol, after)).orElse(new Protocol(protocol));
      default -> portless(text, protocol, rest);
    };
  }

  /**
   * Everything wrong with a list of entries: each alone, entries twice, and {@code any} in company.
   */
  static List<Violation> faults(List<String> entries) {
    var faults = new ArrayList<Violation>();
    var seen = new HashSet<Ports>();
    for (var i = 0; i < entries.size(); i++) {
      var pointer = "/" + i;
      try {
        var ports = parse(entries.get(i));
        if (!seen.add(ports)) {
          faults.add(Violation.of("duplicate", ports + " stands twice; remove one.", pointer));
        } else if (ports instanceof Any && entries.size() > 1) {
          faults.add(Violation.of("any-alone", "any covers the others; write it alone.", pointer));
        }
      } catch (IllegalArgumentException e) {
        faults.add(Violation.of("bad-ports", String.valueOf(e.getMessage()), pointer));
      }
    }
    return faults;
  }

  private static Ports alone(String text, Optional<String> rest, Ports ports) {
    if (rest.isPresent()) {
      throw refuse(text, ports + " takes no ports", "write " + ports);
    }
    return ports;
  }

  private static Ports portless(String text, String protocol, Optional<String> rest) {
    if (PORTLESS.contains(protocol)) {
      return alone(text, rest, new Protocol(protocol));
    }
    var known = Stream.concat(Stream.of("tcp", "udp", "icmp", "icmp6", "any"), PORTLESS.stream());
    var near = Suggest.closest(protocol.toLowerCase(Locale.ROOT), known.toList());
    throw refuse(
        text,
        "it does not start with a known protocol in lower case",
        near.map(word -> "did you mean " + word + "?").orElse("write for example tcp/443"));
  }

  private static Ports ports(String text, String protocol, String rest) {
    var range = Pattern.compile("(\\d{1,5})(?::(\\d{1,5}))?").matcher(rest);
    if (!range.matches()) {
      throw refuse(
          text, protocol + " needs a port", "write " + protocol + "/443 or " + protocol + "/80:89");
    }
    var first = Integer.parseInt(range.group(1));
    var last = last(range, first);
    if (first < 1 || last > 65_535 || first > last) {
      throw refuse(text, "ports go from 1 to 65535, the lower one first", "correct the numbers");
    }
    return new PortRange(protocol, first, last);
  }

  private static Ports icmp(String text, String protocol, String rest) {
    if (!Pattern.matches("\\d{1,3}(/\\d{1,3}(:\\d{1,3})?(,\\d{1,3}(:\\d{1,3})?)*)?", rest)) {
      throw refuse(
          text,
          "a type and codes are numbers",
          "write " + protocol + "/3 or " + protocol + "/3/0,2:4");
    }
    var cut = rest.indexOf('/');
    var type = Integer.parseInt(cut < 0 ? rest : rest.substring(0, cut));
    var codes = cut < 0 ? List.<Codes>of() : codes(rest.substring(cut + 1));
    if (type > 255 || codes.stream().anyMatch(c -> c.last() > 255 || c.first() > c.last())) {
      throw refuse(
          text, "types and codes go from 0 to 255, the lower one first", "correct the numbers");
    }
    return new Icmp(protocol, type, codes);
  }

  private static List<Codes> codes(String text) {
    var codes = new ArrayList<Codes>();
    var range = Pattern.compile("(\\d+)(?::(\\d+))?").matcher(text);
    while (range.find()) {
      var first = Integer.parseInt(range.group(1));
      codes.add(new Codes(first, last(range, first)));
    }
    return codes;
  }

  private static int last(Matcher range, int first) {
    return range.group(2) == null ? first : Integer.parseInt(range.group(2));
  }

  private static String range(int first, int last) {
    return first == last ? String.valueOf(first) : first + ":" + last;
  }

  private static IllegalArgumentException refuse(String text, String reason, String fix) {
    return new IllegalArgumentException(
        Quote.of(text)
            + " names no ports: "
            + reason
            + ". An entry is protocol/port, protocol/port:port, a protocol without ports,"
            + " icmp/type/code or any; "
            + fix
            + (fix.endsWith("?") ? "" : "."));
  }
}
