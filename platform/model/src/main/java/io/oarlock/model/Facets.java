package io.oarlock.model;

import java.lang.reflect.AnnotatedElement;
import java.util.Optional;

/**
 * What the annotations of a component say about its values.
 *
 * @param isInner whether the value stands in a list or map, whose size the declared one is
 */
record Facets(
    Optional<Size> size,
    Optional<Range> range,
    TextFormat format,
    Optional<Matches> matches,
    Optional<ElementSize> elements,
    Optional<Keys> keys,
    boolean isReadOnly,
    boolean isInner) {

  static Facets of(AnnotatedElement component) {
    return new Facets(
        Optional.ofNullable(component.getAnnotation(Size.class)),
        Optional.ofNullable(component.getAnnotation(Range.class)),
        Optional.ofNullable(component.getAnnotation(Format.class))
            .map(Format::value)
            .orElse(TextFormat.PLAIN),
        Optional.ofNullable(component.getAnnotation(Matches.class)),
        Optional.ofNullable(component.getAnnotation(ElementSize.class)),
        Optional.ofNullable(component.getAnnotation(Keys.class)),
        component.isAnnotationPresent(ReadOnly.class),
        false);
  }

  Facets inner() {
    return new Facets(
        Optional.empty(), range, format, matches, elements, Optional.empty(), isReadOnly, true);
  }
}
