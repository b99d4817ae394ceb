package io.oarlock.marketplace.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;

/** What a publisher signs with, in files PKCS #8 as PEM, which OpenSSL reads and writes too. */
public final class PrivateKey {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private final Ed25519PrivateKeyParameters key;

  private PrivateKey(Ed25519PrivateKeyParameters key) {
    this.key = key;
  }

  /** A new one. */
  public static PrivateKey make() {
    return new PrivateKey(new Ed25519PrivateKeyParameters(new SecureRandom()));
  }

  /** Reads a key; an {@link IllegalArgumentException} says what is wrong with it. */
  public static PrivateKey parse(String pem) {
    var text = pem.strip();
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
      throw new IllegalArgumentException("A PEM block PRIVATE KEY is expected");
    }
    var base64 = text.substring(BEGIN.length(), text.length() - END.length());
    try {
      var key = PrivateKeyFactory.createKey(Base64.getMimeDecoder().decode(base64));
      if (key instanceof Ed25519PrivateKeyParameters ed25519) {
        return new PrivateKey(ed25519);
      }
      throw new IllegalArgumentException("The key is not of Ed25519");
    } catch (IOException _) {
      throw new IllegalArgumentException("The PEM block holds no PKCS #8 key");
    }
  }

  /** As PEM. */
  public String pem() {
    try {
      var encoded = PrivateKeyInfoFactory.createPrivateKeyInfo(key).getEncoded();
      var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
      return BEGIN + "\n" + lines.encodeToString(encoded) + "\n" + END + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The key that others know it by. */
  public PublicKey publicKey() {
    return PublicKey.of(key.generatePublicKey());
  }

  byte[] sign(byte[] message) {
    var signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }

  @Override
  public String toString() {
    return "PrivateKey[" + publicKey() + "]";
  }
}
