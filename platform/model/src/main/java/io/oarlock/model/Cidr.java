package io.oarlock.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A network of IPv4 or IPv6 addresses: {@code 10.0.0.0/8}. Nothing here asks a name server. IPv6
 * addresses that only wrap an IPv4 one ({@code ::ffff:10.0.0.1}) are that IPv4 address, so that
 * nobody passes a rule by spelling theirs differently.
 *
 * @param network the first address; host bits of the text it was read from are cleared
 */
public record Cidr(InetAddress network, int prefix) {
  private static final int WRAPPED_BITS = 96;
  private static final int TEXT_MAX = 64;
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern ZEROS = Pattern.compile("(?<![0-9a-f])0(:0)+(?![0-9a-f])");

  public Cidr {
    var bits = network.getAddress().length * 8;
    if (prefix < 0 || prefix > bits) {
      throw refuse(network.getHostAddress() + "/" + prefix, "its length is not 0 to " + bits);
    }
    network = masked(network, prefix);
  }

  /** Reads {@code address/length}. */
  public static Cidr parse(String text) {
    var cut = text.indexOf('/');
    if (cut < 0) {
      throw refuse(
          text, isAddress(text) ? "for one address add " + oneAddress(text) : "no / in it");
    }
    var address = text.substring(0, cut);
    if (!isAddress(address)) {
      throw refuse(text, "it does not start with an IPv4 or IPv6 address");
    }
    var length = text.substring(cut + 1);
    if (!Pattern.matches("0|[1-9]\\d{0,2}", length)) {
      throw refuse(text, "its length is no number");
    }
    var network = InetAddress.ofLiteral(address);
    var wraps = isV6(address) && network.getAddress().length == 4;
    return new Cidr(network, Integer.parseInt(length) - (wraps ? WRAPPED_BITS : 0));
  }

  /** Reads an address in its literal form; a zone ({@code %eth0}) is left out. */
  public static InetAddress address(String text) {
    var cut = text.indexOf('%');
    var literal = cut < 0 ? text : text.substring(0, cut);
    if (!isAddress(literal)) {
      throw new IllegalArgumentException(
          Quote.of(text)
              + " is no IPv4 or IPv6 address; write one such as 10.0.0.1 or 2001:db8::1.");
    }
    return InetAddress.ofLiteral(literal);
  }

  private static boolean isV6(String address) {
    return address.indexOf(':') >= 0;
  }

  private static String oneAddress(String address) {
    return InetAddress.ofLiteral(address).getAddress().length == 4 && !isV6(address)
        ? "/32"
        : "/128";
  }

  /** The JDK alone would take {@code 10.1} and {@code 010.0.0.1} for IPv4 addresses. */
  private static boolean isAddress(String text) {
    if (text.length() > TEXT_MAX) {
      return false;
    }
    if (!isV6(text)) {
      return IPV4.matcher(text).matches();
    }
    try {
      return IPV6.matcher(text).matches() && InetAddress.ofLiteral(text).getAddress().length > 0;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static InetAddress masked(InetAddress address, int prefix) {
    var bytes = address.getAddress();
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] &= (byte) mask(prefix, i);
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("An address has 4 or 16 bytes", e);
    }
  }

  private static int mask(int prefix, int index) {
    var bits = Math.clamp(prefix - 8L * index, 0, 8);
    return 0xFF << (8 - bits);
  }

  /** Whether the address is one of the network. */
  public boolean contains(InetAddress address) {
    var mine = network.getAddress();
    var other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (var i = 0; 8 * i < prefix; i++) {
      if (((mine[i] ^ other[i]) & mask(prefix, i)) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the address, in its literal form, is one of the network. */
  public boolean contains(String address) {
    return contains(address(address));
  }

  /** Whether every address of the other is one of this network. */
  public boolean contains(Cidr other) {
    return prefix <= other.prefix && contains(other.network);
  }

  private static IllegalArgumentException refuse(String text, String reason) {
    return new IllegalArgumentException(
        Quote.of(text)
            + " is not a network: "
            + reason
            + ". Write an address and the length of its prefix, such as 10.0.0.0/8 or"
            + " 2001:db8::/32.");
  }

  /** The shortest form, as RFC 5952 wants it. */
  @Override
  public String toString() {
    var text = network.getHostAddress();
    if (!isV6(text)) {
      return text + "/" + prefix;
    }
    var longest =
        ZEROS
            .matcher(text)
            .results()
            .reduce((a, b) -> b.group().length() > a.group().length() ? b : a);
    return longest
            .map(run -> text.substring(0, run.start()) + "::" + text.substring(run.end()))
            .map(joined -> joined.replace(":::", "::").replace(":::", "::"))
            .orElse(text)
        + "/"
        + prefix;
  }
}
