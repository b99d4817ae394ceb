package io.oarlock.marketplace.bundle;

import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The key by which a publisher's bundles are known: Ed25519 (RFC 8032), written as {@code ed25519:}
 * and its 32 bytes in Base64 of the URL-safe alphabet without padding.
 */
public final class PublicKey {
  private static final String PREFIX = "ed25519:";
  private static final String EXPECTED = "Write it as ed25519: and 43 characters of Base64";

  private final byte[] bytes;

  private PublicKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads a key; an {@link IllegalArgumentException} says what is wrong with it. */
  public static PublicKey parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException(EXPECTED);
    }
    var decoder = Base64.getUrlDecoder();
    var bytes = decoder.decode(text.substring(PREFIX.length()));
    if (bytes.length != Ed25519.PUBLIC_KEY_SIZE) {
      throw new IllegalArgumentException(EXPECTED);
    }
    // Keys of small order verify signatures that nobody made.
    if (!Ed25519.validatePublicKeyFull(bytes, 0)) {
      throw new IllegalArgumentException("This is no key that Ed25519 makes; make another");
    }
    var key = new PublicKey(bytes);
    if (!key.toString().equals(text)) {
      throw new IllegalArgumentException(EXPECTED);
    }
    return key;
  }

  static PublicKey of(Ed25519PublicKeyParameters key) {
    return new PublicKey(key.getEncoded());
  }

  boolean verifies(byte[] message, byte[] signature) {
    var verifier = new Ed25519Signer();
    verifier.init(false, new Ed25519PublicKeyParameters(bytes, 0));
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicKey key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
