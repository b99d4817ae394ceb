package io.oarlock.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML 1.2 to and from the tree form. The only class that loads the YAML library. */
final class Yaml {
  /** Longest text read. */
  static final int TEXT_MAX = 16 * 1024 * 1024;

  private static final int ALIASES_MAX = 50;

  private Yaml() {}

  static String text(Object tree) {
    var settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndicatorIndent(0)
            .setWidth(Integer.MAX_VALUE)
            .setSplitLines(false)
            .build();
    return new Dump(settings, new Literal(settings)).dumpToString(tree);
  }

  /** Source code and certificates as the lines they are. */
  private static final class Literal extends StandardRepresenter {
    Literal(DumpSettings settings) {
      super(settings);
    }

    @Override
    protected Node representScalar(Tag tag, String value, ScalarStyle style) {
      var lines = tag.equals(Tag.STR) && value.indexOf('\n') >= 0;
      return super.representScalar(tag, value, lines ? ScalarStyle.LITERAL : style);
    }
  }

  /** The documents of a stream, empty ones left out. */
  static List<Object> documents(String text, String source) {
    var settings =
        LoadSettings.builder()
            .setLabel(source)
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(ALIASES_MAX)
            .setCodePointLimit(TEXT_MAX)
            .setSchema(new CoreSchema())
            .build();
    var documents = new ArrayList<Object>();
    try {
      for (var document : new Load(settings).loadAllFromString(text)) {
        if (document != null) {
          documents.add(java.util.Objects.requireNonNull(tree(document, source)));
        }
      }
    } catch (MarkedYamlEngineException e) {
      throw broken(source, e);
    } catch (YamlEngineException e) {
      throw Failure.of(Exit.CONFLICT, source + " is not YAML", String.valueOf(e.getMessage()));
    }
    return documents;
  }

  private static Failure broken(String source, MarkedYamlEngineException e) {
    var place =
        e.getProblemMark()
            .map(mark ->
                " (line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ")")
            .orElse("");
    return Failure.of(
        Exit.CONFLICT,
        source + " is not YAML" + place,
        Optional.ofNullable(e.getProblem()).orElse(""));
  }

  private static @Nullable Object tree(@Nullable Object value, String source) {
    return switch (value) {
      case null -> null;
      case Integer number -> number.longValue();
      case Map<?, ?> map -> object(map, source);
      case List<?> list -> list(list, source);
      case String text -> text;
      case Long number -> number;
      case Double number -> number;
      case Boolean truth -> truth;
      default ->
          throw Failure.of(
              Exit.CONFLICT,
              source + ": a value JSON does not have: " + value.getClass().getSimpleName());
    };
  }

  private static Map<String, @Nullable Object> object(Map<?, ?> map, String source) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((key, value) -> tree.put(String.valueOf(key), tree(value, source)));
    return tree;
  }

  private static List<@Nullable Object> list(List<?> list, String source) {
    var tree = new ArrayList<@Nullable Object>(list.size());
    list.forEach(element -> tree.add(tree(element, source)));
    return tree;
  }
}
