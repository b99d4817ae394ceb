package io.oarlock.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says all that is wrong with a body, and gives bodies without fault the form in which they are
 * kept. It knows types only as {@link ResourceType}, so a type that came as data is served like one
 * that came as a record. A member that is null counts as absent.
 */
public final class Validator {

  /** Who writes, and what stands there already. */
  public enum Mode {
    /** A caller makes a resource. */
    CREATE,
    /** A caller gives a whole new body for a stored resource. */
    REPLACE,
    /**
     * A caller changed parts; the body is the stored one, masked or not, with the patch applied.
     */
    PATCH,
    /**
     * A hook gives another body for a resource that is being created; the body it was asked about
     * stands for the stored one. Nothing is immutable yet.
     */
    AMEND,
    /** The platform writes, read-only attributes included. */
    PLATFORM;

    boolean isCallers() {
      return this != PLATFORM;
    }
  }

  private record Prepared(ResourceType type, ObjectRule rule) {}

  private final Formats formats;
  private final Map<String, Prepared> prepared = new ConcurrentHashMap<>();

  public Validator(Formats formats) {
    this.formats = formats;
  }

  /** All that is wrong with a body; nothing when it can be kept. */
  public List<Violation> validate(
      ResourceType type,
      Map<String, Object> body,
      Mode mode,
      Optional<Map<String, Object>> stored) {
    var findings = new Findings(mode);
    rule(type).check(body, stored.orElse(null), findings);
    return findings.count() == 0 && mode.isCallers() && !type.rules().equals(ResourceType.NO_RULES)
        ? type.rules().apply(complete(type, body, mode, stored))
        : findings.found();
  }

  /** All that is wrong with a value that is no resource, such as the input of an action. */
  public List<Violation> validate(ValueType type, Object value) {
    var findings = new Findings(Mode.CREATE);
    rule(type).check(value, null, findings);
    return findings.found();
  }

  /** A valid new body as it is kept. */
  public Map<String, Object> complete(ResourceType type, Map<String, Object> body) {
    return complete(type, body, Mode.CREATE, Optional.empty());
  }

  /**
   * A valid body as it is kept: text normalised, defaults filled in, attributes in the order of the
   * model, what callers cannot write or see taken from what is stored.
   */
  public Map<String, Object> complete(
      ResourceType type,
      Map<String, Object> body,
      Mode mode,
      Optional<Map<String, Object>> stored) {
    return rule(type).completeObject(body, stored.orElse(null), mode);
  }

  /** A valid value that is no resource in its normal form. */
  public Object complete(ValueType type, Object value) {
    return rule(type).complete(value, null, Mode.CREATE);
  }

  private ObjectRule rule(ResourceType type) {
    var known = prepared.get(type.name());
    if (known == null || !known.type().equals(type)) {
      known = new Prepared(type, object(type.attributes(), false));
      prepared.put(type.name(), known);
    }
    return known.rule();
  }

  private ObjectRule object(List<Attribute> attributes, boolean isVariant) {
    var rules = new ArrayList<AttributeRule>(attributes.size());
    attributes.forEach(each -> rules.add(new AttributeRule(each, rule(each.type()))));
    return new ObjectRule(rules, isVariant);
  }

  private Rule rule(ValueType type) {
    return switch (type) {
      case ValueType.Text text -> new TextRule(text, formats.check(text.format()));
      case ValueType.Bool _ -> new ScalarRules.Bool();
      case ValueType.Whole(var min, var max) -> new ScalarRules.Whole(min, max);
      case ValueType.Decimal decimal -> new ScalarRules.Decimal(decimal);
      case ValueType.Choice choice -> new ScalarRules.Choice(choice);
      case ValueType.ListOf(var element, var min, var max, var distinct) ->
          new ListRule(rule(element), min, max, distinct);
      case ValueType.MapOf map ->
          new MapRule(
              rule(map.value()),
              new TextRule(map.key(), formats.check(map.key().format())),
              map.maxEntries());
      case ValueType.ObjectOf(var attributes) -> object(attributes, false);
      case ValueType.OneOf(var variants, _) -> {
        var rules = new LinkedHashMap<String, ObjectRule>();
        variants.forEach((kind, variant) -> rules.put(kind, object(variant.attributes(), true)));
        yield new OneOfRule(rules);
      }
      case ValueType.Anything(var maxBytes) -> new AnythingRule(maxBytes);
    };
  }
}
