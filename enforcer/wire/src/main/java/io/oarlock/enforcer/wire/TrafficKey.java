package io.oarlock.enforcer.wire;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one direction: AES-256-GCM (NIST SP 800-38D) with the record's number, xored into a
 * fixed start, for nonce, as in RFC 8446, section 5.3. After so many records both ends step to the
 * next key by themselves; a key seals no two records of one number.
 */
final class TrafficKey {
  /** Records under one key; far below the 2^24.5 that RFC 8446, section 5.5, allows. */
  static final long REKEY_RECORDS = 1L << 23;

  static final int TAG_BYTES = 16;
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;

  private final boolean encrypts;
  private final long rekeyRecords;
  private final Cipher cipher;
  private final byte[] counted = new byte[Long.BYTES];
  private byte[] secret;
  private SecretKeySpec key;
  private byte[] start;
  private long count;

  TrafficKey(byte[] secret, Protection protection) {
    this(secret, protection, REKEY_RECORDS);
  }

  TrafficKey(byte[] secret, Protection protection, long rekeyRecords) {
    if (protection == Protection.AUTHORISE) {
      throw new IllegalArgumentException("Nothing is sealed where nobody asked for it");
    }
    this.encrypts = protection == Protection.ENCRYPT;
    this.rekeyRecords = rekeyRecords;
    this.secret = secret;
    this.key = key();
    this.start = start();
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has AES-GCM", e);
    }
  }

  /** Seals {@code length} bytes behind a head that is already in place at {@code at}. */
  void seal(byte[] in, int from, int length, byte[] out, int at, int headBytes) {
    try {
      begin(Cipher.ENCRYPT_MODE, out, at, headBytes);
      var body = at + headBytes;
      if (encrypts) {
        cipher.doFinal(in, from, length, out, body);
      } else {
        cipher.updateAAD(in, from, length);
        System.arraycopy(in, from, out, body, length);
        cipher.doFinal(out, body + length);
      }
      advance();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A record cannot be sealed", e);
    }
  }

  /** Opens a whole record at {@code at}; gives the length of what was in it. */
  int open(byte[] in, int at, int headBytes, int sealedBytes, byte[] out, int to) {
    var length = sealedBytes - TAG_BYTES;
    var body = at + headBytes;
    try {
      begin(Cipher.DECRYPT_MODE, in, at, headBytes);
      if (encrypts) {
        cipher.doFinal(in, body, sealedBytes, out, to);
      } else {
        cipher.updateAAD(in, body, length);
        cipher.doFinal(in, body + length, TAG_BYTES);
        System.arraycopy(in, body, out, to, length);
      }
      advance();
      return length;
    } catch (AEADBadTagException e) {
      throw new WireException(Reason.TAMPERED, "Record " + count + " is not what was sent");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A record cannot be opened", e);
    }
  }

  private void begin(int mode, byte[] head, int at, int headBytes) throws GeneralSecurityException {
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce()));
    cipher.updateAAD(head, at, headBytes);
    cipher.updateAAD(counted);
  }

  private byte[] nonce() {
    ByteBuffer.wrap(counted).putLong(count);
    var nonce = start.clone();
    for (var i = 0; i < counted.length; i++) {
      nonce[NONCE_BYTES - counted.length + i] ^= counted[i];
    }
    return nonce;
  }

  private void advance() {
    count++;
    if (count == rekeyRecords) {
      secret = Primitives.expand(secret, "oarlock/1 next", Primitives.HASH_BYTES);
      key = key();
      start = start();
      count = 0;
    }
  }

  private SecretKeySpec key() {
    return new SecretKeySpec(Primitives.expand(secret, "oarlock/1 key", KEY_BYTES), "AES");
  }

  private byte[] start() {
    return Primitives.expand(secret, "oarlock/1 iv", NONCE_BYTES);
  }
}
