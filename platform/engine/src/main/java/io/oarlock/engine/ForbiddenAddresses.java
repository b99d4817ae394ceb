package io.oarlock.engine;

import io.oarlock.model.Cidr;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The addresses nobody reaches from here unless an egress policy lifts the rule: those that lead
 * back into the platform's own host or network, and those that are no single host at all.
 */
final class ForbiddenAddresses {
  /**
   * Addresses that hand out credentials of the machine; only a network lifts them, never a name.
   */
  static final String METADATA = "metadata";

  private static final Map<Cidr, String> RULES = rules();
  private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");
  private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");
  private static final byte[] ISATAP = {0, 0, 0x5e, (byte) 0xfe};

  private ForbiddenAddresses() {}

  /** In order: the first network that holds an address names its rule. */
  private static Map<Cidr, String> rules() {
    var rules = new LinkedHashMap<Cidr, String>();
    add(rules, METADATA, "169.254.169.254/32", "169.254.170.2/32", "100.100.100.200/32");
    add(rules, METADATA, "192.0.0.192/32", "fd00:ec2::/64");
    add(rules, "loopback", "127.0.0.0/8", "::1/128");
    add(rules, "unspecified", "0.0.0.0/8", "::/128");
    add(rules, "link-local", "169.254.0.0/16", "fe80::/10");
    add(rules, "private", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10");
    add(rules, "carrier-grade-nat", "100.64.0.0/10");
    add(rules, "multicast", "224.0.0.0/4", "ff00::/8");
    add(rules, "reserved", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24");
    add(rules, "reserved", "203.0.113.0/24", "240.0.0.0/4", "100::/64", "2001:db8::/32");
    add(rules, "embedded-address", "::/96", "64:ff9b:1::/48", "2001::/32");
    return rules;
  }

  private static void add(Map<Cidr, String> rules, String rule, String... networks) {
    for (var network : networks) {
      rules.put(Cidr.parse(network), rule);
    }
  }

  /** The rule that forbids the address, also where it stands inside an IPv6 address. */
  static Optional<String> rule(InetAddress address) {
    for (var entry : RULES.entrySet()) {
      if (entry.getKey().contains(address)) {
        return Optional.of(entry.getValue());
      }
    }
    return embedded(address).flatMap(ForbiddenAddresses::rule);
  }

  private static Optional<InetAddress> embedded(InetAddress address) {
    var bytes = address.getAddress();
    if (bytes.length == 4) {
      return Optional.empty();
    }
    if (SIX_TO_FOUR.contains(address)) {
      return Optional.of(v4(bytes, 2));
    }
    if (NAT64.contains(address) || isIsatap(bytes)) {
      return Optional.of(v4(bytes, 12));
    }
    return Optional.empty();
  }

  private static boolean isIsatap(byte[] bytes) {
    return (bytes[8] & ~2) == ISATAP[0] && Arrays.equals(bytes, 9, 12, ISATAP, 1, 4);
  }

  private static InetAddress v4(byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("An IPv4 address has 4 bytes", e);
    }
  }
}
