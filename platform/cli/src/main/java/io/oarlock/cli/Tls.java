package io.oarlock.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS to a platform, trusting only the authority its profile pins, or else the system's. */
final class Tls {
  private Tls() {}

  static Socket over(Socket plain, Endpoint endpoint) throws IOException {
    var secure =
        (SSLSocket)
            sockets(endpoint.ca()).createSocket(plain, endpoint.host(), endpoint.port(), true);
    var parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (endpoint.ca().isPresent()) {
      // By default a key is made for each of two groups, a quarter of the handshake's time. A
      // platform with an authority of its own is known to speak this one.
      parameters.setNamedGroups(new String[] {"x25519"});
    }
    secure.setSSLParameters(parameters);
    try {
      secure.startHandshake();
    } catch (SSLHandshakeException e) {
      if (isDistrust(e)) {
        throw distrusted(endpoint, e);
      }
      throw e;
    }
    return secure;
  }

  /** Whether it is about certificates, and not about a server that is too busy or gone. */
  private static boolean isDistrust(Throwable e) {
    var cause = e.getCause();
    return cause instanceof GeneralSecurityException || (cause != null && isDistrust(cause));
  }

  private static Failure distrusted(Endpoint endpoint, SSLHandshakeException e) {
    var reason = Optional.ofNullable(e.getMessage()).orElse("the handshake failed");
    return Failure.of(
        Exit.AUTH,
        "Cannot trust " + endpoint.url(),
        reason,
        endpoint.ca().isPresent()
            ? "Its certificate does not come from the authority this profile was made with; if the"
                + " platform has a new one, log in again."
            : "Log in with its authority: oarlock login --url "
                + endpoint.url()
                + " --ca-file FILE");
  }

  private static SSLSocketFactory sockets(Optional<String> ca) throws IOException {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust(ca), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException("The pinned certificates cannot be used: " + e.getMessage(), e);
    }
  }

  private static TrustManager @Nullable [] trust(Optional<String> ca)
      throws GeneralSecurityException, IOException {
    if (ca.isEmpty()) {
      return null;
    }
    var keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    var pem = new ByteArrayInputStream(ca.get().getBytes(StandardCharsets.US_ASCII));
    var number = 0;
    for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
      keys.setCertificateEntry("ca" + number++, certificate);
    }
    var factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(keys);
    return factory.getTrustManagers();
  }
}
