package io.oarlock.server;

import io.oarlock.http.HttpConfig;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code oarlock up} was told.
 *
 * @param port 0 for a free one
 * @param plain HTTP on loopback instead of TLS
 * @param origins whose pages may use the API from a browser
 * @param store URL of a MongoDB replica set; empty for the embedded store
 * @param requireConfinement not to start where scripts cannot be confined
 */
record UpOptions(
    String host,
    int port,
    boolean plain,
    Optional<Path> data,
    Optional<String> store,
    Set<String> origins,
    boolean json,
    boolean requireConfinement) {
  static final int PORT_DEFAULT = 8443;

  static UpOptions parse(List<String> words) {
    var host = "127.0.0.1";
    var port = PORT_DEFAULT;
    var plain = false;
    var json = false;
    var requireConfinement = false;
    Optional<Path> data = Optional.empty();
    Optional<String> store = Optional.empty();
    var origins = new LinkedHashSet<String>();
    for (var i = 0; i < words.size(); i++) {
      var flag = words.get(i);
      switch (flag) {
        case "--http" -> plain = true;
        case "--json" -> json = true;
        case "--require-confinement" -> requireConfinement = true;
        case "--detach" -> {
          // The launcher has done this already.
        }
        case "--host" -> host = value(words, ++i, flag);
        case "--port" -> port = port(value(words, ++i, flag));
        case "--data" -> data = Optional.of(Path.of(value(words, ++i, flag)).toAbsolutePath());
        case "--store" -> store = Optional.of(value(words, ++i, flag));
        case "--origin" -> origins.add(value(words, ++i, flag));
        default -> throw new IllegalArgumentException(flag); // refused before
      }
    }
    if (plain && !host.equals("127.0.0.1")) {
      throw new UsageException("--http serves loopback only; leave out --host, or --http");
    }
    store.ifPresent(UpOptions::requireMongo);
    if (store.isPresent() && data.isPresent()) {
      throw new UsageException("--data is the embedded store's directory; give it or --store");
    }
    requireOrigins(origins);
    return new UpOptions(host, port, plain, data, store, origins, json, requireConfinement);
  }

  private static void requireOrigins(Set<String> origins) {
    try {
      HttpConfig.plain(0).withOrigins(origins);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--origin: " + e.getMessage());
    }
  }

  private static void requireMongo(String url) {
    if (!url.startsWith("mongodb://") && !url.startsWith("mongodb+srv://")) {
      throw new UsageException(
          "--store wants a MongoDB replica set, mongodb://host/database?replicaSet=NAME; without it"
              + " the embedded store is used");
    }
  }

  private static String value(List<String> words, int index, String flag) {
    if (index >= words.size()) {
      throw new UsageException(flag + " wants a value");
    }
    return words.get(index);
  }

  private static int port(String text) {
    try {
      var port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of bounds.
    }
    throw new UsageException("--port is 0 to 65535, not " + text);
  }
}
