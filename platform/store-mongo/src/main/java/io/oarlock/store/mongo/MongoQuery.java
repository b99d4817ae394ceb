package io.oarlock.store.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.nor;
import static com.mongodb.client.model.Filters.or;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.ResourceType;
import io.oarlock.store.Ordering;
import io.oarlock.store.PageCursor;
import io.oarlock.store.Query;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.conversions.Bson;

/** A query as a filter and a sort of MongoDB; nothing is left to be tested here. */
final class MongoQuery {
  private final Query query;
  private final Ordering ordering;
  private final Bson matching;

  MongoQuery(ResourceType type, Query query, long now) {
    this.query = query;
    this.ordering = Ordering.of(query);
    this.matching =
        and(scope(query.scope()), new MongoFilters(type).of(query.filter()), alive(now));
  }

  /** Not expired; nothing is said where there is no time. */
  static Bson alive(long now) {
    return nor(MongoFilters.notAfter("x", new BsonDateTime(now)));
  }

  /** What all pages together hold. */
  Bson matching() {
    return matching;
  }

  /** What this page and those after it hold. */
  Bson fromHere() {
    return query
        .after()
        .map(text -> and(matching, after(PageCursor.read(text, ordering))))
        .orElse(matching);
  }

  BsonDocument sort() {
    var sort = new BsonDocument();
    for (var order : ordering.attributes()) {
      sort.append(BsonTrees.path(order.attribute()), direction(order.descending()));
    }
    return sort.append("_id", direction(ordering.idDescending()));
  }

  private static BsonInt32 direction(boolean descending) {
    return new BsonInt32(descending ? -1 : 1);
  }

  // The first values are the same and the next one is beyond, for each number of first values.
  private Bson after(PageCursor place) {
    var ways = new ArrayList<Bson>();
    var same = new ArrayList<Bson>();
    for (var i = 0; i < ordering.attributes().size(); i++) {
      var order = ordering.attributes().get(i);
      var at = BsonTrees.path(order.attribute());
      var value = BsonTrees.value(place.values().get(i));
      ways.add(also(same, MongoFilters.beyond(at, value, order.descending())));
      same.add(MongoFilters.same(at, value));
    }
    var id = new BsonString(place.id());
    ways.add(also(same, MongoFilters.beyond("_id", id, ordering.idDescending())));
    return or(ways);
  }

  private static Bson also(List<Bson> conditions, Bson last) {
    var all = new ArrayList<>(conditions);
    all.add(last);
    return and(all);
  }

  private static Bson scope(Query.Scope scope) {
    return switch (scope) {
      case Query.Scope.Everywhere _ -> new BsonDocument();
      case Query.Scope.Only(var namespace) -> eq("ns", namespace.value());
      case Query.Scope.Below(var namespace) -> below(namespace);
      case Query.Scope.WithPropagated(var namespace, var recursive, var hidden) ->
          or(recursive ? below(namespace) : eq("ns", namespace.value()), above(namespace, hidden));
    };
  }

  private static Bson below(NamespacePath namespace) {
    if (namespace.isRoot()) {
      return new BsonDocument();
    }
    // The character after the slash ends what starts with the path and a slash.
    var start = namespace.value();
    return or(eq("ns", start), MongoFilters.between("ns", start + "/", start + "0"));
  }

  private static Bson above(NamespacePath namespace, boolean hidden) {
    var ancestors = namespace.ancestors().stream().map(NamespacePath::value).toList();
    var propagated = and(in("ns", ancestors), eq("b.propagate", true));
    return hidden ? propagated : and(propagated, ne("b.propagationHidden", true));
  }
}
