package io.oarlock.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code sink} of an event forwarder, validated, with its defaults filled in. */
public record SinkSettings(String kind, Map<String, Object> tree) {
  public SinkSettings {
    tree = Collections.unmodifiableMap(new LinkedHashMap<>(tree));
  }

  /** A text that the model requires. */
  public String required(String name) {
    return text(name)
        .orElseThrow(() -> new IllegalStateException("A sink " + kind + " has no " + name));
  }

  public Optional<String> text(String name) {
    return tree.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  public long number(String name, long otherwise) {
    return tree.get(name) instanceof Number number ? number.longValue() : otherwise;
  }

  public boolean truth(String name) {
    return Boolean.TRUE.equals(tree.get(name));
  }

  /** The texts of a list; those of another kind are left out. */
  public List<String> texts(String name) {
    return tree.get(name) instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }
}
