package io.oarlock.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A platform to talk to.
 *
 * @param url {@code https://host:port}, without a path
 * @param ca certificates in PEM that vouch for it, instead of those of the system
 * @param socket a shorter way to it, when it runs from the same home
 */
record Endpoint(String url, Optional<String> ca, Optional<Path> socket) {
  Endpoint {
    url = checked(url);
  }

  Endpoint(String url, Optional<String> ca) {
    this(url, ca, Optional.empty());
  }

  Endpoint by(Path shortcut) {
    return new Endpoint(url, ca, Optional.of(shortcut));
  }

  private static String checked(String url) {
    var base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    URI uri;
    try {
      uri = URI.create(base);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("Not a URL: " + url, String.valueOf(e.getMessage()));
    }
    var scheme = uri.getScheme();
    if (uri.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
      throw Failure.usage("Not a URL of a platform: " + url, "It looks like https://host:8443");
    }
    return base;
  }

  URI uri() {
    return URI.create(url);
  }

  boolean secure() {
    return uri().getScheme().equals("https");
  }

  String host() {
    return uri().getHost();
  }

  int port() {
    var port = uri().getPort();
    return port > 0 ? port : secure() ? 443 : 80;
  }

  /** The prefix of every path, when the platform stands behind a proxy that adds one. */
  String prefix() {
    return uri().getRawPath();
  }
}
