package io.oarlock.cli;

import io.oarlock.model.Attribute;
import io.oarlock.model.Attribute.Flag;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What changes between two states of a resource, attribute by attribute. */
final class Difference {
  private static final int VALUE_MAX = 120;

  private final Terminal terminal;

  private Difference(Terminal terminal) {
    this.terminal = terminal;
  }

  static void print(Terminal terminal, ApplyPlan.Step step) {
    var difference = new Difference(terminal);
    step.type().attributes().stream()
        .filter(attribute -> !attribute.is(Flag.READ_ONLY) && !attribute.is(Flag.HIDDEN))
        .forEach(attribute -> difference.print(attribute, step));
  }

  private void print(Attribute attribute, ApplyPlan.Step step) {
    var name = attribute.name();
    if (attribute.is(Flag.SECRET) && step.body().containsKey(name)) {
      terminal.out().println(terminal.yellow("  ~ " + name + ": (secret)"));
    } else {
      print(name, step.before().get(name), step.after().get(name));
    }
  }

  private void print(String path, @Nullable Object before, @Nullable Object after) {
    if (Objects.equals(before, after)) {
      return;
    }
    if (before instanceof Map<?, ?> && after instanceof Map<?, ?>) {
      members(path, Tree.map(before), Tree.map(after));
      return;
    }
    if (before != null) {
      terminal.out().println(terminal.red("  - " + path + ": " + shown(before)));
    }
    if (after != null) {
      terminal.out().println(terminal.green("  + " + path + ": " + shown(after)));
    }
  }

  private void members(String path, Map<String, Object> before, Map<String, Object> after) {
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    names.forEach(name -> print(path + "." + name, before.get(name), after.get(name)));
  }

  private static String shown(Object value) {
    var text = value instanceof String plain ? plain : io.oarlock.json.Json.text(value);
    return Display.cut(Display.line(text), VALUE_MAX);
  }
}
