package io.oarlock.engine;

import java.util.Set;
import java.util.regex.Pattern;

/** Names and numbers in the place of a host. */
final class Hosts {
  private static final Pattern NUMBER = Pattern.compile("(?i)\\d+|0x[0-9a-f]*");

  private Hosts() {}

  /**
   * Whether clients take it for an IPv4 address: they do whenever the last label is a number, also
   * in octal or hexadecimal, which other parsers take for a name.
   */
  static boolean isNumeric(String host) {
    return NUMBER.matcher(host.substring(host.lastIndexOf('.') + 1)).matches();
  }

  /** Whether a host in lower case is one of some names, {@code *.example.com} among them. */
  static boolean oneOf(Set<String> patterns, String host) {
    return patterns.stream().anyMatch(pattern -> pattern.equals(host) || means(pattern, host));
  }

  private static boolean means(String pattern, String host) {
    try {
      return EgressEntry.parse(pattern).covers(new EgressEntry.Host(host));
    } catch (IllegalArgumentException _) {
      return false; // half an address, such as 10.1
    }
  }
}
