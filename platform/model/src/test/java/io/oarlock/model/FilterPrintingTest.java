package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FilterPrintingTest {

  @Property(tries = 5_000)
  void whatIsPrintedIsReadAsTheSameFilter(@ForAll("filters") Filter filter) {
    assertThat(FilterParser.parse(Filters.print(filter))).isEqualTo(filter);
  }

  /** Whatever the text, the answer is a filter or a fault inside the text, never another error. */
  @Property(tries = 20_000)
  void anyTextIsReadOrRefused(@ForAll("scraps") String text) {
    try {
      var filter = FilterParser.parse(text);
      assertThat(FilterParser.parse(Filters.print(filter))).isEqualTo(filter);
    } catch (FilterException e) {
      assertThat(e.column()).isBetween(1, text.codePointCount(0, text.length()) + 1);
    }
  }

  @Provide
  Arbitrary<String> scraps() {
    var word =
        Arbitraries.of(
            "a",
            "b.c",
            "==",
            "!=",
            "<",
            "IN",
            "NOT",
            "AND",
            "OR",
            "(",
            ")",
            "[",
            "]",
            ",",
            "1",
            "1.5",
            "EXISTS",
            "CONTAINS",
            "MATCHES",
            "'x'",
            "\"",
            "now(",
            "date(",
            "$n",
            "\\",
            "é",
            "\uD83D\uDE00");
    return word.list().ofMaxSize(14).map(words -> String.join(" ", words));
  }

  @Provide
  Arbitrary<Filter> filters() {
    return Arbitraries.recursive(
        FilterPrintingTest::conditions, FilterPrintingTest::combined, 0, 4);
  }

  private static Arbitrary<Filter> combined(Arbitrary<Filter> inner) {
    return Arbitraries.oneOf(
        inner.map(Filter.Not::new),
        inner.list().ofMinSize(2).ofMaxSize(3).map(Filters::and),
        inner.list().ofMinSize(2).ofMaxSize(3).map(Filters::or));
  }

  private static Arbitrary<Filter> conditions() {
    return Arbitraries.oneOf(
        Combinators.combine(paths(), Arbitraries.of(Filter.Comparison.values()), values())
            .as(Filter.Compare::new),
        Combinators.combine(paths(), lists(values())).as(Filter.In::new),
        Combinators.combine(paths(), lists(values())).as(Filter.Contains::new),
        Combinators.combine(paths(), lists(Arbitraries.of("^a+$", "\\d\"", "x|'", "[\\\\]")))
            .as(Filter.Matches::new),
        paths().map(Filter.Exists::new));
  }

  private static Arbitrary<String> paths() {
    return Arbitraries.of(
        "name", "a.b.c", "not", "Exists", "with space", "quo\"te", "b\\", "ü_@:1");
  }

  private static <T> Arbitrary<List<T>> lists(Arbitrary<T> of) {
    return of.list().ofMinSize(1).ofMaxSize(3);
  }

  private static Arbitrary<Object> values() {
    return Arbitraries.oneOf(
        Arbitraries.strings()
            .ofMaxLength(6)
            .map(text -> Normalizer.normalize(text, Normalizer.Form.NFC))
            .asGeneric(),
        Arbitraries.of("\\", "\"", "true", "12", "\\\"", "a\\\\b").asGeneric(),
        Arbitraries.longs().asGeneric(),
        Arbitraries.doubles().asGeneric(),
        Arbitraries.of(true, false).asGeneric());
  }
}
