package io.oarlock.enforcer.wire;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.util.BigIntegers;

/**
 * The primitives of the handshake, each from the library that is fastest here: ECDSA P-256 (FIPS
 * 186-5, deterministic by RFC 6979) and X25519 (RFC 7748) by Bouncy Castle, SHA-256, HMAC (RFC
 * 2104) and HKDF (RFC 5869) by the JDK.
 */
final class Primitives {
  static final int HASH_BYTES = 32;
  static final int SHARE_BYTES = 32;
  static final int SIGNATURE_BYTES = 64;

  private static final X9ECParameters P256 = CustomNamedCurves.getByName("P-256");
  static final ECDomainParameters CURVE =
      new ECDomainParameters(P256.getCurve(), P256.getG(), P256.getN(), P256.getH());
  private static final int SCALAR_BYTES = 32;

  private Primitives() {}

  static byte[] sha256(byte[]... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      for (var part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HMAC with SHA-256", e);
    }
  }

  static byte[] extract(byte[] salt, byte[] secret) {
    return derive(HKDFParameterSpec.ofExtract().addSalt(salt).addIKM(secret).extractOnly());
  }

  static byte[] expand(byte[] key, String info, int length) {
    return expand(key, info.getBytes(StandardCharsets.US_ASCII), length);
  }

  static byte[] expand(byte[] key, byte[] info, int length) {
    return derive(HKDFParameterSpec.expandOnly(new SecretKeySpec(key, "HKDF"), info, length));
  }

  private static byte[] derive(java.security.spec.AlgorithmParameterSpec parameters) {
    try {
      return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("JDK 25 has HKDF", e);
    }
  }

  /** A signature as r and s, 32 bytes each. */
  static byte[] sign(ECPrivateKeyParameters key, byte[] message) {
    var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, key);
    var parts = signer.generateSignature(sha256(message));
    var signature = new byte[SIGNATURE_BYTES];
    BigIntegers.asUnsignedByteArray(parts[0], signature, 0, SCALAR_BYTES);
    BigIntegers.asUnsignedByteArray(parts[1], signature, SCALAR_BYTES, SCALAR_BYTES);
    return signature;
  }

  static boolean verify(ECPublicKeyParameters key, byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      return false;
    }
    var signer = new ECDSASigner();
    signer.init(false, key);
    return signer.verifySignature(
        sha256(message),
        new BigInteger(1, Arrays.copyOf(signature, SCALAR_BYTES)),
        new BigInteger(1, Arrays.copyOfRange(signature, SCALAR_BYTES, SIGNATURE_BYTES)));
  }

  static byte[] shareOf(byte[] secret) {
    var share = new byte[SHARE_BYTES];
    X25519.generatePublicKey(secret, 0, share, 0);
    return share;
  }

  /** The common secret; a share that makes it all zeros is refused (RFC 7748, section 6.1). */
  static byte[] agree(byte[] secret, byte[] share) {
    var common = new byte[SHARE_BYTES];
    if (!X25519.calculateAgreement(secret, 0, share, 0, common, 0)) {
      throw new WireException(Reason.WEAK_KEY, "The peer's key share has a small order");
    }
    return common;
  }

  static byte[] random(SecureRandom random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  static boolean same(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }
}
