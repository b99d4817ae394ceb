package io.oarlock.enforcer.agent;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The platform's REST interface, as the holder of a key: it signs in by the realm Certificate and
 * takes a new token before half of the old one's time has passed. Trusts the one authority it was
 * told of.
 */
final class PlatformClient implements AutoCloseable {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

  /** Of a token that nobody uses. */
  private static final Duration SHORT_TOKEN = Duration.ofMinutes(1);

  private static final int ANSWER_MAX = 8 * 1024 * 1024;
  private static final int NONCE_BYTES = 16;
  private static final int UNAUTHENTICATED = 401;

  private final URI url;
  private final String credential;
  private final PrivateKey key;
  private final String namespace;
  private final InstantSource clock;
  private final HttpClient http;
  private @Nullable String token;
  private Instant tokenUntil = Instant.MIN;

  /** The platform refused; or answered with something that is no answer. */
  static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    Refusal(int status, String code, String detail) {
      super(detail);
      this.status = status;
      this.code = code;
    }

    int status() {
      return status;
    }

    String code() {
      return code;
    }
  }

  /**
   * A client.
   *
   * @param authority PEM of the authority of the platform's TLS certificate
   * @param credential what the key belongs to: an app credential, or an enforcer
   */
  PlatformClient(
      URI url,
      String authority,
      String credential,
      PrivateKey key,
      String namespace,
      InstantSource clock) {
    this.url = url;
    this.credential = credential;
    this.key = key;
    this.namespace = namespace;
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_MAX)
            .sslContext(trusting(authority))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  private static SSLContext trusting(String authority) {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("platform", Pem.certificate(authority));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AgentException("The platform's authority cannot be used: " + e.getMessage(), e);
    }
  }

  URI url() {
    return url;
  }

  /** How far the clock of this host is ahead of the platform's, which has let it in by its key. */
  Duration ahead() throws IOException {
    var asked =
        Map.of("realm", "Certificate", "metadata", proof(), "validity", SHORT_TOKEN.toString());
    var before = clock.instant();
    var answer = send("POST", "/v1/issue", asked, CONNECT_MAX, "");
    var took = Duration.between(before, clock.instant());
    var theirs = Instant.parse(Tree.required(answer, "expiresAt")).minus(SHORT_TOKEN);
    return Duration.between(theirs, before.plus(took.dividedBy(2)));
  }

  Map<String, Object> get(String path, Duration patience) throws IOException {
    return ask("GET", path, Map.of(), patience);
  }

  Map<String, Object> post(String path, Map<String, Object> body, Duration patience)
      throws IOException {
    return ask("POST", path, body, patience);
  }

  Map<String, Object> patch(String path, Map<String, Object> body, Duration patience)
      throws IOException {
    return ask("PATCH", path, body, patience);
  }

  void delete(String path, Duration patience) throws IOException {
    ask("DELETE", path, Map.of(), patience);
  }

  /** Asks; a token that was refused is replaced once. */
  private Map<String, Object> ask(
      String method, String path, Map<String, Object> body, Duration patience) throws IOException {
    try {
      return send(method, path, body, patience, token(patience));
    } catch (Refusal refusal) {
      if (refusal.status() != UNAUTHENTICATED) {
        throw refusal;
      }
      forget();
      return send(method, path, body, patience, token(patience));
    }
  }

  private synchronized void forget() {
    token = null;
  }

  private synchronized String token(Duration patience) throws IOException {
    var known = token;
    if (known != null && clock.instant().isBefore(tokenUntil)) {
      return known;
    }
    var now = clock.instant();
    var answer =
        send(
            "POST", "/v1/issue", Map.of("realm", "Certificate", "metadata", proof()), patience, "");
    var issued = Tree.required(answer, "token");
    var end = Instant.parse(Tree.required(answer, "expiresAt"));
    token = issued;
    tokenUntil = now.plus(Duration.between(now, end).dividedBy(2));
    return issued;
  }

  private Map<String, Object> proof() {
    var random = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(random);
    var nonce = HexFormat.of().formatHex(random);
    var time = clock.instant().toString();
    try {
      var signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(key);
      signer.update((credential + "." + time + "." + nonce).getBytes(StandardCharsets.UTF_8));
      return Map.of(
          "credential", credential,
          "time", time,
          "nonce", nonce,
          "signature", Base64.getEncoder().encodeToString(signer.sign()));
    } catch (GeneralSecurityException e) {
      throw new AgentException("The key of " + credential + " cannot sign", e);
    }
  }

  private Map<String, Object> send(
      String method, String path, Map<String, Object> body, Duration patience, String bearer)
      throws IOException {
    var text =
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(Json.write(body));
    var request =
        HttpRequest.newBuilder(url.resolve(path))
            .method(method, text)
            .timeout(patience)
            .header("Accept", "application/json")
            .header("X-Namespace", namespace);
    if (!body.isEmpty()) {
      var patches = method.equals("PATCH");
      request.header("Content-Type", patches ? "application/merge-patch+json" : "application/json");
    }
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    try {
      var response = http.send(request.build(), BodyHandlers.ofInputStream());
      try (var stream = response.body()) {
        return read(response.statusCode(), stream.readNBytes(ANSWER_MAX));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the platform", e);
    }
  }

  private static Map<String, Object> read(int status, byte[] bytes) throws Refusal {
    try {
      var tree = bytes.length == 0 ? Map.<String, Object>of() : Json.parseObject(bytes);
      if (status < 300) {
        return tree;
      }
      var detail = Tree.text(tree, "detail").orElse("");
      throw new Refusal(
          status,
          Tree.text(tree, "code").orElse("refused"),
          "the platform refused (%d): %s%s".formatted(status, detail, errors(tree)));
    } catch (JsonException e) {
      throw new Refusal(
          status, "no-json", "the platform's answer is not JSON (status " + status + ")");
    }
  }

  private static String errors(Map<String, Object> problem) {
    var text = new StringBuilder();
    Tree.objects(problem.get("errors"))
        .forEach(error -> Tree.text(error, "detail").ifPresent(d -> text.append("; ").append(d)));
    return text.toString();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
