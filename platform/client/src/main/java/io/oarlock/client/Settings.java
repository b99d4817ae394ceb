package io.oarlock.client;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * How to reach a platform, and as whom.
 *
 * @param url where it is: {@code https://localhost:8443}
 * @param namespace where to work; that of the token when empty
 * @param trust whom to trust in place of the authorities that Java came with; may hold a client
 *     certificate for the realm {@code Certificate}
 */
public record Settings(
    String url,
    Credentials credentials,
    Optional<String> namespace,
    Patience patience,
    Optional<SSLContext> trust) {

  public Settings {
    requireNonNull(credentials, "credentials is null");
    requireNonNull(namespace, "namespace is null");
    requireNonNull(patience, "patience is null");
    requireNonNull(trust, "trust is null");
    while (url.endsWith("/")) {
      url = url.substring(0, url.length() - 1);
    }
    if (!url.startsWith("https://") && !url.startsWith("http://")) {
      throw new IllegalArgumentException("url begins with https:// or http://");
    }
  }

  public static Settings of(String url, Credentials credentials) {
    return new Settings(url, credentials, Optional.empty(), Patience.USUAL, Optional.empty());
  }

  /** Works in another namespace. */
  public Settings in(String otherNamespace) {
    return new Settings(url, credentials, Optional.of(otherNamespace), patience, trust);
  }

  /** Is as patient as that. */
  public Settings with(Patience otherPatience) {
    return new Settings(url, credentials, namespace, otherPatience, trust);
  }

  /** Speaks TLS as that says. */
  public Settings with(SSLContext tls) {
    return new Settings(url, credentials, namespace, patience, Optional.of(tls));
  }

  /**
   * Trusts the certificates of a PEM file alone, such as {@code ~/.oarlock/keys/ca.pem}.
   *
   * @throws IOException when the file cannot be read, or holds no certificates
   */
  public Settings trusting(Path caFile) throws IOException {
    try (var in = Files.newInputStream(caFile)) {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      var number = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        keys.setCertificateEntry("ca" + number++, certificate);
      }
      if (number == 0) {
        throw new IOException(caFile + " holds no certificate");
      }
      var factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(keys);
      var tls = SSLContext.getInstance("TLS");
      tls.init(null, factory.getTrustManagers(), null);
      return with(tls);
    } catch (GeneralSecurityException e) {
      throw new IOException(caFile + " cannot be used: " + e.getMessage(), e);
    }
  }
}
