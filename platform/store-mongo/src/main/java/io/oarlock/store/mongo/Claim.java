package io.oarlock.store.mongo;

import io.oarlock.model.Index;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.ResourceType;
import io.oarlock.store.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** Values that a unique index allows one document of a namespace to have. */
record Claim(String type, List<String> attributes, NamespacePath namespace, List<Object> values) {
  /** Those of a document; none where a value is absent. */
  static List<Claim> of(ResourceType type, NamespacePath namespace, Map<String, Object> body) {
    var claims = new ArrayList<Claim>();
    for (var index : type.indexes()) {
      if (index.unique()) {
        for (var values : tuples(index, body)) {
          claims.add(new Claim(type.name(), index.attributes(), namespace, values));
        }
      }
    }
    return claims;
  }

  private static List<List<Object>> tuples(Index index, Map<String, Object> body) {
    var tuples = List.of(List.<Object>of());
    for (var attribute : index.attributes()) {
      var longer = new ArrayList<List<Object>>();
      for (var value : TreePath.scalars(body, attribute)) {
        for (var tuple : tuples) {
          var more = new ArrayList<>(tuple);
          more.add(value);
          longer.add(more);
        }
      }
      tuples = longer;
    }
    return tuples;
  }

  /** Who has it. */
  BsonDocument filter() {
    var filter = new BsonDocument("ns", new BsonString(namespace.value()));
    for (var i = 0; i < attributes.size(); i++) {
      filter.append(BsonTrees.path(attributes.get(i)), BsonTrees.value(values.get(i)));
    }
    return filter;
  }
}
