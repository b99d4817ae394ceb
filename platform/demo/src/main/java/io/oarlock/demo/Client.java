package io.oarlock.demo;

import io.oarlock.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The platform's API as one caller sees it. */
final class Client {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(60);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

  private final HttpClient http;
  private final URI url;
  private final String token;

  private Client(HttpClient http, URI url, String token) {
    this.http = http;
    this.url = url;
    this.token = token;
  }

  /** Signs in as the administrator. */
  static Client open(Site site) throws IOException, InterruptedException {
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_MAX)
            .followRedirects(HttpClient.Redirect.NEVER);
    if ("https".equals(site.url().getScheme())) {
      builder.sslContext(Trust.trusting(Files.readString(site.caFile())));
    }
    return new Client(builder.build(), site.url(), "").as(site.administrator(), site.password());
  }

  /** The same platform, for somebody else. */
  Client as(String account, String password) throws IOException, InterruptedException {
    var answer = signIn(account, password);
    if (answer.status() != 200) {
      throw new SurpriseException("cannot sign in as " + account + ": " + answer.summary());
    }
    return new Client(http, url, answer.text("token"));
  }

  Answer signIn(String account, String password) throws IOException, InterruptedException {
    var proof = Trees.of("account", account, "password", password);
    var request =
        HttpRequest.newBuilder(url.resolve("/v1/issue"))
            .timeout(ANSWER_MAX)
            .header("Content-Type", "application/json")
            .POST(json(Trees.of("realm", "Account", "metadata", proof, "validity", "PT1H")))
            .build();
    return Answer.of(http.send(request, BodyHandlers.ofString()));
  }

  Answer get(String namespace, String path) throws IOException, InterruptedException {
    return send(request(namespace, path).GET());
  }

  Answer post(String namespace, String path, Object body) throws IOException, InterruptedException {
    return send(request(namespace, path).POST(json(body)));
  }

  Answer patch(String namespace, String path, Object body)
      throws IOException, InterruptedException {
    return send(request(namespace, path).method("PATCH", json(body)));
  }

  Answer delete(String namespace, String path) throws IOException, InterruptedException {
    return send(request(namespace, path).DELETE());
  }

  /** Posts to a URL that needs no token but its own. */
  Answer outside(URI target, Object body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(target)
            .timeout(ANSWER_MAX)
            .header("Content-Type", "application/json")
            .POST(json(body)));
  }

  /** Opens the event stream of a namespace and those below. */
  HttpResponse<InputStream> events(String namespace, Optional<Long> lastSeen)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(url.resolve("/v1/events?recursive=true"))
            .header("Authorization", "Bearer " + token)
            .header("X-Namespace", namespace)
            .header("Accept", "text/event-stream");
    lastSeen.ifPresent(id -> request.header("Last-Event-ID", Long.toString(id)));
    return http.send(request.build(), BodyHandlers.ofInputStream());
  }

  /** Lets another program speak to the platform as this caller. */
  void lend(Map<String, String> environment, Site site) {
    environment.put("OARLOCK_URL", url.toString());
    environment.put("OARLOCK_CA_FILE", site.caFile().toString());
    environment.put("OARLOCK_TOKEN", token);
  }

  private HttpRequest.Builder request(String namespace, String path) {
    return HttpRequest.newBuilder(url.resolve("/v1/" + path))
        .timeout(ANSWER_MAX)
        .header("Authorization", "Bearer " + token)
        .header("X-Namespace", namespace)
        .header("Content-Type", "application/json");
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return Answer.of(http.send(request.build(), BodyHandlers.ofString()));
  }

  private static HttpRequest.BodyPublisher json(Object body) {
    return BodyPublishers.ofByteArray(Json.write(body));
  }
}
