package io.oarlock.model;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text within bounds, normalised, of one syntax. */
final class TextRule implements Rule {
  /** Below this, every text is its own NFC form. */
  private static final char FIRST_COMPOSABLE = '\u0300';

  private final ValueType.Text type;
  private final TextCheck format;
  private final Optional<Pattern> pattern;

  TextRule(ValueType.Text type, TextCheck format) {
    this.type = type;
    this.format = format;
    this.pattern = type.pattern().map(Pattern::compile);
  }

  @Override
  public void check(Object value, @Nullable Object stored, Findings findings) {
    if (!(value instanceof String raw)) {
      findings.wrongType("text", value);
      return;
    }
    // Before normalising, so that nobody makes us compose megabytes.
    if (raw.length() > 4L * type.maxLength()) {
      tooLong(raw, findings);
      return;
    }
    var text = normalised(raw);
    var before = findings.count();
    checkShape(text, findings);
    if (findings.count() == before) {
      checkSyntax(text, findings);
    }
  }

  private void checkShape(String text, Findings findings) {
    if (text.length() > type.maxLength()) {
      tooLong(text, findings);
    } else if (text.length() < type.minLength()) {
      findings.add(
          "too-short",
          "has " + text.length() + " characters; at least " + type.minLength() + " are needed");
    }
    var at = forbidden(text);
    if (at >= 0) {
      findings.add(
          "control-character",
          "has the control character U+%04X at index %d; %s"
              .formatted((int) text.charAt(at), at, allowedControls()));
    }
  }

  private void tooLong(String text, Findings findings) {
    findings.add(
        "too-long",
        "has " + text.length() + " characters; at most " + type.maxLength() + " are allowed");
  }

  private String allowedControls() {
    return type.multiline() ? "only line feed and tab are allowed" : "none is allowed here";
  }

  private void checkSyntax(String text, Findings findings) {
    if (pattern.isPresent() && !pattern.get().matcher(text).matches()) {
      findings.add(
          "pattern",
          type.patternMessage()
              .map(message -> "is not allowed: " + message)
              .orElseGet(() -> "does not match " + pattern.get().pattern()));
    }
    format.fault(text).ifPresent(fault -> findings.add("bad-format", fault.detail(), fault.hint()));
  }

  @Override
  public Object complete(Object value, @Nullable Object stored, Validator.Mode mode) {
    return value instanceof String text ? format.normalise(normalised(text)) : value;
  }

  private String normalised(String raw) {
    var text = type.multiline() && raw.indexOf('\r') >= 0 ? raw.replace("\r\n", "\n") : raw;
    // Composing characters inside a program would change the strings it compares.
    return type.format() == TextFormat.JAVASCRIPT || isPlain(text)
        ? text
        : Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static boolean isPlain(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= FIRST_COMPOSABLE) {
        return false;
      }
    }
    return true;
  }

  /** Where the first character stands that no text may have, or -1. */
  private int forbidden(String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c < ' ' ? !(type.multiline() && (c == '\n' || c == '\t')) : c >= 0x7f && isBad(text, i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isBad(String text, int at) {
    var c = text.charAt(at);
    return c <= 0x9f
        || (Character.isSurrogate(c) && !isPaired(text, at))
        || (!type.multiline() && isDirectionOverride(c));
  }

  private static boolean isPaired(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }

  /** Names that read differently from what they are. */
  private static boolean isDirectionOverride(char c) {
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
  }
}
