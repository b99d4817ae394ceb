package io.oarlock.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object with free keys. Where its values are free-form too, their bound is that of the whole.
 */
record MapRule(Rule value, TextRule key, int maxEntries) implements Rule {

  @Override
  public void check(Object checked, @Nullable Object stored, Findings findings) {
    if (!(checked instanceof Map<?, ?> map)) {
      findings.wrongType("an object", checked);
      return;
    }
    if (map.size() > maxEntries) {
      findings.add(
          "too-many", "has " + map.size() + " members; at most " + maxEntries + " are allowed");
      return;
    }
    map.forEach((name, each) -> checkEntry(name, each, stored, findings));
    if (value instanceof AnythingRule whole) {
      whole.check(map, null, findings);
    }
  }

  private void checkEntry(
      Object name, @Nullable Object each, @Nullable Object stored, Findings findings) {
    findings.enter(name);
    key.check(name, null, findings);
    if (value instanceof AnythingRule) {
      findings.leave();
      return;
    }
    if (each == null) {
      findings.add("wrong-type", "is null; leave the member out");
    } else {
      value.check(each, in(stored, name), findings);
    }
    findings.leave();
  }

  private static @Nullable Object in(@Nullable Object stored, Object name) {
    return stored instanceof Map<?, ?> map ? map.get(name) : null;
  }

  @Override
  public Object complete(Object completed, @Nullable Object stored, Validator.Mode mode) {
    if (!(completed instanceof Map<?, ?> map)) {
      return completed;
    }
    if (value instanceof AnythingRule) {
      return Trees.copy(completed);
    }
    var result = LinkedHashMap.<String, Object>newLinkedHashMap(map.size());
    map.forEach((name, each) ->
        result.put(
            (String) key.complete(name, null, mode), value.complete(each, in(stored, name), mode)));
    return result;
  }
}
