package io.oarlock.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list within bounds. Its elements have no stored counterpart: positions shift. */
record ListRule(Rule element, int minItems, int maxItems, boolean distinct) implements Rule {

  @Override
  public void check(Object value, @Nullable Object stored, Findings findings) {
    if (!(value instanceof List<?> list)) {
      findings.wrongType("a list", value);
      return;
    }
    if (list.size() > maxItems) {
      findings.add(
          "too-many", "has " + list.size() + " elements; at most " + maxItems + " are allowed");
      return;
    }
    if (list.size() < minItems) {
      findings.add(
          "too-short", "has " + list.size() + " elements; at least " + minItems + " are needed");
    }
    var before = findings.count();
    for (var i = 0; i < list.size() && !findings.isFull(); i++) {
      findings.enter(i);
      checkElement(list.get(i), findings);
      findings.leave();
    }
    if (distinct && findings.count() == before) {
      checkDistinct(list, findings);
    }
  }

  private void checkElement(@Nullable Object value, Findings findings) {
    if (value == null) {
      findings.add("wrong-type", "is null; leave the element out");
    } else {
      element.check(value, null, findings);
    }
  }

  private void checkDistinct(List<?> list, Findings findings) {
    var seen = HashSet.<Object>newHashSet(list.size());
    for (var i = 0; i < list.size(); i++) {
      if (!seen.add(element.complete(list.get(i), null, findings.mode()))) {
        findings.enter(i);
        findings.add("duplicate", "stands in the list already; leave it out");
        findings.leave();
      }
    }
  }

  @Override
  public Object complete(Object value, @Nullable Object stored, Validator.Mode mode) {
    if (!(value instanceof List<?> list)) {
      return value;
    }
    var result = new ArrayList<Object>(list.size());
    for (var each : list) {
      result.add(element.complete(each, null, mode));
    }
    return result;
  }
}
