package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Somebody who calls the API over the network. */
final class Caller {
  private final HttpClient http;
  private final URI url;
  private final String token;

  /** What came back. */
  record Reply(int status, String body) {
    Map<String, Object> object() {
      return Json.parseObject(body);
    }

    String text(String name) {
      return String.valueOf(object().get(name));
    }

    List<?> list() {
      return list(Json.parse(body));
    }

    /** The first of the violations a problem lists. */
    Map<?, ?> firstError() {
      return (Map<?, ?>) list(object().get("errors")).getFirst();
    }

    private static List<?> list(@Nullable Object value) {
      return (List<?>) Objects.requireNonNull(value);
    }

    Reply expect(int wanted) {
      assertThat(status).as(body).isEqualTo(wanted);
      return this;
    }

    /** A problem with this status and code. */
    Reply expect(int wanted, String code) {
      expect(wanted);
      assertThat(object()).as(body).containsEntry("code", code);
      return this;
    }
  }

  private Caller(HttpClient http, URI url, String token) {
    this.http = http;
    this.url = url;
    this.token = token;
  }

  /** Somebody without a token, who trusts this authority alone. */
  static Caller of(URI url, Path authority) throws IOException {
    return new Caller(
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(trusting(authority))
            .build(),
        url,
        "");
  }

  private static SSLContext trusting(Path authority) throws IOException {
    try (var in = Files.newInputStream(authority)) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
      var trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  Caller with(String otherToken) {
    return new Caller(http, url, otherToken);
  }

  Caller at(URI other) {
    return new Caller(http, other, token);
  }

  String token() {
    return token;
  }

  Caller signedIn(String account, String password) throws IOException, InterruptedException {
    return with(issue(account, password, Map.of()).expect(200).text("token"));
  }

  /** Asks for a token, with whatever else is to be said about it. */
  Reply issue(String account, String password, Map<String, Object> more)
      throws IOException, InterruptedException {
    var body = new LinkedHashMap<>(more);
    body.put("realm", "Account");
    body.put("metadata", Map.of("account", account, "password", password));
    return post("/", "issue", Json.text(body));
  }

  /** Exchanges the token for a narrower one. */
  Caller narrowed(Map<String, Object> restrictions) throws IOException, InterruptedException {
    var body = new LinkedHashMap<>(restrictions);
    body.put("realm", "Token");
    body.put("metadata", Map.of("token", token));
    return with(post("/", "issue", Json.text(body)).expect(200).text("token"));
  }

  Reply get(String namespace, String path) throws IOException, InterruptedException {
    return send(request(namespace, path).GET());
  }

  Reply post(String namespace, String path, String body) throws IOException, InterruptedException {
    return send(request(namespace, path).POST(BodyPublishers.ofString(body)));
  }

  Reply create(String namespace, String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    return post(namespace, path, Json.text(body)).expect(201);
  }

  Reply delete(String namespace, String path) throws IOException, InterruptedException {
    return send(request(namespace, path).DELETE());
  }

  Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    return new Reply(response.statusCode(), response.body());
  }

  HttpRequest.Builder request(String namespace, String path) {
    var builder =
        HttpRequest.newBuilder(url.resolve("/v1/" + path))
            .header("X-Namespace", namespace)
            .header("Content-Type", "application/json");
    return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
  }
}
