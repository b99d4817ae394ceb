package io.oarlock.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON text (RFC 8259) to and from the tree form: {@code LinkedHashMap}, {@code ArrayList}, String,
 * Long, Double, Boolean, null.
 *
 * <p>Reading is strict, since what two readers understand differently is how checks are passed by:
 * a member named twice, a member {@code __proto__}, a number that is not finite or does not fit, or
 * nesting beyond {@link #DEPTH_MAX} is refused with its line and column.
 */
public final class Json {
  /** Deepest nesting read. */
  public static final int DEPTH_MAX = 64;

  /** Longest text value read, in UTF-16 units. */
  public static final int TEXT_MAX = 8 * 1024 * 1024;

  // A buffer kept for each thread is a new one for each virtual thread: these go from one to
  // another.
  private static final int BUFFERS_MAX = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.newBoundedPool(BUFFERS_MAX))
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          // Names come from callers: interning them would let strangers fill the string table.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxStringLength(TEXT_MAX)
                  .maxNumberLength(64)
                  .maxNameLength(1024)
                  .build())
          .build();

  private Json() {}

  /** Reads one value and nothing after it. */
  public static @Nullable Object parse(byte[] utf8) {
    return parse(utf8, 0, utf8.length);
  }

  /** Reads one value from a part of an array and nothing after it. */
  public static @Nullable Object parse(byte[] utf8, int offset, int length) {
    try (var parser = FACTORY.createParser(utf8, offset, length)) {
      return document(parser);
    } catch (JsonProcessingException e) {
      throw refusal(e);
    } catch (IOException e) {
      // An array can be read; what it holds is no text.
      throw new JsonException("These bytes are not UTF-8 text", 1, 1);
    }
  }

  /** Reads one value and nothing after it. */
  public static @Nullable Object parse(String text) {
    try (var parser = FACTORY.createParser(text)) {
      return document(parser);
    } catch (JsonProcessingException e) {
      throw refusal(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads an object. */
  public static Map<String, Object> parseObject(byte[] utf8) {
    return object(parse(utf8));
  }

  /** Reads an object. */
  public static Map<String, Object> parseObject(String text) {
    return object(parse(text));
  }

  @SuppressWarnings("unchecked") // the parser makes no other maps
  private static Map<String, Object> object(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new JsonException("A JSON object is expected here, between { and }", 1, 1);
  }

  /** Compact UTF-8 text. */
  public static byte[] write(@Nullable Object tree) {
    var out = new ByteArrayOutputStream(512);
    try (var generator = FACTORY.createGenerator(out)) {
      value(generator, tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Compact text. */
  public static String text(@Nullable Object tree) {
    return new String(write(tree), StandardCharsets.UTF_8);
  }

  /** Text for people: indented by two spaces. */
  public static String pretty(@Nullable Object tree) {
    var out = new StringWriter();
    try (var generator = FACTORY.createGenerator(out)) {
      generator.setPrettyPrinter(new PrettyJson());
      value(generator, tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static @Nullable Object document(JsonParser parser) throws IOException {
    if (parser.nextToken() == null) {
      throw new JsonException("The text is empty; JSON is expected", 1, 1);
    }
    var value = value(parser);
    if (parser.nextToken() != null) {
      var at = parser.currentTokenLocation();
      throw new JsonException(
          "Text after the end of the JSON value", at.getLineNr(), at.getColumnNr());
    }
    return value;
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> elements(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> decimal(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("token " + parser.currentToken());
    };
  }

  private static Map<String, @Nullable Object> members(JsonParser parser) throws IOException {
    var map = new LinkedHashMap<String, @Nullable Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      if (name.equals("__proto__")) {
        throw at(parser, "A member may not be named __proto__");
      }
      parser.nextToken();
      map.put(name, value(parser));
    }
    return map;
  }

  private static List<@Nullable Object> elements(JsonParser parser) throws IOException {
    var list = new ArrayList<@Nullable Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(parser));
    }
    return list;
  }

  private static Long whole(JsonParser parser) throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw at(parser, "The number " + parser.getText() + " does not fit into 64 bits");
    }
    return parser.getLongValue();
  }

  private static Double decimal(JsonParser parser) throws IOException {
    var number = parser.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw at(parser, "The number " + parser.getText() + " does not fit into a double");
    }
    return number;
  }

  private static JsonException at(JsonParser parser, String message) {
    var at = parser.currentTokenLocation();
    return new JsonException(message, at.getLineNr(), at.getColumnNr());
  }

  private static JsonException refusal(JsonProcessingException e) {
    var at = e.getLocation();
    var line = at == null ? 1 : at.getLineNr();
    var column = at == null ? 1 : at.getColumnNr();
    return new JsonException(e.getOriginalMessage(), line, column);
  }

  private static void value(JsonGenerator out, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeNull();
      case String text -> out.writeString(text);
      case Long number -> out.writeNumber(number);
      case Integer number -> out.writeNumber(number);
      case Double number -> number(out, number);
      case Boolean truth -> out.writeBoolean(truth);
      case Map<?, ?> map -> {
        out.writeStartObject();
        for (var entry : map.entrySet()) {
          out.writeFieldName((String) entry.getKey());
          value(out, entry.getValue());
        }
        out.writeEndObject();
      }
      case List<?> list -> {
        out.writeStartArray();
        for (var element : list) {
          value(out, element);
        }
        out.writeEndArray();
      }
      default ->
          throw new IllegalArgumentException("Not a tree value: " + value.getClass().getName());
    }
  }

  private static void number(JsonGenerator out, double number) throws IOException {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("JSON has no " + number);
    }
    out.writeNumber(number);
  }
}
