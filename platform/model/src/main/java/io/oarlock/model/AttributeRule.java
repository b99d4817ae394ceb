package io.oarlock.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What callers may do with one attribute of an object. */
final class AttributeRule {
  private final Attribute attribute;
  private final Rule rule;
  private final boolean readOnly;
  private final boolean immutable;
  private final boolean secret;
  private final boolean hidden;

  AttributeRule(Attribute attribute, Rule rule) {
    this.attribute = attribute;
    this.rule = rule;
    this.readOnly =
        attribute.is(Attribute.Flag.READ_ONLY) || attribute.is(Attribute.Flag.SHOWN_ONCE);
    this.immutable = attribute.is(Attribute.Flag.IMMUTABLE);
    this.secret = attribute.is(Attribute.Flag.SECRET);
    this.hidden = attribute.is(Attribute.Flag.HIDDEN);
  }

  String name() {
    return attribute.name();
  }

  boolean isReadOnly() {
    return readOnly;
  }

  /** Whether callers must not learn that it exists. */
  boolean isInvisible(Validator.Mode mode) {
    return readOnly
        && hidden
        && switch (mode) {
          case CREATE, REPLACE, AMEND -> true;
          case PATCH, PLATFORM -> false;
        };
  }

  void check(Object value, @Nullable Map<?, ?> stored, Findings findings) {
    var before = before(stored);
    if (readOnly && findings.mode() != Validator.Mode.PLATFORM) {
      checkUnchanged(value, before, findings);
    } else if (isMask(value)) {
      checkMask(before, findings);
    } else {
      checkValue(value, stored, before, findings);
    }
  }

  private void checkValue(
      Object value, @Nullable Map<?, ?> stored, @Nullable Object before, Findings findings) {
    var count = findings.count();
    rule.check(value, before, findings);
    if (immutable
        && stored != null
        && findings.mode() != Validator.Mode.AMEND
        && findings.count() == count) {
      var after = rule.complete(value, before, findings.mode());
      if (!Trees.same(after, before)) {
        findings.add("immutable", "cannot be changed after creation; create another resource");
      }
    }
  }

  private void checkUnchanged(Object value, @Nullable Object before, Findings findings) {
    if (!(before != null && (isMask(value) || Trees.same(value, before)))) {
      findings.add("read-only", "is written by the platform only; leave it out");
    }
  }

  private void checkMask(@Nullable Object before, Findings findings) {
    if (before == null) {
      findings.add(
          "bad-format", "is the mask shown in place of a secret; give the secret or leave it out");
    }
  }

  /** Reports the attribute when it has to be there and is not. */
  void checkAbsence(Map<?, ?> body, @Nullable Map<?, ?> stored, Findings findings) {
    if (attribute.required()
        && body.get(attribute.name()) == null
        && !isKept(findings.mode(), before(stored))) {
      findings.enter(attribute.name());
      findings.add("required", "is required");
      findings.leave();
    }
  }

  /** What is kept for the value, or null for nothing. */
  @Nullable Object complete(
      @Nullable Object value, @Nullable Map<?, ?> stored, Validator.Mode mode) {
    var before = before(stored);
    if (before != null && ((readOnly && mode.isCallers()) || isMask(value))) {
      return before;
    }
    if (value != null) {
      return rule.complete(value, before, mode);
    }
    return isKept(mode, before) ? before : missing();
  }

  /** Whether a body that does not say anything about it leaves it as it is. */
  private boolean isKept(Validator.Mode mode, @Nullable Object before) {
    return before != null
        && switch (mode) {
          case CREATE, PLATFORM -> false;
          // Who replaces an object did not see these, and so did not mean to remove them.
          case REPLACE, AMEND -> readOnly || immutable || secret || hidden;
          case PATCH -> readOnly || immutable || hidden;
        };
  }

  private @Nullable Object missing() {
    return attribute.defaultValue().map(Trees::copy).orElse(null);
  }

  private @Nullable Object before(@Nullable Map<?, ?> stored) {
    return stored == null ? null : stored.get(attribute.name());
  }

  private boolean isMask(@Nullable Object value) {
    return secret && Masking.MASK.equals(value);
  }
}
