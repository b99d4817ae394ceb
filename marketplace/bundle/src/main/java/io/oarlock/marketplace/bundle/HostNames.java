package io.oarlock.marketplace.bundle;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Hosts by name, {@code *.} with a domain, or {@code *} for any. */
final class HostNames {
  static final String ANY = "*";

  private HostNames() {}

  /** The host of a URL, or the text itself where it is none; in small letters, IPv6 unbracketed. */
  static String of(String text) {
    var host = text.contains("://") ? inUrl(text).orElse(text) : text;
    var isBracketed = host.startsWith("[") && host.endsWith("]");
    return (isBracketed ? host.substring(1, host.length() - 1) : host).toLowerCase(Locale.ROOT);
  }

  private static Optional<String> inUrl(String url) {
    try {
      return Optional.ofNullable(URI.create(url).getHost());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Whether all that a name means is among some. */
  static boolean covers(Set<String> hosts, String name) {
    return hosts.contains(ANY)
        || hosts.contains(name)
        || hosts.stream().anyMatch(each -> isBelow(name, each));
  }

  private static boolean isBelow(String name, String pattern) {
    return pattern.startsWith("*.")
        && name.endsWith(pattern.substring(1))
        && name.length() >= pattern.length();
  }
}
