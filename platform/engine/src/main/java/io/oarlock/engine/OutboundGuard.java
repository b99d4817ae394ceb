package io.oarlock.engine;

import io.oarlock.model.Cidr;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Problem;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Decides where hooks, forwarders and scripts may connect to. A name is resolved once; each of its
 * addresses must be allowed; the connection is then made to an address that was checked, so that a
 * name server which answers differently the next time gains nothing.
 */
final class OutboundGuard {
  static final String DENIED = "egress-denied";

  /** Longest URL, in characters. */
  private static final int URL_MAX = 8192;

  private static final int HOST_MAX = 253;

  /** Longest wait for a name server. */
  private static final Duration LOOKUP = Duration.ofSeconds(5);

  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9_.-]+)(?::([0-9]{1,5}))?");
  private static final Pattern LABELS = Pattern.compile("([A-Za-z0-9_-]{1,63}\\.)*[A-Za-z0-9_-]+");
  private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

  private final Egress egress;
  private final Resolver resolver;

  /** Asks name servers. */
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /**
   * Where a request may go.
   *
   * @param host as the URL names it, in lower case, IPv6 without brackets
   * @param address to connect to; nothing else is connected to
   */
  record Target(URI url, String host, int port, boolean tls, InetAddress address) {
    /** What stands in the request line. */
    String path() {
      var path = Optional.ofNullable(url.getRawPath()).filter(p -> !p.isEmpty()).orElse("/");
      return Optional.ofNullable(url.getRawQuery()).map(query -> path + "?" + query).orElse(path);
    }
  }

  /** A URL that is spelled as it should be; nothing has been resolved. */
  record Destination(URI url, String host, int port, boolean tls) {}

  OutboundGuard(Egress egress, Resolver resolver) {
    this.egress = egress;
    this.resolver = resolver;
  }

  /** Resolves and checks; refuses with a Problem that names the rule. */
  Target check(NamespacePath namespace, String url) {
    var destination = read(url);
    var addresses = resolve(destination.host());
    for (var address : addresses) {
      require(namespace, destination, address);
    }
    return new Target(
        destination.url(), destination.host(), destination.port(), destination.tls(), addresses[0]);
  }

  /** Checks what can be told without a name server: for URLs that are saved, not called yet. */
  void checkSpelling(NamespacePath namespace, String url) {
    var destination = read(url);
    literal(destination.host()).ifPresent(address -> require(namespace, destination, address));
  }

  /** Reads a URL, refusing every spelling that some parsers take for another host. */
  static Destination read(String text) {
    var url = parse(text);
    var scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw denied("scheme", "only http and https are called", "Write an http or https URL");
    }
    var authority = Optional.ofNullable(url.getRawAuthority()).orElse("");
    if (authority.indexOf('@') >= 0) {
      throw denied(
          "userinfo", "it has a user name before the host", "Send credentials in a header instead");
    }
    var parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      throw denied("spelling", "its host is not plain text", "Write a host name or an address");
    }
    var tls = scheme.equals("https");
    var port = Optional.ofNullable(parts.group(2)).map(Integer::parseInt).orElse(tls ? 443 : 80);
    if (port < 1 || port > 65535) {
      throw denied("spelling", "its port is not 1 to 65535", "Correct the port");
    }
    return new Destination(url, host(parts.group(1)), port, tls);
  }

  private static URI parse(String text) {
    if (text.length() > URL_MAX) {
      throw denied("spelling", "it is longer than " + URL_MAX + " characters", "Shorten it");
    }
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw denied(
          "spelling",
          "it is no URL (character " + (e.getIndex() + 1) + ")",
          "Write an absolute http or https URL; encode other characters as %XX");
    }
  }

  private static String host(String text) {
    if (text.startsWith("[")) {
      return text.substring(1, text.length() - 1);
    }
    if (text.endsWith(".")) {
      throw denied("trailing-dot", "its host ends with a dot", "Leave the dot out");
    }
    if (!LABELS.matcher(text).matches() || text.length() > HOST_MAX) {
      throw denied("spelling", "its host is no host name", "Write a host name or an address");
    }
    if (Hosts.isNumeric(text) && !isIpv4(text)) {
      throw denied(
          "number-spelling",
          text + " is an IPv4 address in an unusual spelling",
          "Write four decimal numbers from 0 to 255 without leading zeros");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static boolean isIpv4(String text) {
    if (!IPV4.matcher(text).matches()) {
      return false;
    }
    for (var number : text.split("\\.", -1)) {
      if (Integer.parseInt(number) > 255) {
        return false;
      }
    }
    return true;
  }

  private static Optional<InetAddress> literal(String host) {
    if (host.indexOf(':') < 0 && !isIpv4(host)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Cidr.address(host));
    } catch (IllegalArgumentException _) {
      throw denied("spelling", "its host is no IPv6 address", "Write one such as [2001:db8::1]");
    }
  }

  private void require(NamespacePath namespace, Destination destination, InetAddress address) {
    var rule = ForbiddenAddresses.rule(address);
    if (rule.isEmpty() || egress.lifts(namespace, destination.host(), address, rule.get())) {
      return;
    }
    var literal = address.getHostAddress();
    throw denied(
        rule.get(),
        destination.host() + " leads to " + literal + ", which is a " + rule.get() + " address",
        "If it is meant, an egress policy in "
            + namespace
            + " lifts the rule: {\"allow\": [\""
            + literal
            + (address.getAddress().length == 4 ? "/32" : "/128")
            + "\"]}");
  }

  private InetAddress[] resolve(String host) {
    var literal = literal(host);
    if (literal.isPresent()) {
      return new InetAddress[] {literal.get()};
    }
    var lookup = new FutureTask<>(() -> resolver.resolve(host));
    Thread.ofVirtual().name("lookup-" + host).start(lookup);
    try {
      return lookup.get(LOOKUP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException _) {
      throw Problem.unavailable("no-address", "No name server knows an address of " + host);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("interrupted", "The platform is stopping; try again later");
    }
  }

  private static Problem denied(String rule, String reason, String fix) {
    return Problem.forbidden(
        DENIED, "The outbound guard refuses this URL (rule " + rule + "): " + reason + ". " + fix);
  }
}
