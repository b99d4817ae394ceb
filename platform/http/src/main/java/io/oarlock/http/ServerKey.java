package io.oarlock.http;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The one key a server shows.
 *
 * <p>Vert.x would put PEM into a key store of the JDK, which encrypts the key, and decrypts it
 * again at once, with ten thousand rounds each: a fifth of the time a start takes, for a key that
 * has been in memory all along.
 */
final class ServerKey extends X509ExtendedKeyManager {
  private static final String ALIAS = "server";

  private final X509Certificate[] chain;
  private final PrivateKey key;

  private ServerKey(X509Certificate[] chain, PrivateKey key) {
    this.chain = chain;
    this.key = key;
  }

  static KeyManagerFactory of(HttpConfig.Tls tls) {
    try {
      var pem = new ByteArrayInputStream(tls.certificates().getBytes(StandardCharsets.US_ASCII));
      var chain =
          CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
              .map(X509Certificate.class::cast)
              .toArray(X509Certificate[]::new);
      var keys = KeyFactory.getInstance(chain[0].getPublicKey().getAlgorithm());
      var key = keys.generatePrivate(new PKCS8EncodedKeySpec(bytes(tls.key())));
      return new Only(new ServerKey(chain, key), keys.getProvider());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The server's key and certificates cannot be read", e);
    }
  }

  /** The form in which Vert.x and Netty take it. */
  private static final class Only extends KeyManagerFactory {
    Only(ServerKey key, Provider provider) {
      super(new OnlySpi(key), provider, "Oarlock");
    }
  }

  private static final class OnlySpi extends KeyManagerFactorySpi {
    private final ServerKey key;

    OnlySpi(ServerKey key) {
      this.key = key;
    }

    @Override
    protected void engineInit(KeyStore store, char[] password) {
      throw new UnsupportedOperationException("The key is known already");
    }

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) {
      throw new UnsupportedOperationException("The key is known already");
    }

    @Override
    protected KeyManager[] engineGetKeyManagers() {
      return new KeyManager[] {key};
    }
  }

  private static byte[] bytes(String pem) {
    var start = pem.indexOf("-----BEGIN PRIVATE KEY-----");
    var end = pem.indexOf("-----END PRIVATE KEY-----");
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "The server's key is no PEM of PKCS #8; convert it by openssl pkcs8 -topk8 -nocrypt");
    }
    return Base64.getMimeDecoder().decode(pem.substring(pem.indexOf('\n', start), end));
  }

  private @Nullable String alias(String algorithm) {
    return algorithm.equals(key.getAlgorithm()) ? ALIAS : null;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String algorithm, Principal @Nullable [] issuers, SSLEngine engine) {
    return alias(algorithm);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String algorithm, Principal @Nullable [] issuers, Socket socket) {
    return alias(algorithm);
  }

  @Override
  public String[] getServerAliases(String algorithm, Principal @Nullable [] issuers) {
    var alias = alias(algorithm);
    return alias == null ? new String[0] : new String[] {alias};
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return chain.clone();
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return key;
  }

  @Override
  public String[] getClientAliases(String algorithm, Principal @Nullable [] issuers) {
    return new String[0];
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] algorithms, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
