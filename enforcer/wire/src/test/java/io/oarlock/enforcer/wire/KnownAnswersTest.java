package io.oarlock.enforcer.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The primitives give what their standards publish. */
class KnownAnswersTest {
  private static final BigInteger RFC_6979_KEY =
      new BigInteger("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", 16);

  @Test
  void sha256OfFips180() {
    assertThat(hex(Primitives.sha256("abc".getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void hmacOfRfc4231() {
    assertThat(
            hex(
                Primitives.hmac(
                    "Jefe".getBytes(StandardCharsets.US_ASCII),
                    "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void hkdfOfRfc5869() {
    var key = Primitives.extract(bytes("000102030405060708090a0b0c"), bytes("0b".repeat(22)));
    assertThat(hex(key))
        .isEqualTo("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
    assertThat(hex(Primitives.expand(key, bytes("f0f1f2f3f4f5f6f7f8f9"), 42)))
        .isEqualTo(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  }

  @Test
  void x25519OfRfc7748() {
    var alice = bytes("77076d0a7318a57d3c16c17251b26645df4c2f92ebc099b5dd4e39d4bfba0f8f");
    var bob = bytes("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    assertThat(hex(Primitives.shareOf(bob)))
        .isEqualTo("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    assertThat(hex(Primitives.agree(bob, Primitives.shareOf(alice))))
        .isEqualTo(hex(Primitives.agree(alice, Primitives.shareOf(bob))));
  }

  /** Section 5.2 of RFC 7748: one scalar multiplication. */
  @Test
  void scalarMultiplicationOfRfc7748() {
    assertThat(
            hex(
                Primitives.agree(
                    bytes("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
                    bytes("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"))))
        .isEqualTo("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
  }

  @ParameterizedTest
  @CsvSource({
    "sample, EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716,"
        + " F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
    "test, F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367,"
        + " 019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083"
  })
  void signaturesOfRfc6979(String message, String r, String s) {
    var key = new ECPrivateKeyParameters(RFC_6979_KEY, Primitives.CURVE);
    var point = Primitives.CURVE.getG().multiply(RFC_6979_KEY).normalize();
    var text = message.getBytes(StandardCharsets.US_ASCII);
    var signature = Primitives.sign(key, text);
    assertThat(hex(signature)).isEqualToIgnoringCase(r + s);
    var publicKey = new ECPublicKeyParameters(point, Primitives.CURVE);
    assertThat(Primitives.verify(publicKey, text, signature)).isTrue();
    signature[63] ^= 1;
    assertThat(Primitives.verify(publicKey, text, signature)).isFalse();
  }

  /** Test case 16 of the GCM specification (McGrew and Viega, 2005). */
  @Test
  void aes256GcmOfItsSpecification() throws Exception {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    var key =
        new SecretKeySpec(
            bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"), "AES");
    cipher.init(
        Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, bytes("cafebabefacedbaddecaf888")));
    cipher.updateAAD(bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2"));
    var sealed =
        cipher.doFinal(
            bytes(
                "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                    + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"));
    assertThat(hex(sealed))
        .isEqualTo(
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                + "76fc6ece0f4e1768cddf8853bb2d551b");
  }

  @Test
  void aShareOfSmallOrderIsRefused() {
    assertThatExceptionOfType(WireException.class)
        .isThrownBy(() -> Primitives.agree(bytes("11".repeat(32)), new byte[32]))
        .extracting(WireException::reason)
        .isEqualTo(Reason.WEAK_KEY);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
