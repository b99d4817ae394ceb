package io.oarlock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.SelfSignedCertificate;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

class TlsTest {
  @Test
  void bothVersionsOfHttpAreSpokenOverTls() throws Exception {
    var certificate = SelfSignedCertificate.create("localhost");
    var tls =
        HttpConfig.Tls.read(
            Path.of(certificate.privateKeyPath()), Path.of(certificate.certificatePath()));
    try (var harbour = new Harbour(HttpConfig.secure("127.0.0.1", 0, tls));
        var client = HttpClient.newBuilder().sslContext(trusting()).build()) {
      for (var version : HttpClient.Version.values()) {
        if (version.name().equals("HTTP_3")) {
          continue;
        }
        var answer = get(client, harbour.port(), version, "/v1/boats");
        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.statusCode()).isEqualTo(200);
        var long404 = get(client, harbour.port(), version, "/v1/" + "x".repeat(5_000));
        assertThat(long404.statusCode()).isEqualTo(404);
      }
      assertThat(firstEvent(client, harbour.port())).isEqualTo("id: 0");
    } finally {
      certificate.delete();
    }
  }

  @Test
  void aKeyIsNotPrinted() {
    assertThat(new HttpConfig.Tls("secret", "public").toString()).doesNotContain("secret");
  }

  private static String firstEvent(HttpClient client, int port) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/v1/events"))
            .version(HttpClient.Version.HTTP_2)
            .header("Authorization", "Bearer " + HarbourPlatform.TOKEN)
            .build();
    try (var lines = client.send(request, BodyHandlers.ofLines()).body()) {
      return lines.filter(line -> line.startsWith("id: ")).findFirst().orElse("");
    }
  }

  private static HttpResponse<String> get(
      HttpClient client, int port, HttpClient.Version version, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
            .version(version)
            .header("Authorization", "Bearer " + HarbourPlatform.TOKEN)
            .build(),
        BodyHandlers.ofString());
  }

  private static SSLContext trusting() throws Exception {
    var context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAll()}, null);
    return context;
  }

  /** The certificate is made for the test and names no address. */
  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
