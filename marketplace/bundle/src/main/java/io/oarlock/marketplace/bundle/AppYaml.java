package io.oarlock.marketplace.bundle;

import io.oarlock.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads app.yaml, YAML 1.2 of one document, into the tree form. */
final class AppYaml {
  private static final String FIX = "Correct it in " + Bundle.MANIFEST + ".";

  private static final int VALUES_MAX = 20_000;

  private int values;

  private AppYaml() {}

  static Map<String, Object> read(byte[] manifest) throws BundleException {
    if (manifest.length > Limits.MANIFEST_MAX) {
      throw refusal(
          "manifest-too-large",
          "It has at most " + Limits.MANIFEST_MAX + " bytes, this one " + manifest.length + ".",
          "Move sources to files of their own.");
    }
    return new AppYaml().object(document(text(manifest)));
  }

  private static String text(byte[] manifest) throws BundleException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(manifest)).toString();
    } catch (CharacterCodingException _) {
      throw refusal("manifest-encoding", "It is not UTF-8.", "Save it as UTF-8.");
    }
  }

  private static @Nullable Object document(String text) throws BundleException {
    var settings =
        LoadSettings.builder()
            .setLabel(Bundle.MANIFEST)
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(Limits.YAML_ALIASES_MAX)
            .setCodePointLimit(Limits.MANIFEST_MAX)
            .setSchema(new CoreSchema())
            .build();
    try {
      return only(new Load(settings).loadAllFromString(text).iterator());
    } catch (MarkedYamlEngineException e) {
      var at =
          e.getProblemMark()
              .map(mark ->
                  " (line %d, column %d)".formatted(mark.getLine() + 1, mark.getColumn() + 1))
              .orElse("");
      throw refusal("yaml", "It cannot be read as YAML: " + e.getProblem() + at + ".", FIX);
    } catch (YamlEngineException e) {
      throw refusal("yaml", "It cannot be read as YAML: " + e.getMessage() + ".", FIX);
    } catch (StackOverflowError _) {
      throw refusal("yaml", "It is nested too deeply.", FIX);
    }
  }

  private static @Nullable Object only(Iterator<Object> documents) throws BundleException {
    var first = documents.hasNext() ? documents.next() : null;
    if (documents.hasNext()) {
      throw refusal("yaml", "It holds several documents.", "Leave one, without ---.");
    }
    return first;
  }

  private Map<String, Object> object(@Nullable Object document) throws BundleException {
    if (document instanceof Map<?, ?> map) {
      return members(map, 0);
    }
    throw refusal("yaml", "It is no object with name, version and the rest.", FIX);
  }

  @SuppressWarnings("NullAway") // free-form values of a tree may be null, as in JSON
  private Map<String, Object> members(Map<?, ?> map, int depth) throws BundleException {
    var tree = new LinkedHashMap<String, Object>();
    for (var entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        throw refusal("yaml", "A key is no text: " + entry.getKey() + ".", "Put it in quotes.");
      }
      tree.put(key, value(entry.getValue(), depth + 1));
    }
    return tree;
  }

  @SuppressWarnings("NullAway") // as above
  private List<Object> elements(List<?> list, int depth) throws BundleException {
    var elements = new ArrayList<Object>(list.size());
    for (var element : list) {
      elements.add(value(element, depth + 1));
    }
    return elements;
  }

  /** Aliases make large trees of short texts, and endless ones: both are bounded here. */
  private @Nullable Object value(@Nullable Object value, int depth) throws BundleException {
    values++;
    if (depth > Json.DEPTH_MAX || values > VALUES_MAX) {
      throw refusal("yaml", "It is nested too deeply, or has too many values.", FIX);
    }
    return switch (value) {
      case null -> null;
      case Map<?, ?> map -> members(map, depth);
      case List<?> list -> elements(list, depth);
      case Integer number -> number.longValue();
      case Double number when !Double.isFinite(number) ->
          throw refusal("yaml", "JSON has no number " + number + ".", FIX);
      case String _, Long _, Double _, Boolean _ -> value;
      default ->
          throw refusal(
              "yaml", "JSON has no " + value.getClass().getSimpleName() + ".", "Put it in quotes.");
    };
  }

  private static BundleException refusal(String code, String reason, String fix) {
    return new BundleException(new Fault(code, Bundle.MANIFEST, reason, fix));
  }
}
