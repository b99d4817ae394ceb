package io.oarlock.model;

import java.util.Base64;
import java.util.Optional;

/** One or more PEM blocks (RFC 7468), with nothing but blank lines around them. */
final class PemFormat {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  private PemFormat() {}

  static Optional<TextCheck.Fault> fault(String text) {
    var rest = text.strip();
    if (rest.isEmpty()) {
      return TextCheck.Fault.of("has no PEM block in it");
    }
    while (!rest.isEmpty()) {
      var end = blockEnd(rest);
      if (end < 0) {
        return TextCheck.Fault.of(
            "is not PEM: base64 between -----BEGIN X----- and -----END X----- is expected");
      }
      rest = rest.substring(end).stripLeading();
    }
    return Optional.empty();
  }

  /** Where the block ends that the text starts with, or -1. */
  private static int blockEnd(String text) {
    var labelEnd = text.indexOf(DASHES, BEGIN.length());
    if (!text.startsWith(BEGIN) || labelEnd < 0) {
      return -1;
    }
    var label = text.substring(BEGIN.length(), labelEnd);
    var body = labelEnd + DASHES.length();
    var close = END + label + DASHES;
    var bodyEnd = text.indexOf(close, body);
    return bodyEnd >= 0 && isBase64(text.substring(body, bodyEnd)) ? bodyEnd + close.length() : -1;
  }

  private static boolean isBase64(String text) {
    try {
      return Base64.getDecoder().decode(text.replaceAll("\\s", "")).length > 0;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
