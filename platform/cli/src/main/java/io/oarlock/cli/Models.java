package io.oarlock.cli;

import io.oarlock.json.Json;
import io.oarlock.model.ModelImport;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The model this command was built with: {@code model.json} from the class path.
 *
 * <p>Most commands are about one type, and to parse half a megabyte for it would be most of their
 * time. So one type is cut out of the text, which the model's export lays out line by line and its
 * golden test keeps that way, and only that part is parsed.
 */
final class Models {
  private static final String RESOURCE = "/io/oarlock/model/model.json";
  private static final String TYPE_START = "\n    {\n      \"name\": \"";
  private static final String TYPE_END = "\n    }";

  private final byte[] json;
  private final String text;
  private @Nullable ResourceModel all;

  Models(byte[] json) {
    this.json = Arrays.copyOf(json, json.length);
    // One character per byte, so that places in the text are places in the array.
    this.text = new String(json, StandardCharsets.ISO_8859_1);
  }

  static Models packaged() {
    return Packaged.MODELS;
  }

  private static final class Packaged {
    static final Models MODELS = read();
  }

  private static Models read() {
    try (var in = ResourceModel.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("The model is not on the class path: " + RESOURCE);
      }
      return new Models(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every type. */
  ResourceModel all() {
    var read = all;
    if (read == null) {
      read = ModelImport.model(Json.parseObject(json));
      all = read;
    }
    return read;
  }

  /** The type of that singular, plural or alias. */
  Optional<ResourceType> find(String word) {
    for (var start = text.indexOf(TYPE_START);
        start >= 0;
        start = text.indexOf(TYPE_START, start + 1)) {
      if (isNamed(start, word)) {
        return Optional.of(parsed(start, text.indexOf(TYPE_END, start)));
      }
    }
    return Optional.empty();
  }

  private boolean isNamed(int start, String word) {
    var quoted = "\"" + word + "\"";
    return text.startsWith(quoted, start + TYPE_START.length() - 1)
        || text.startsWith(quoted, after("\"plural\": ", start))
        || isAlias(start, quoted);
  }

  private boolean isAlias(int start, String quoted) {
    var list = after("\"aliases\": [", start);
    return list < after("\"operations\": [", start)
        && text.substring(list, text.indexOf(']', list)).contains(quoted);
  }

  private int after(String member, int start) {
    var at = text.indexOf(member, start);
    return at < 0 ? text.length() : at + member.length();
  }

  private ResourceType parsed(int start, int end) {
    var from = start + "\n    ".length();
    var type = Json.parse(json, from, end + TYPE_END.length() - from);
    var model = ModelImport.model(Map.of("format", 1L, "types", List.of(Tree.map(type))));
    return model.types().iterator().next();
  }
}
