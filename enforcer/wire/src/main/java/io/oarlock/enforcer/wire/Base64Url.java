package io.oarlock.enforcer.wire;

import java.util.Base64;

/** Base64url without padding (RFC 4648, section 5), in the one form an encoder gives. */
final class Base64Url {
  private Base64Url() {}

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] decode(String text) {
    try {
      var bytes = Base64.getUrlDecoder().decode(text);
      if (encode(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException _) {
      // told below, like the other spellings that are not the canonical one
    }
    throw new WireException(Reason.MALFORMED, "A value is not canonical base64url");
  }
}
