package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTypingTest {
  private static final ValueType TAGS = new ValueType.ListOf(text(TextFormat.TAG), 0, 9, true);
  private static final ResourceType POLICY =
      new ResourceType(
          "policy",
          "policies",
          "Test",
          "A type with an attribute of each kind.",
          List.of(),
          Set.of(),
          Set.of(),
          List.of(
              attribute("name", text(TextFormat.PLAIN)),
              attribute("createTime", text(TextFormat.INSTANT)),
              attribute("timeout", text(TextFormat.DURATION)),
              attribute("action", new ValueType.Choice(List.of("Allow", "Reject"), Map.of())),
              attribute("propagate", new ValueType.Bool()),
              attribute("version", new ValueType.Whole(0, 99)),
              attribute("share", new ValueType.Decimal(BigDecimal.ZERO, BigDecimal.valueOf(100))),
              attribute("normalizedTags", TAGS),
              attribute("annotations", new ValueType.MapOf(TAGS, 9, text(TextFormat.PLAIN))),
              attribute("parameters", new ValueType.Anything(99)),
              attribute("trigger", trigger()),
              attribute("token", text(TextFormat.PLAIN), Attribute.Flag.SECRET),
              attribute("shard", text(TextFormat.PLAIN), Attribute.Flag.HIDDEN)),
          List.of(),
          List.of(),
          Optional.empty(),
          Map.of());

  private static ValueType.Text text(TextFormat format) {
    return new ValueType.Text(0, 99, format, false, Optional.empty(), Optional.empty());
  }

  private static ValueType trigger() {
    var variants = new LinkedHashMap<String, ValueType.ObjectOf>();
    variants.put("OnCall", new ValueType.ObjectOf(List.of()));
    variants.put(
        "OnSchedule",
        new ValueType.ObjectOf(
            List.of(
                attribute("cron", text(TextFormat.CRON)),
                attribute("hmac", text(TextFormat.PLAIN), Attribute.Flag.SHOWN_ONCE))));
    return new ValueType.OneOf(variants, Map.of());
  }

  private static Attribute attribute(String name, ValueType type, Attribute.Flag... flags) {
    return new Attribute(
        name,
        type,
        name,
        "For tests.",
        Optional.empty(),
        Optional.empty(),
        false,
        Set.copyOf(Arrays.asList(flags)));
  }

  private static Filter parse(String text) {
    return FilterParser.parse(text, POLICY, Clock.systemUTC());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name == 007 | name == \"007\"",
        "name CONTAINS 007 | name CONTAINS \"007\"",
        "version == \"3\" | version == 3",
        "share >= 3 | share >= 3.0",
        "propagate == \"true\" | propagate == true",
        "createTime < 2026-11-21 | createTime < \"2026-11-21T00:00:00.000Z\"",
        "timeout == 90s | timeout == \"PT1M30S\"",
        "action IN [Allow, Reject] | action IN [\"Allow\", \"Reject\"]",
        "annotations.team CONTAINS 7 | annotations.team CONTAINS \"7\"",
        "trigger.kind == OnCall | trigger.kind == \"OnCall\"",
        "trigger.cron EXISTS | trigger.cron EXISTS",
        "parameters.deep.down == 5 | parameters.deep.down == 5"
      })
  void valuesTakeTheTypeOfTheirAttribute(String text, String canonical) {
    assertThat(Filters.print(parse(text))).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name == a AND acton == Allow | 15 | policy has no attribute \"acton\". Did you mean \"action\"?",
        "trigger.corn == x | 1 | trigger of policy has no attribute \"corn\". Did you mean \"cron\"?",
        "action == Alow | 11 | is one of Allow, Reject. Did you mean \"Allow\"?",
        "action < Reject | 8 | use ==, !=, IN or MATCHES.",
        "version == soon | 12 | version is a whole number, and \"soon\" is not",
        "propagate == 1 | 14 | propagate is true or false",
        "propagate MATCHES t | 11 | use == or !=.",
        "version CONTAINS 3 | 9 | use ==, !=, <",
        "createTime > tomorrow | 14 | is not a date",
        "timeout > 30s | 9 | without an order",
        "trigger == x | 9 | name one of its attributes after a dot",
        "name.first == x | 1 | is a text and has no attributes",
        "token MATCHES '^a' | 1 | it is secret",
        "trigger.hmac == x | 1 | it is secret",
        "shard EXISTS | 1 | has no attribute \"shard\""
      })
  void whatTheTypeDoesNotKnowIsRefusedAtItsColumn(String text, int column, String reason) {
    var fault = catchThrowableOfType(FilterException.class, () -> parse(text));
    assertThat(fault.column()).as(fault.getMessage()).isEqualTo(column);
    assertThat(fault.reason()).contains(reason);
  }
}
