package io.oarlock.model;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Syntaxes of networks; nothing here asks a name server. */
final class NetworkFormats {
  /** Protocols of the IANA list, beside tcp, udp and icmp, that policies can name. */
  private static final Set<String> PORTLESS =
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

  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern PREFIX = Pattern.compile("0|[1-9]\\d{0,2}");
  private static final Pattern MAIL =
      Pattern.compile("[^\\s@<>\"(),:;\\\\]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");
  private static final Pattern PORT = Pattern.compile("\\d{1,5}");
  private static final Pattern ICMP = Pattern.compile("\\d{1,3}(/\\d{1,3}([,:]\\d{1,3})*)?");

  private NetworkFormats() {}

  static Optional<TextCheck.Fault> cidr(String text) {
    var cut = text.indexOf('/');
    if (cut < 0) {
      return TextCheck.Fault.of(
          "has no prefix length: an address and /0 to /32 (IPv4) or /128 (IPv6) are expected",
          isAddress(text)
              ? Optional.of("For one address write " + text + (isV6(text) ? "/128." : "/32."))
              : Optional.empty());
    }
    var address = text.substring(0, cut);
    if (!isAddress(address)) {
      return TextCheck.Fault.of("does not start with an IPv4 or IPv6 address");
    }
    var prefix = text.substring(cut + 1);
    var longest = isV6(address) ? 128 : 32;
    return PREFIX.matcher(prefix).matches() && Integer.parseInt(prefix) <= longest
        ? Optional.empty()
        : TextCheck.Fault.of("has a prefix length that is not from 0 to " + longest);
  }

  private static boolean isV6(String address) {
    return address.indexOf(':') >= 0;
  }

  private static boolean isAddress(String text) {
    if (!isV6(text)) {
      return IPV4.matcher(text).matches();
    }
    try {
      return IPV6.matcher(text).matches() && InetAddress.ofLiteral(text) != null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  static Optional<TextCheck.Fault> url(String text) {
    try {
      var uri = new URI(text);
      var scheme = uri.getScheme();
      if (!"https".equalsIgnoreCase(scheme) && !"http".equalsIgnoreCase(scheme)) {
        return TextCheck.Fault.of("is not a URL that starts with https:// or http://");
      }
      if (uri.getHost() == null) {
        return TextCheck.Fault.of("is a URL without a host");
      }
      return uri.getRawUserInfo() == null
          ? Optional.empty()
          : TextCheck.Fault.of("has a user or a password in it: URLs are logged, secrets are not");
    } catch (URISyntaxException e) {
      return TextCheck.Fault.of("is not a URL: " + e.getReason() + " at index " + e.getIndex());
    }
  }

  static Optional<TextCheck.Fault> email(String text) {
    return MAIL.matcher(text).matches()
        ? Optional.empty()
        : TextCheck.Fault.of("is not a mail address like ada@example.com");
  }

  static Optional<TextCheck.Fault> ports(String text) {
    var cut = text.indexOf('/');
    var protocol = cut < 0 ? text : text.substring(0, cut);
    var rest = cut < 0 ? "" : text.substring(cut + 1);
    return switch (protocol) {
      case "any" -> nothingAfter(protocol, cut);
      case "tcp", "udp" -> portRange(protocol, rest);
      case "icmp", "icmp6" -> icmp(cut, rest);
      default -> otherProtocol(protocol, cut);
    };
  }

  private static Optional<TextCheck.Fault> nothingAfter(String protocol, int cut) {
    return cut < 0
        ? Optional.empty()
        : TextCheck.Fault.of("has ports, which " + protocol + " has not");
  }

  private static Optional<TextCheck.Fault> portRange(String protocol, String rest) {
    var cut = rest.indexOf(':');
    var first = port(cut < 0 ? rest : rest.substring(0, cut));
    var last = cut < 0 ? first : port(rest.substring(cut + 1));
    if (first < 0 || last < 0) {
      return TextCheck.Fault.of(
          "has no valid port: " + protocol + "/443 or " + protocol + "/8000:8999 is expected");
    }
    return first <= last
        ? Optional.empty()
        : TextCheck.Fault.of("has a range of ports that ends before it starts");
  }

  private static int port(String text) {
    if (!PORT.matcher(text).matches()) {
      return -1;
    }
    var port = Integer.parseInt(text);
    return port >= 1 && port <= 65535 ? port : -1;
  }

  private static Optional<TextCheck.Fault> icmp(int cut, String rest) {
    var bounded =
        Pattern.compile("\\D+").splitAsStream(rest).allMatch(n -> n.isEmpty() || small(n));
    return cut < 0 || (ICMP.matcher(rest).matches() && bounded)
        ? Optional.empty()
        : TextCheck.Fault.of("is not icmp/type/code with numbers up to 255");
  }

  private static boolean small(String digits) {
    return Integer.parseInt(digits) <= 255;
  }

  private static Optional<TextCheck.Fault> otherProtocol(String protocol, int cut) {
    if (PORTLESS.contains(protocol)) {
      return nothingAfter(protocol, cut);
    }
    return TextCheck.Fault.of(
        "does not start with a known protocol in lower case, such as tcp/443",
        Suggest.didYouMean(protocol, Set.of("tcp", "udp", "icmp", "icmp6", "any")));
  }
}
