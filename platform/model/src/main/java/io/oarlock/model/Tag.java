package io.oarlock.model;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * A fact about a resource that policies can match: {@code env=prod}. Normalised to NFC, so that two
 * spellings of one text are one tag.
 */
public record Tag(String key, String value) implements Comparable<Tag> {
  /** A tag stays below this many bytes of UTF-8, the {@code =} included. */
  public static final int BYTES_LIMIT = 1024;

  public Tag {
    key = checkKey(key);
    value = Normalizer.normalize(value, Normalizer.Form.NFC);
    if (value.isEmpty()) {
      throw refuse(
          key + "=",
          "nothing follows the \"=\"",
          "write a value, or the key alone in a" + " tag expression to ask whether it exists");
    }
    checkText(key + "=" + value);
  }

  /** Reads {@code key=value}; the first {@code =} ends the key. */
  public static Tag parse(String text) {
    var cut = text.indexOf('=');
    if (cut < 0) {
      throw refuse(text, "it has no \"=\"", "write key=value, for example env=prod");
    }
    return new Tag(text.substring(0, cut), text.substring(cut + 1));
  }

  static String checkKey(String text) {
    var key = Normalizer.normalize(text, Normalizer.Form.NFC);
    if (key.isEmpty()) {
      throw refuse(text, "its key is empty", "name the fact, for example env=prod");
    }
    if (key.startsWith("!")) {
      throw refuse(text, "its key starts with \"!\", which means not", "drop the \"!\"");
    }
    if (key.chars().anyMatch(Tag::unfitForKey)) {
      throw refuse(text, "its key contains a space or \"=\"", "separate words with - or :");
    }
    checkText(key);
    return key;
  }

  private static boolean unfitForKey(int c) {
    return c == '=' || Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  static void checkText(String text) {
    if (text.codePoints().anyMatch(Tag::unfitAnywhere)) {
      throw refuse(text, "it contains a control character or half a surrogate pair", "remove it");
    }
    var bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes >= BYTES_LIMIT) {
      throw refuse(text, "it has " + bytes + " bytes", "stay below " + BYTES_LIMIT);
    }
  }

  private static boolean unfitAnywhere(int c) {
    return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
  }

  private static IllegalArgumentException refuse(String text, String reason, String fix) {
    return new IllegalArgumentException(
        Quote.of(text)
            + " is not a tag: "
            + reason
            + ". A tag is key=value, its key without spaces and \"=\", under "
            + BYTES_LIMIT
            + " bytes; "
            + fix
            + ".");
  }

  @Override
  public int compareTo(Tag other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return key + "=" + value;
  }
}
