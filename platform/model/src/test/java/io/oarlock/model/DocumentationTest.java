package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.oarlock.model.types.ResourceTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What filters.md and tags.md show is what happens. */
class DocumentationTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern FENCE = Pattern.compile("(?sm)^```(\\w+)(?: (\\w+))?\n(.*?)^```$");
  private static final Pattern LINE = Pattern.compile("\\[([^\\[\\]]*)]");
  private static final Pattern TERM = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern SPACES = Pattern.compile(" +");
  private static final ResourceModel MODEL = ModelReader.read(ResourceTypes.all());

  /** A fenced block: {@code ```kind argument}. */
  record Block(String kind, String argument, String body) {
    List<String> lines() {
      return body.lines().toList();
    }

    List<String> halves() {
      return List.of(body.stripTrailing().split("\n---\n", -1));
    }
  }

  static Stream<Block> filters() {
    return blocks("filters.md").stream();
  }

  static Stream<Block> tags() {
    return blocks("tags.md").stream();
  }

  private static List<Block> blocks(String file) {
    var fences = FENCE.matcher(text(file));
    var found = new ArrayList<Block>();
    while (fences.find()) {
      found.add(new Block(fences.group(1), String.valueOf(fences.group(2)), fences.group(3)));
    }
    return found;
  }

  private static String text(String file) {
    try {
      return Files.readString(DOCS.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("filters")
  void everyFilterIsReadAsItsPageSays(Block block) {
    switch (block.kind()) {
      case "filter" -> block.lines().forEach(line -> filter(line, block));
      case "same" -> theSameAnswers(block);
      case "refused" -> {
        var fault =
            catchThrowableOfType(
                FilterException.class, () -> filter(block.halves().getFirst(), block));
        assertThat(fault).hasMessage(block.halves().getLast());
      }
      default -> throw new AssertionError("A block nobody checks: " + block);
    }
  }

  private static Filter filter(String text, Block block) {
    return FilterParser.parse(text, MODEL.require(block.argument()), Clock.systemUTC());
  }

  private static void theSameAnswers(Block block) {
    var predicates =
        block.lines().stream().map(line -> Filters.predicate(filter(line, block))).toList();
    for (var action : List.of("Allow", "Reject", "Continue")) {
      for (var kept : List.of(true, false)) {
        Map<String, Object> tree = Map.of("action", action, "protected", kept, "name", "p");
        assertThat(predicates.stream().map(p -> p.test(tree)).distinct()).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tags")
  void everyTagAndExpressionMeansWhatItsPageSays(Block block) {
    switch (block.kind()) {
      case "tag" -> block.lines().forEach(line -> assertThat(Tag.parse(line)).hasToString(line));
      case "matches" -> block.lines().forEach(DocumentationTest::matchesAsSaid);
      case "refused" ->
          assertThat(TagExpression.faults(expression(block.halves().getFirst())))
              .extracting(fault -> fault.pointer() + " " + fault.code())
              .containsExactlyInAnyOrderElementsOf(block.halves().getLast().lines().toList());
      default -> throw new AssertionError("A block nobody checks: " + block);
    }
  }

  private static void matchesAsSaid(String line) {
    var cut = line.lastIndexOf(']') + 1;
    var words = List.of(SPACES.split(line.substring(cut).strip(), -1));
    var expression = TagExpression.parse(expression(line.substring(0, cut)));
    var said = words.getLast().equals("yes");
    assertThat(expression.matches(Set.copyOf(words.subList(0, words.size() - 1))))
        .as(line)
        .isEqualTo(said);
  }

  private static List<List<String>> expression(String json) {
    var inner = json.strip();
    return LINE.matcher(inner.substring(1, inner.length() - 1))
        .results()
        .map(line -> TERM.matcher(line.group(1)).results().map(term -> term.group(1)).toList())
        .toList();
  }

  @Test
  void thePagesTellTheLimitsOfTheCode() {
    assertThat(text("filters.md"))
        .contains("characters of a filter | " + FilterParser.TEXT_MAX + " |")
        .contains("depth of parentheses and NOT | " + FilterParser.DEPTH_MAX + " |")
        .contains("conditions | " + FilterParser.TERMS_MAX + " |")
        .contains("characters of a regular expression | " + SafePattern.LENGTH_MAX + " |");
    assertThat(text("tags.md"))
        .contains("bytes of a tag, in UTF-8 | " + (Tag.BYTES_LIMIT - 1) + " |")
        .contains("lines of an expression | " + TagExpression.LINES_MAX + " |")
        .contains("terms of a line | " + TagExpression.TERMS_MAX + " |")
        .contains("expressions in one index of the platform | " + TagIndex.ENTRIES_MAX + " |");
  }
}
