package io.oarlock.model;

/** A caller's text inside a message: quoted, on one line, never long. */
final class Quote {
  private static final int SHOWN_MAX = 64;

  private Quote() {}

  static String of(String text) {
    var shown =
        text.codePoints().limit(SHOWN_MAX).map(c -> Character.isISOControl(c) ? '\uFFFD' : c);
    var cut = text.codePointCount(0, text.length()) > SHOWN_MAX ? "…" : "";
    return shown
        .collect(
            () -> new StringBuilder("\""), StringBuilder::appendCodePoint, StringBuilder::append)
        .append(cut)
        .append('"')
        .toString();
  }
}
