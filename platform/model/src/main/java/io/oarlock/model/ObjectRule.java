package io.oarlock.model;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An object with declared attributes. */
final class ObjectRule implements Rule {
  private final List<AttributeRule> attributes;
  private final Map<String, AttributeRule> byName = new HashMap<>();
  private final List<String> writable;
  private final boolean isVariant;

  /**
   * A rule.
   *
   * @param isVariant whether it stands in a choice of objects and so has a member {@code kind}
   */
  ObjectRule(List<AttributeRule> attributes, boolean isVariant) {
    this.attributes = List.copyOf(attributes);
    this.attributes.forEach(attribute -> byName.put(attribute.name(), attribute));
    this.writable =
        attributes.stream()
            .filter(attribute -> !attribute.isReadOnly())
            .map(AttributeRule::name)
            .toList();
    this.isVariant = isVariant;
  }

  @Override
  public void check(Object value, @Nullable Object stored, Findings findings) {
    if (!(value instanceof Map<?, ?> body)) {
      findings.wrongType("an object", value);
      return;
    }
    var before = stored instanceof Map<?, ?> map ? map : null;
    for (var member : body.entrySet()) {
      if (findings.isFull()) {
        return;
      }
      checkMember(member.getKey(), member.getValue(), before, findings);
    }
    for (var attribute : attributes) {
      attribute.checkAbsence(body, before, findings);
    }
  }

  private void checkMember(
      Object name, @Nullable Object value, @Nullable Map<?, ?> stored, Findings findings) {
    var attribute = byName.get(name);
    findings.enter(name);
    if (attribute == null || attribute.isInvisible(findings.mode())) {
      if (!(isVariant && name.equals(OneOfRule.KIND))) {
        unknown(name, findings);
      }
    } else if (value != null) {
      attribute.check(value, stored, findings);
    }
    findings.leave();
  }

  private void unknown(Object name, Findings findings) {
    var hint =
        name instanceof String text ? Suggest.didYouMean(text, writable) : Optional.<String>empty();
    findings.add("unknown-attribute", "is not an attribute here", hint);
  }

  @Override
  public Object complete(Object value, @Nullable Object stored, Validator.Mode mode) {
    return value instanceof Map<?, ?> body ? completeObject(body, stored, mode) : value;
  }

  Map<String, Object> completeObject(Map<?, ?> body, @Nullable Object stored, Validator.Mode mode) {
    var before = stored instanceof Map<?, ?> map ? map : null;
    var result = LinkedHashMap.<String, Object>newLinkedHashMap(attributes.size());
    for (var attribute : attributes) {
      var value = attribute.complete(body.get(attribute.name()), before, mode);
      if (value != null) {
        result.put(attribute.name(), value);
      }
    }
    return result;
  }
}
