package io.oarlock.store.mongo;

import static com.mongodb.client.model.Filters.all;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.elemMatch;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.nor;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.regex;

import io.oarlock.model.Filter;
import io.oarlock.model.ResourceType;
import io.oarlock.model.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/** Filters as MongoDB asks them, meaning the same as the model's evaluator. */
final class MongoFilters {
  private static final Bson EVERYTHING = new BsonDocument();
  private static final Bson NOTHING = in("_id", List.of());

  private final ResourceType type;

  MongoFilters(ResourceType type) {
    this.type = type;
  }

  Bson of(Filter filter) {
    return switch (filter) {
      case Filter.All _ -> EVERYTHING;
      case Filter.And(var operands) when operands.isEmpty() -> EVERYTHING;
      case Filter.And(var operands) -> and(operands.stream().map(this::of).toList());
      case Filter.Or(var operands) when operands.isEmpty() -> NOTHING;
      case Filter.Or(var operands) -> or(operands.stream().map(this::of).toList());
      case Filter.Not(var operand) -> nor(of(operand));
      case Filter.Compare(var path, var comparison, var value) -> compare(path, comparison, value);
      case Filter.In(var path, var values) ->
          element(
              path, "$in", new org.bson.BsonArray(values.stream().map(BsonTrees::value).toList()));
      case Filter.Contains(var path, var values) -> contains(path, values);
      case Filter.Matches(var path, var patterns) when patterns.isEmpty() -> NOTHING;
      case Filter.Matches(var path, var patterns) ->
          or(patterns.stream().map(each -> regex(BsonTrees.path(path), each)).toList());
      case Filter.Exists(var path) -> exists(BsonTrees.path(path));
    };
  }

  private Bson compare(String path, Filter.Comparison comparison, Object value) {
    var bson = BsonTrees.value(value);
    var ordered = !(value instanceof Boolean);
    return switch (comparison) {
      case EQUAL -> element(path, "$eq", bson);
      case NOT_EQUAL -> nor(element(path, "$eq", bson));
      case LESS -> ordered ? element(path, "$lt", bson) : NOTHING;
      case LESS_OR_EQUAL -> ordered ? element(path, "$lte", bson) : NOTHING;
      case GREATER -> ordered ? element(path, "$gt", bson) : NOTHING;
      case GREATER_OR_EQUAL -> ordered ? element(path, "$gte", bson) : NOTHING;
    };
  }

  // MongoDB looks into a list by itself, but not into lists of that list.
  private Bson element(String path, String operator, BsonValue value) {
    var at = BsonTrees.path(path);
    var test = new BsonDocument(operator, value);
    return nesting(path) < 2
        ? new BsonDocument(at, test)
        : or(new BsonDocument(at, test), elemMatch(at, new BsonDocument("$elemMatch", test)));
  }

  private Bson contains(String path, List<Object> values) {
    var at = BsonTrees.path(path);
    if (values.isEmpty()) {
      return exists(at);
    }
    return switch (end(path).orElse(new ValueType.Anything(0))) {
      case ValueType.Text _, ValueType.Choice _ -> text(at, values);
      case ValueType.ListOf _ -> list(path, at, values);
      default ->
          or(
              and(
                  eq(at, new BsonDocument("$type", new BsonString("array"))),
                  list(path, at, values)),
              and(nor(isArray(at)), text(at, values)));
    };
  }

  private static Bson isArray(String at) {
    return new BsonDocument(at, new BsonDocument("$type", new BsonString("array")));
  }

  private Bson list(String path, String at, List<Object> values) {
    return nesting(path) < 2
        ? all(at, values.stream().map(BsonTrees::value).toList())
        : and(values.stream().map(each -> element(path, "$eq", BsonTrees.value(each))).toList());
  }

  private static Bson text(String at, List<Object> values) {
    if (!values.stream().allMatch(String.class::isInstance)) {
      return NOTHING;
    }
    return and(values.stream().map(part -> regex(at, Pattern.quote((String) part))).toList());
  }

  private int nesting(String path) {
    var depth = 0;
    var at = end(path).orElse(null);
    while (at instanceof ValueType.ListOf list) {
      depth++;
      at = list.element();
    }
    return depth;
  }

  /** The type of what is at the end of a path, if the model tells. */
  private Optional<ValueType> end(String path) {
    var attributes = type.attributes();
    var at = Optional.<ValueType>empty();
    for (var segment : path.split("\\.", -1)) {
      at = attributes.stream().filter(a -> a.name().equals(segment)).map(a -> a.type()).findFirst();
      var inner = at.orElse(null);
      while (inner instanceof ValueType.ListOf list) {
        inner = list.element();
      }
      attributes = inner instanceof ValueType.ObjectOf object ? object.attributes() : List.of();
    }
    return at;
  }

  /** What comes after a value in one direction; nothing there is before everything. */
  static Bson beyond(String at, BsonValue value, boolean descending) {
    if (value.isNull()) {
      return descending ? NOTHING : exists(at);
    }
    return descending ? or(lt(at, value), exists(at, false)) : gt(at, value);
  }

  static Bson same(String at, BsonValue value) {
    return value.isNull() ? exists(at, false) : eq(at, value);
  }

  /** From a text, included, to another, excluded. */
  static Bson between(String at, String low, String high) {
    return and(gte(at, low), lt(at, high));
  }

  static Bson notAfter(String at, BsonValue value) {
    return lte(at, value);
  }
}
