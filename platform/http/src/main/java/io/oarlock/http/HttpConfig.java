package io.oarlock.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the platform is reached, and every bound its edge keeps.
 *
 * @param host address to listen on
 * @param port 0 for a free one
 * @param tls empty for plain HTTP
 * @param publicUrl what callers outside see, without a slash at the end; empty for the address
 *     listened on
 * @param socket where callers on this machine who may write the file find the platform too, as a
 *     Unix-domain socket in plain HTTP
 * @param origins whose pages may use the API from a browser, such as {@code
 *     https://console.example.com}; none by default
 * @param eventLoops how many threads read and write sockets
 */
public record HttpConfig(
    String host,
    int port,
    Optional<Tls> tls,
    Optional<String> publicUrl,
    Optional<Path> socket,
    Set<String> origins,
    int eventLoops,
    Sizes sizes,
    Times times,
    Load load,
    Rates rates,
    Push push) {
  /** How many origins may be named. */
  public static final int ORIGINS_MAX = 64;

  private static final Pattern ORIGIN =
      Pattern.compile("https?://([a-z0-9._-]{1,253}|\\[[0-9a-f:.]{2,45}])(:[0-9]{1,5})?");

  public HttpConfig {
    require(port >= 0 && port <= 65_535, "The port is 0 to 65535, not " + port);
    require(eventLoops > 0, "At least one event loop is needed");
    origins = Set.copyOf(origins);
    require(
        origins.size() <= ORIGINS_MAX,
        "At most " + ORIGINS_MAX + " origins, not " + origins.size());
    origins.forEach(HttpConfig::requireOrigin);
  }

  /** A browser names an origin by scheme, host and, unless it is the usual one, port. */
  private static void requireOrigin(String origin) {
    require(
        ORIGIN.matcher(origin).matches(),
        "An origin is written as browsers send it, https://host or https://host:port, all in lower"
            + " case; not "
            + origin);
  }

  /** Plain HTTP for callers on this machine alone. */
  public static HttpConfig plain(int port) {
    return new HttpConfig(
        "127.0.0.1",
        port,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Runtime.getRuntime().availableProcessors(),
        Sizes.DEFAULT,
        Times.DEFAULT,
        Load.DEFAULT,
        Rates.DEFAULT,
        Push.DEFAULT);
  }

  /** HTTP/1.1 and HTTP/2 over TLS. */
  public static HttpConfig secure(String host, int port, Tls tls) {
    return plain(port).at(host, Optional.of(tls), Optional.empty(), Optional.empty(), Set.of());
  }

  /** Known to callers outside under this URL: the issuer of its tokens. */
  public HttpConfig withPublicUrl(String url) {
    return at(host, tls, Optional.of(url), socket, origins);
  }

  /** Reached by a Unix-domain socket too; its directory must be closed to others. */
  public HttpConfig withSocket(Path path) {
    return at(host, tls, publicUrl, Optional.of(path), origins);
  }

  /** Used from the pages of these origins too. */
  public HttpConfig withOrigins(Set<String> known) {
    return at(host, tls, publicUrl, socket, known);
  }

  private HttpConfig at(
      String newHost,
      Optional<Tls> newTls,
      Optional<String> newUrl,
      Optional<Path> newSocket,
      Set<String> newOrigins) {
    return new HttpConfig(
        newHost,
        port,
        newTls,
        newUrl,
        newSocket,
        newOrigins,
        eventLoops,
        sizes,
        times,
        load,
        rates,
        push);
  }

  /** Where callers find the platform. */
  String url() {
    return publicUrl.orElseGet(
        () -> (tls.isPresent() ? "https" : "http") + "://" + host + ":" + port);
  }

  /**
   * Key and certificate chain of the server, PEM. Does not show the key when printed.
   *
   * @param key PKCS #8
   * @param certificates the server's own first
   */
  public record Tls(String key, String certificates) {
    /** Reads both from files. */
    public static Tls read(Path key, Path certificates) throws IOException {
      return new Tls(Files.readString(key), Files.readString(certificates));
    }

    @Override
    public String toString() {
      return "Tls[***]";
    }
  }

  /**
   * Bounds of one request, in bytes.
   *
   * @param bodyMax of a request, and of what a compressed one unfolds to
   * @param batchMax the same for {@code /v1/batch}
   * @param gzipFrom answers from this size are compressed for callers that accept it
   * @param lingerMax how much of a body already refused is read away, so that the caller sees the
   *     refusal rather than a broken connection
   */
  public record Sizes(
      int bodyMax, int batchMax, int headersMax, int urlMax, int gzipFrom, int lingerMax) {
    public static final Sizes DEFAULT =
        new Sizes(1 << 20, 8 << 20, 16 << 10, 8 << 10, 1 << 10, 16 << 20);

    public Sizes {
      require(bodyMax > 0 && batchMax > 0, "The largest body has at least one byte");
    }
  }

  /**
   * Bounds in time.
   *
   * @param request until the answer is there
   * @param body until the whole body of a request is there
   * @param idle until a silent connection is closed
   * @param linger how long a refused body is read away
   * @param shutdown how long requests under way may take to end
   */
  public record Times(
      Duration request, Duration body, Duration idle, Duration linger, Duration shutdown) {
    public static final Times DEFAULT =
        new Times(
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(75),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));
  }

  /**
   * Bounds of everything at once.
   *
   * @param requestsMax under way
   * @param connectionsMax open
   * @param bufferedMax bytes of bodies held
   */
  public record Load(int requestsMax, int connectionsMax, long bufferedMax) {
    public static final Load DEFAULT = new Load(2_048, 20_000, 128L << 20);
  }

  /**
   * How often one may ask, as token buckets. Who shows a valid token has one of his own; all others
   * share that of their address.
   *
   * @param keysMax how many buckets are kept; beyond, newcomers share one
   */
  public record Rates(
      int principalPerSecond,
      int principalBurst,
      int addressPerSecond,
      int addressBurst,
      int keysMax) {
    public static final Rates DEFAULT = new Rates(50_000, 100_000, 1_000, 2_000, 100_000);
  }

  /**
   * Bounds of event subscribers.
   *
   * @param batchMax events written in one piece
   * @param heartbeat a sign of life on a silent stream
   * @param poll how long one look at the log waits for something to happen
   * @param slowAfter a subscriber that takes nothing for so long is cut off
   * @param recheck how often its token is verified again
   * @param messageMax bytes of a message from a subscriber
   */
  public record Push(
      int subscribersMax,
      int batchMax,
      Duration heartbeat,
      Duration poll,
      Duration slowAfter,
      Duration recheck,
      int messageMax) {
    public static final Push DEFAULT =
        new Push(
            10_000,
            100,
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            64 << 10);
  }

  private static void require(boolean fact, String rule) {
    if (!fact) {
      throw new IllegalArgumentException(rule);
    }
  }
}
