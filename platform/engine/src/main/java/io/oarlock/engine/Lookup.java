package io.oarlock.engine;

import io.oarlock.model.Filter;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceType;
import io.oarlock.store.Document;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.util.Optional;

/** Finding the one resource that a caller means. */
final class Lookup {
  private static final String BY_NAME = "name:";
  private static final int ID_MAX = 300;

  private final ResourceStore store;

  Lookup(ResourceStore store) {
    this.store = store;
  }

  /** The resource, or a refusal that is the same whether it is elsewhere or nowhere. */
  Document require(Call call) {
    var id = call.id().orElseThrow(() -> Problem.malformed("An id is missing"));
    return find(call.type(), call.namespace(), id)
        .orElseThrow(() -> absent(call.type(), call.namespace(), id));
  }

  static Problem absent(ResourceType type, NamespacePath namespace, String id) {
    var shown = id.length() > ID_MAX ? id.substring(0, ID_MAX) + "…" : id;
    return Problem.notFound("There is no " + type.name() + " " + shown + " in " + namespace);
  }

  Optional<Document> find(ResourceType type, NamespacePath namespace, String id) {
    if (id.startsWith(BY_NAME)) {
      return byName(type, namespace, id.substring(BY_NAME.length()));
    }
    return store.get(type.name(), id).filter(document -> namespace.contains(document.namespace()));
  }

  private Optional<Document> byName(ResourceType type, NamespacePath namespace, String name) {
    if (type.attribute("name").isEmpty()) {
      throw Problem.malformed("A " + type.name() + " has no name; give its id");
    }
    var named = new Filter.Compare("name", Filter.Comparison.EQUAL, name);
    var query = Query.all(type.name(), new Query.Scope.Only(namespace)).where(named).limit(2);
    var found = store.list(query).documents();
    if (found.size() > 1) {
      throw Problem.conflict(
          "ambiguous-name",
          "More than one "
              + type.name()
              + " is named "
              + name
              + " in "
              + namespace
              + "; give the id");
    }
    return found.stream().findFirst();
  }
}
