package io.oarlock.marketplace.bundle;

import io.oarlock.model.Attribute;
import io.oarlock.model.Formats;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceType;
import io.oarlock.model.SafePattern;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Validator;
import io.oarlock.model.ValueType;
import io.oarlock.model.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answers to the parameters of an app. Parameters become the attributes of a type, and the
 * platform's own validator says what is wrong with the answers.
 */
public final class Questions {
  private static final int TEXT_MAX = 4096;
  private static final int FILE_MAX = 65536;
  private static final int ITEMS_MAX = 256;
  private static final double NUMBER_MAX = 1e15;
  private static final Validator VALIDATOR = new Validator(Formats.of(List.of(), Map.of()));

  private Questions() {}

  /**
   * What became of answers.
   *
   * @param values complete, with defaults; of no use when something is wrong
   * @param violations with pointers into the answers
   */
  public record Answered(Map<String, Object> values, List<Violation> violations) {}

  /** Checks answers and fills in the defaults. What is not asked may not be answered. */
  public static Answered check(List<AppParameter> parameters, Map<String, Object> given) {
    var asked = asked(parameters, given);
    var type = type(asked);
    var wrong =
        new ArrayList<>(VALIDATOR.validate(type, given, Validator.Mode.CREATE, Optional.empty()));
    wrong.replaceAll(each -> notAsked(each, parameters));
    asked.forEach(each -> wrong.addAll(mismatches(each, given.get(each.key()), "/" + each.key())));
    return new Answered(wrong.isEmpty() ? VALIDATOR.complete(type, given) : Map.of(), wrong);
  }

  /** Those that have to be answered after these answers, and are not. */
  public static List<AppParameter> missing(
      List<AppParameter> parameters, Map<String, Object> given) {
    return asked(parameters, given).stream()
        .filter(each -> !each.optional() && each.defaultValue().isEmpty())
        .filter(each -> !given.containsKey(each.key()))
        .toList();
  }

  private static List<AppParameter> asked(
      List<AppParameter> parameters, Map<String, Object> given) {
    var known = new LinkedHashMap<String, Object>();
    var asked = new ArrayList<AppParameter>();
    for (var parameter : parameters) {
      if (parameter.type().asks() && isVisible(parameter, known)) {
        asked.add(parameter);
        Optional.ofNullable(given.get(parameter.key()))
            .or(parameter::defaultValue)
            .ifPresent(value -> known.put(parameter.key(), value));
      }
    }
    return asked;
  }

  /** Whether it is asked, after the answers so far. */
  public static boolean isVisible(AppParameter parameter, Map<String, Object> answers) {
    return parameter.visibilityCondition().isEmpty()
        || parameter.visibilityCondition().stream()
            .anyMatch(line -> line.stream().allMatch(each -> holds(each, answers)));
  }

  private static boolean holds(AppParameter.Condition condition, Map<String, Object> answers) {
    var answer = Optional.ofNullable(answers.get(condition.key()));
    return switch (condition.operator()) {
      case EQUAL -> isSame(answer, condition.value());
      case NOT_EQUAL -> !isSame(answer, condition.value());
      case GREATER_THAN -> compare(answer, condition.value()) > 0;
      case LESSER_THAN -> compare(answer, condition.value()) < 0;
      case DEFINED -> answer.isPresent();
      case UNDEFINED -> answer.isEmpty();
      case MATCH -> matches(answer, condition.value());
      case NOT_MATCH -> !matches(answer, condition.value());
    };
  }

  private static boolean isSame(Optional<Object> answer, Optional<Object> value) {
    return answer.equals(value)
        || (answer.isPresent() && compare(answer, value) == 0 && isNumber(answer));
  }

  private static boolean isNumber(Optional<Object> value) {
    return value.orElse("") instanceof Number;
  }

  /** The order of two numbers; 0 for what is none. */
  private static int compare(Optional<Object> answer, Optional<Object> value) {
    return answer.orElse("") instanceof Number a && value.orElse("") instanceof Number b
        ? Double.compare(a.doubleValue(), b.doubleValue())
        : 0;
  }

  private static boolean matches(Optional<Object> answer, Optional<Object> pattern) {
    return answer.orElse(0) instanceof String text
        && pattern.orElse(0) instanceof String expression
        && SafePattern.compile(whole(expression)).find(text);
  }

  static String whole(String pattern) {
    return "^(?:" + pattern + ")$";
  }

  private static Violation notAsked(Violation violation, List<AppParameter> parameters) {
    var isKnown =
        violation.code().equals("unknown-attribute")
            && parameters.stream().anyMatch(each -> ("/" + each.key()).equals(violation.pointer()));
    return isKnown
        ? new Violation(
            "not-asked",
            "This is not asked, after the other answers.",
            violation.pointer(),
            Optional.of("Leave it out, or change the answer its question depends on."))
        : violation;
  }

  /** What is wrong with a value as the answer to one parameter. */
  public static Optional<Violation> wrong(AppParameter parameter, Object value) {
    return VALIDATOR.validate(valueType(parameter), value).stream()
        .findFirst()
        .or(() -> mismatches(parameter, value, "/" + parameter.key()).stream().findFirst());
  }

  /**
   * Patterns are strangers' words: they are matched in linear time, not by the validator. Of a list
   * each element has to match, of a tag expression each term.
   */
  private static List<Violation> mismatches(
      AppParameter parameter, @Nullable Object value, String pointer) {
    if (parameter.pattern().isEmpty()) {
      return List.of();
    }
    var found = new ArrayList<Violation>();
    mismatches(
        parameter, SafePattern.compile(whole(parameter.pattern().get())), value, pointer, found);
    return found;
  }

  private static void mismatches(
      AppParameter parameter,
      SafePattern pattern,
      @Nullable Object value,
      String pointer,
      List<Violation> found) {
    if (value instanceof List<?> list) {
      for (var i = 0; i < list.size(); i++) {
        mismatches(parameter, pattern, list.get(i), pointer + "/" + i, found);
      }
    } else if (value instanceof String text && !pattern.find(text)) {
      var words = parameter.shown() + " does not match " + parameter.pattern().orElseThrow() + ".";
      found.add(new Violation("pattern", words, pointer, parameter.patternMessage()));
    }
  }

  private static ResourceType type(List<AppParameter> asked) {
    return new ResourceType(
        "parameters",
        "parameters",
        "Marketplace",
        "Parameters of an app.",
        List.of(),
        Set.of(Operation.CREATE),
        Set.of(),
        asked.stream().map(Questions::attribute).toList(),
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of());
  }

  /** What can be answered, as attributes; whether each is asked depends on the answers. */
  public static List<Attribute> attributes(List<AppParameter> parameters) {
    return parameters.stream()
        .filter(each -> each.type().asks())
        .map(Questions::attribute)
        .toList();
  }

  private static Attribute attribute(AppParameter parameter) {
    return new Attribute(
        parameter.key(),
        valueType(parameter),
        parameter.shown(),
        parameter.description().orElse(parameter.shown()),
        Optional.empty(),
        parameter.defaultValue(),
        !parameter.optional() && parameter.defaultValue().isEmpty(),
        Set.of());
  }

  private static ValueType valueType(AppParameter parameter) {
    return switch (parameter.type()) {
      case BOOLEAN, CHECKBOX, SWITCH -> new ValueType.Bool();
      case STRING -> text(parameter, TextFormat.PLAIN, TEXT_MAX);
      case STRING_SLICE -> list(parameter, element(TextFormat.PLAIN));
      case INTEGER -> whole(parameter);
      case INTEGER_SLICE ->
          list(parameter, new ValueType.Whole(-(long) NUMBER_MAX, (long) NUMBER_MAX));
      case FLOAT ->
          decimal(bound(parameter.min(), -NUMBER_MAX), bound(parameter.max(), NUMBER_MAX));
      case FLOAT_SLICE -> list(parameter, decimal(-NUMBER_MAX, NUMBER_MAX));
      case CVSS_THRESHOLD -> decimal(0, 10);
      case ENUM ->
          new ValueType.Choice(
              List.copyOf(parameter.allowedChoices().keySet()), parameter.allowedChoices());
      case DURATION -> element(TextFormat.DURATION);
      case ENDPOINT -> element(TextFormat.URL);
      case NAMESPACE -> element(TextFormat.NAMESPACE);
      case SECRET -> text(parameter, TextFormat.PLAIN, 256);
      case FILE_DROP -> text(parameter, TextFormat.MARKDOWN, FILE_MAX);
      case TAGS_EXPRESSION ->
          new ValueType.ListOf(
              new ValueType.ListOf(element(TextFormat.TAG_TERM), 1, ITEMS_MAX, true),
              0,
              ITEMS_MAX,
              false);
      case JSON -> new ValueType.Anything(FILE_MAX);
      case TITLE, MESSAGE, INFO_MESSAGE, WARNING_MESSAGE, DANGER_MESSAGE ->
          throw new IllegalArgumentException(parameter.type() + " asks nothing");
    };
  }

  private static double bound(Optional<Double> bound, double otherwise) {
    return bound.orElse(otherwise);
  }

  private static ValueType whole(AppParameter parameter) {
    return new ValueType.Whole(
        (long) bound(parameter.min(), -NUMBER_MAX), (long) bound(parameter.max(), NUMBER_MAX));
  }

  private static ValueType decimal(double min, double max) {
    return new ValueType.Decimal(BigDecimal.valueOf(min), BigDecimal.valueOf(max));
  }

  private static ValueType element(TextFormat format) {
    return new ValueType.Text(1, TEXT_MAX, format, false, Optional.empty(), Optional.empty());
  }

  private static ValueType text(AppParameter parameter, TextFormat format, int most) {
    return new ValueType.Text(
        (int) Math.clamp(bound(parameter.min(), 1), 0, most),
        (int) Math.clamp(bound(parameter.max(), most), 0, most),
        format,
        format == TextFormat.MARKDOWN,
        Optional.empty(),
        Optional.empty());
  }

  private static ValueType list(AppParameter parameter, ValueType element) {
    return new ValueType.ListOf(
        element,
        (int) Math.clamp(bound(parameter.min(), 0), 0, ITEMS_MAX),
        (int) Math.clamp(bound(parameter.max(), ITEMS_MAX), 0, ITEMS_MAX),
        false);
  }
}
