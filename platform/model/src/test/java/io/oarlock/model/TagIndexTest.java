package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TagIndexTest {
  private static final List<String> KEYS = List.of("a", "ab", "@b:c", "$d");
  private static final List<String> VALUES = List.of("x", "xy", "x*", "=", "y z");

  /** 2,000 indexes, each asked 60 times while expressions come and go: 120,000 cases. */
  @Property(tries = 2_000)
  void theIndexAnswersAsAScanDoes(
      @ForAll("expressions") List<List<List<String>>> expressions, @ForAll long seed) {
    var random = new Random(seed);
    var index = new TagIndex<Integer>();
    var scanned = new LinkedHashMap<Integer, TagExpression>();
    for (var round = 0; round < 60; round++) {
      change(index, scanned, expressions, random);
      var tags = tags(random);
      assertThat(index.matching(tags)).isEqualTo(scan(scanned, tags));
    }
  }

  @Property(tries = 20_000)
  void aTermMeansWhatItsDefinitionSays(@ForAll("terms") String text, @ForAll long seed) {
    var tags = tags(new Random(seed));
    var term = TagTerm.parse(text);
    assertThat(term.matches(tags)).isEqualTo(definition(text, tags));
    assertThat(term.matches(Tags.of(tags))).isEqualTo(definition(text, tags));
    assertThat(term).hasToString(text);
  }

  @Test
  void aLookUpExaminesFewOfManyLines() {
    var index = new TagIndex<Integer>();
    for (var i = 0; i < 10_000; i++) {
      index.put(
          i, TagExpression.parse(List.of(List.of("env=prod", "team=t" + i % 10, "app=a" + i))));
    }
    var tags = Set.of("env=prod", "team=t7", "app=a4007");
    assertThat(index.matching(tags)).containsExactly(4007);
    assertThat(index.examined(tags)).isLessThan(20);
  }

  @Test
  void nothingIsLeftOfARemovedExpression() {
    var index = new TagIndex<String>();
    index.put("p", TagExpression.parse(List.of(List.of("a=x"), List.of("!b"))));
    assertThat(index.remove("p")).isTrue();
    assertThat(index.remove("p")).isFalse();
    assertThat(index.examined(Set.of("a=x"))).isZero();
  }

  @Test
  void aFullIndexRefusesOneMoreButReplacesOne() {
    var index = new TagIndex<String>(1);
    index.put("p", TagExpression.parse(List.of(List.of("a=x"))));
    index.put("p", TagExpression.parse(List.of(List.of("a=y"))));
    assertThatExceptionOfType(Problem.class).isThrownBy(() -> index.put("q", TagExpression.NONE));
    assertThat(index.matching(Set.of("a=y"))).containsExactly("p");
  }

  @Provide
  Arbitrary<String> terms() {
    return Arbitraries.oneOf(
        Arbitraries.of(KEYS),
        Arbitraries.of(KEYS).map(key -> "!" + key),
        withValues("%s=%s"),
        withValues("!%s=%s"),
        withValues("%s=%s*"),
        withValues("!%s=%s*"));
  }

  private static Arbitrary<String> withValues(String form) {
    return Arbitraries.of(KEYS)
        .flatMap(key -> Arbitraries.of(VALUES).map(value -> form.formatted(key, value)));
  }

  @Provide
  Arbitrary<List<List<List<String>>>> expressions() {
    return terms().list().ofMinSize(1).ofMaxSize(4).list().ofMaxSize(3).list().ofSize(8);
  }

  private static void change(
      TagIndex<Integer> index,
      Map<Integer, TagExpression> scanned,
      List<List<List<String>>> expressions,
      Random random) {
    var owner = random.nextInt(15);
    if (random.nextInt(4) == 0) {
      assertThat(index.remove(owner)).isEqualTo(scanned.remove(owner) != null);
      return;
    }
    var expression = TagExpression.parse(expressions.get(random.nextInt(expressions.size())));
    index.put(owner, expression);
    scanned.put(owner, expression);
  }

  private static Set<Integer> scan(Map<Integer, TagExpression> all, Set<String> tags) {
    return all.entrySet().stream()
        .filter(entry -> oracle(entry.getValue().toLists(), tags))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static boolean oracle(List<List<String>> lines, Set<String> tags) {
    return lines.stream().anyMatch(line -> line.stream().allMatch(t -> definition(t, tags)));
  }

  /** Written from the text of a term alone, sharing nothing with the code under test. */
  private static boolean definition(String term, Set<String> tags) {
    if (term.startsWith("!")) {
      return !definition(term.substring(1), tags);
    }
    if (!term.contains("=")) {
      return tags.stream().anyMatch(tag -> tag.startsWith(term + "="));
    }
    return term.endsWith("*")
        ? tags.stream().anyMatch(tag -> tag.startsWith(term.substring(0, term.length() - 1)))
        : tags.contains(term);
  }

  private static Set<String> tags(Random random) {
    return IntStream.range(0, random.nextInt(6))
        .mapToObj(i -> pick(KEYS, random) + "=" + pick(VALUES, random))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static String pick(List<String> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }
}
