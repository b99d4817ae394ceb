package io.oarlock.store.mongo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The tree form as BSON and back. Names that MongoDB would read as paths or operators are escaped
 * with percent signs: a dot, a leading dollar, a zero byte, and the empty name.
 */
final class BsonTrees {
  private static final String EMPTY = "%";

  private BsonTrees() {}

  static BsonDocument document(Map<String, ?> tree) {
    var document = new BsonDocument(tree.size());
    tree.forEach((name, value) -> document.put(name(name), value(value)));
    return document;
  }

  static BsonValue value(@Nullable Object value) {
    return switch (value) {
      case null -> BsonNull.VALUE;
      case String text -> new BsonString(text);
      case Long number -> new BsonInt64(number);
      case Integer number -> new BsonInt64(number);
      case Double number -> new BsonDouble(number);
      case Boolean truth -> BsonBoolean.valueOf(truth);
      case List<?> list -> new BsonArray(list.stream().map(BsonTrees::value).toList());
      case Map<?, ?> map -> {
        var document = new BsonDocument(map.size());
        map.forEach((name, member) -> document.put(name((String) name), value(member)));
        yield document;
      }
      default ->
          throw new IllegalArgumentException("Not a tree value: " + value.getClass().getName());
    };
  }

  static Map<String, Object> tree(BsonDocument document) {
    var tree = LinkedHashMap.<String, Object>newLinkedHashMap(document.size());
    document.forEach((name, value) -> {
      var member = tree(value);
      if (member != null) {
        tree.put(plain(name), member);
      }
    });
    return tree;
  }

  static @Nullable Object tree(BsonValue value) {
    return switch (value.getBsonType()) {
      case STRING -> value.asString().getValue();
      case INT64 -> value.asInt64().getValue();
      case INT32 -> (long) value.asInt32().getValue();
      case DOUBLE -> value.asDouble().getValue();
      case BOOLEAN -> value.asBoolean().getValue();
      case DOCUMENT -> tree(value.asDocument());
      case ARRAY -> {
        var list = new ArrayList<@Nullable Object>(value.asArray().size());
        value.asArray().forEach(element -> list.add(tree(element)));
        yield list;
      }
      case NULL -> null;
      default ->
          throw new IllegalStateException(
              "A stored body has a value of BSON type " + value.getBsonType());
    };
  }

  /** A name as MongoDB takes it. */
  static String name(String plain) {
    if (plain.isEmpty()) {
      return EMPTY;
    }
    if (plain.charAt(0) != '$' && !needsEscape(plain)) {
      return plain;
    }
    var escaped = plain.replace("%", "%25").replace(".", "%2E").replace("\u0000", "%00");
    return escaped.charAt(0) == '$' ? "%24" + escaped.substring(1) : escaped;
  }

  private static boolean needsEscape(String plain) {
    return plain.indexOf('.') >= 0 || plain.indexOf('%') >= 0 || plain.indexOf('\u0000') >= 0;
  }

  private static String plain(String name) {
    if (name.indexOf('%') < 0) {
      return name;
    }
    return name.equals(EMPTY)
        ? ""
        : name.replace("%24", "$").replace("%00", "\u0000").replace("%2E", ".").replace("%25", "%");
  }

  /** A dotted path of a filter, below the body of a document. */
  static String path(String dotted) {
    return switch (dotted) {
      case "id" -> "_id";
      case "namespace" -> "ns";
      default -> {
        var path = new StringBuilder("b");
        for (var segment : dotted.split("\\.", -1)) {
          path.append('.').append(name(segment));
        }
        yield path.toString();
      }
    };
  }
}
