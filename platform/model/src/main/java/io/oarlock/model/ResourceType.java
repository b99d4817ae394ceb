package io.oarlock.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One kind of resource, and the only source of its routes, validation, indexes, commands, forms and
 * reference pages.
 *
 * @param name singular, lower case: {@code networkaccesspolicy}; the value of {@code $type}
 * @param plural lower case, the word in routes: {@code networkaccesspolicies}
 * @param group heading in docs: one of the headings of the model
 * @param doc what it is for
 * @param aliases short names accepted by the command line
 * @param operations what callers may do
 * @param traits shared meanings
 * @param attributes all attributes, those of Meta and of traits included, flat, in wire order
 * @param indexes what stores keep, derived from flags and declared ones
 * @param actions what can be asked of one resource or of the type beyond the operations
 * @param retention how long a resource lives after its creation, for types that are records of what
 *     happened
 * @param example a whole valid create body
 * @param rules what is wrong across the attributes of a body whose attributes are each valid, given
 *     in the form in which it is kept
 */
public record ResourceType(
    String name,
    String plural,
    String group,
    String doc,
    List<String> aliases,
    Set<Operation> operations,
    Set<Trait> traits,
    List<Attribute> attributes,
    List<Index> indexes,
    List<Action> actions,
    Optional<java.time.Duration> retention,
    Map<String, Object> example,
    Function<Map<String, Object>, List<Violation>> rules) {
  /** Rules of a type that has none across its attributes. */
  public static final Function<Map<String, Object>, List<Violation>> NO_RULES = _ -> List.of();

  public ResourceType {
    aliases = List.copyOf(aliases);
    operations = Set.copyOf(operations);
    traits = Set.copyOf(traits);
    attributes = List.copyOf(attributes);
    indexes = List.copyOf(indexes);
    actions = List.copyOf(actions);
    example = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(example));
  }

  /** A type without rules across its attributes. */
  public ResourceType(
      String name,
      String plural,
      String group,
      String doc,
      List<String> aliases,
      Set<Operation> operations,
      Set<Trait> traits,
      List<Attribute> attributes,
      List<Index> indexes,
      List<Action> actions,
      Optional<java.time.Duration> retention,
      Map<String, Object> example) {
    this(
        name,
        plural,
        group,
        doc,
        aliases,
        operations,
        traits,
        attributes,
        indexes,
        actions,
        retention,
        example,
        NO_RULES);
  }

  /** The attribute of that name. */
  public Optional<Attribute> attribute(String attributeName) {
    return attributes.stream().filter(a -> a.name().equals(attributeName)).findFirst();
  }

  /** Whether it has the trait. */
  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** Whether callers may do the operation. */
  public boolean allows(Operation operation) {
    return operations.contains(operation);
  }
}
