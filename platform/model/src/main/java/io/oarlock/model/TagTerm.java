package io.oarlock.model;

import java.text.Normalizer;
import java.util.Set;

/** One condition of a tag expression, on the whole set of tags of a resource. */
public sealed interface TagTerm {

  /** {@code key=value}: the tag is there. */
  record Has(Tag tag, String text) implements Positive {
    public Has(Tag tag) {
      this(tag, tag.toString());
    }

    public Has {
      if (!text.equals(tag.toString())) {
        throw new IllegalArgumentException("The text of a term is its tag: " + text);
      }
    }

    @Override
    public boolean matches(Set<String> tags) {
      return tags.contains(text);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** {@code key}: a tag with that key is there, whatever its value. */
  record HasKey(String key) implements Positive {
    public HasKey {
      key = Tag.checkKey(key);
    }

    @Override
    public boolean matches(Set<String> tags) {
      return Tags.anyStartsWith(tags, key + "=");
    }

    @Override
    public String toString() {
      return key;
    }
  }

  /** {@code key=prefix*}: a tag with that key is there whose value starts so. */
  record HasPrefix(String key, String prefix) implements Positive {
    public HasPrefix {
      key = Tag.checkKey(key);
      prefix = Normalizer.normalize(prefix, Normalizer.Form.NFC);
      Tag.checkText(key + "=" + prefix + "*");
    }

    @Override
    public boolean matches(Set<String> tags) {
      return Tags.anyStartsWith(tags, key + "=" + prefix);
    }

    @Override
    public String toString() {
      return key + "=" + prefix + "*";
    }
  }

  /** {@code !…}: the term behind it does not match; so it matches too where the key is absent. */
  record Not(Positive term) implements TagTerm {
    @Override
    public boolean matches(Set<String> tags) {
      return !term.matches(tags);
    }

    @Override
    public String toString() {
      return "!" + term;
    }
  }

  /** A term that something must be there for. */
  sealed interface Positive extends TagTerm {}

  /** Whether a resource with these normalised tags meets the condition. */
  boolean matches(Set<String> tags);

  /**
   * Reads {@code key=value}, {@code key}, {@code key=prefix*}, or one of these behind {@code !}. A
   * {@code *} that ends the text always means prefix, which finds a value ending in {@code *} too.
   */
  static TagTerm parse(String text) {
    return text.startsWith("!") ? new Not(positive(text.substring(1))) : positive(text);
  }

  private static Positive positive(String text) {
    var cut = text.indexOf('=');
    if (cut < 0) {
      return new HasKey(text);
    }
    return text.endsWith("*")
        ? new HasPrefix(text.substring(0, cut), text.substring(cut + 1, text.length() - 1))
        : new Has(Tag.parse(text));
  }
}
