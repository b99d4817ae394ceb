package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.oarlock.model.Filter.And;
import io.oarlock.model.Filter.Compare;
import io.oarlock.model.Filter.Comparison;
import io.oarlock.model.Filter.Contains;
import io.oarlock.model.Filter.Exists;
import io.oarlock.model.Filter.In;
import io.oarlock.model.Filter.Matches;
import io.oarlock.model.Filter.Not;
import io.oarlock.model.Filter.Or;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
  private static final Filter A = equal("a", 1L);
  private static final Filter B = equal("b", 2L);
  private static final Filter C = equal("c", 3L);

  private static Filter equal(String path, Object value) {
    return new Compare(path, Comparison.EQUAL, value);
  }

  private static Filter parse(String text) {
    return FilterParser.parse(text, NOON);
  }

  private static FilterException refused(String text) {
    return catchThrowableOfType(FilterException.class, () -> parse(text));
  }

  @Test
  void andBindsTighterThanOr() {
    assertThat(parse("a == 1 OR b == 2 AND c == 3"))
        .isEqualTo(new Or(List.of(A, new And(List.of(B, C)))));
    assertThat(parse("a == 1 and b == 2 or c == 3"))
        .isEqualTo(new Or(List.of(new And(List.of(A, B)), C)));
  }

  @Test
  void parenthesesOverrule() {
    assertThat(parse("(a == 1 OR b == 2) AND c == 3"))
        .isEqualTo(new And(List.of(new Or(List.of(A, B)), C)));
  }

  @Test
  void notBindsTightest() {
    assertThat(parse("NOT a == 1 AND b == 2")).isEqualTo(new And(List.of(new Not(A), B)));
    assertThat(parse("NOT (a == 1 AND b == 2)")).isEqualTo(new Not(new And(List.of(A, B))));
  }

  @Test
  void nestedConjunctionsAreOne() {
    assertThat(parse("a == 1 AND (b == 2 AND c == 3)")).isEqualTo(new And(List.of(A, B, C)));
  }

  @Test
  void anEmptyFilterMeansEverything() {
    assertThat(parse("  ")).isEqualTo(new Filter.All());
  }

  @Test
  void everyOperatorIsRead() {
    assertThat(parse("a exists")).isEqualTo(new Exists("a"));
    assertThat(parse("a NOT EXISTS")).isEqualTo(new Not(new Exists("a")));
    assertThat(parse("a in [1, \"x\"]")).isEqualTo(new In("a", List.of(1L, "x")));
    assertThat(parse("a not in [1]")).isEqualTo(new Not(new In("a", List.of(1L))));
    assertThat(parse("t CONTAINS \"k=v\"")).isEqualTo(new Contains("t", List.of("k=v")));
    assertThat(parse("t MATCHES ['^a\\d', x]")).isEqualTo(new Matches("t", List.of("^a\\d", "x")));
    assertThat(parse("a.b>=2.5")).isEqualTo(new Compare("a.b", Comparison.GREATER_OR_EQUAL, 2.5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Reject",
        "/acme/prod",
        "10.0.0.0/8",
        "@auth:realm",
        "a-b_c#1*",
        "Zürich",
        "1.2.3"
      })
  void wordsNeedNoQuotes(String word) {
    assertThat(parse("name == " + word)).isEqualTo(equal("name", word));
  }

  @Test
  void aValueIsWhatItLooksLike() {
    assertThat(parse("a == true")).isEqualTo(equal("a", true));
    assertThat(parse("a == -3")).isEqualTo(equal("a", -3L));
    assertThat(parse("a == 1.5E-3")).isEqualTo(equal("a", 0.0015));
    assertThat(parse("a == \"3\"")).isEqualTo(equal("a", "3"));
    assertThat(parse("a == \"say \\\"hi\\\" c:\\\\x\"")).isEqualTo(equal("a", "say \"hi\" c:\\x"));
  }

  @ParameterizedTest
  @CsvSource({
    "date(\"2026-11-21\"), 2026-11-21T00:00:00.000Z",
    "date('2026-11-21 23:50'), 2026-11-21T23:50:00.000Z",
    "date(\"2026-11-21T23:50:00+01:00\"), 2026-11-21T22:50:00.000Z",
    "now(), 2026-11-21T12:00:00.000Z",
    "now(\"-24h\"), 2026-11-20T12:00:00.000Z",
    "now(-1h30m), 2026-11-21T10:30:00.000Z",
    "NOW(\"PT5M\"), 2026-11-21T12:05:00.000Z",
    "now(\"-7d\"), 2026-11-14T12:00:00.000Z"
  })
  void timesBecomeTheOneInstantForm(String call, String instant) {
    assertThat(parse("createTime > " + call))
        .isEqualTo(new Compare("createTime", Comparison.GREATER, instant));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a == | 5 | expected a value for a, found the end.",
        "a = 1 | 3 | Write == instead of =.",
        "a == 1 && b == 2 | 8 | Write AND instead of &&.",
        "(a == 1 | 8 | expected AND, OR or ), found the end.",
        "a == 1) | 7 | no ) without a (",
        "a == 1 b == 2 | 8 | expected AND, OR or the end, found \"b\".",
        "a == 'x | 6 | never ends",
        "a CONTANS x | 3 | Did you mean \"CONTAINS\"?",
        "AND a == 1 | 1 | expected the name of an attribute",
        "a == not | 6 | is a keyword. Quote it.",
        "a == [1] | 6 | a list stands after IN",
        "a IN [1, 2 | 11 | expected , or ], found the end.",
        "t CONTAINS env=prod | 15 | such as a tag, stands in quotes.",
        "$name == web | 1 | normalizedTags CONTAINS \"$name=…\"",
        "a..b == 1 | 1 | has an empty name in it",
        "a == date(\"21.11.\") | 6 | is not a date",
        "a == now(\"soon\") | 6 | is not a duration",
        "a == today() | 6 | there is no function",
        "a MATCHES '(a' | 11 | a ( is never closed",
        "a == 1 AND %b == 2 | 12 | means nothing in a filter",
        "name == 'ö' AND ( | 18 | expected the name of an attribute"
      })
  void aFaultIsToldWithItsColumn(String text, int column, String reason) {
    var fault = refused(text);
    assertThat(fault.column()).as(fault.getMessage()).isEqualTo(column);
    assertThat(fault.reason()).contains(reason);
  }

  @Test
  void aCaretPointsAtTheFault() {
    assertThat(refused("name == web AND action = Reject"))
        .hasMessageContaining(
            """
            name == web AND action = Reject
                                   ^\
            """
                .indent(2)
                .stripTrailing());
  }

  @Test
  void theCaretStandsRightInALongFilter() {
    var lines = refused("a == 1 AND ".repeat(60) + "b = 2").excerpt().split("\n", -1);
    assertThat(lines[0].charAt(lines[1].indexOf('^'))).isEqualTo('=');
    assertThat(lines[0]).hasSizeLessThan(100);
  }

  @Test
  void aFaultIsAProblemForTheCaller() {
    var problem = refused("a = 1");
    assertThat(problem.kind().status()).isEqualTo(400);
    assertThat(problem.detail()).startsWith("Column 3 of the filter: expected ==");
  }

  @Test
  void lengthDepthAndConditionsAreBounded() {
    assertThat(refused("a == " + "x".repeat(4096)).reason()).contains("at most 4096 characters");
    assertThat(parse("(".repeat(32) + "a == 1" + ")".repeat(32))).isEqualTo(A);
    assertThat(refused("(".repeat(33) + "a == 1" + ")".repeat(33)).reason()).contains("32 levels");
    assertThat(refused("NOT ".repeat(33) + "a == 1").reason()).contains("32 levels");
    assertThat(refused("a == 1 AND ".repeat(128) + "a == 1").reason()).contains("128 conditions");
  }
}
