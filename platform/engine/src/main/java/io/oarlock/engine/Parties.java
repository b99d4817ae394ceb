package io.oarlock.engine;

import io.oarlock.model.Filter;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.store.Document;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ends of connections somebody asks about: units that are known, or tags. */
final class Parties {
  /** Most units of one name that are compared. */
  private static final int NAMESAKES_MAX = 500;

  private final ResourceStore store;
  private final Authorizer authorizer;

  Parties(ResourceStore store, Authorizer authorizer) {
    this.store = store;
    this.authorizer = authorizer;
  }

  /** The normalised tags of an end. */
  Set<String> tags(Map<String, Object> party, String which, Call call) {
    var unit = Trees.text(party, "unit");
    return unit.isPresent()
        ? Set.copyOf(Trees.texts(unit(unit.get(), which, call).body().get("normalizedTags")))
        : imagined(Trees.texts(party.get("tags")), call.namespace());
  }

  /** What every unit of the namespace has, beside what it was given. */
  private static Set<String> imagined(List<String> given, NamespacePath namespace) {
    var tags = new HashSet<>(given);
    tags.add("$type=" + UnitProcessor.TYPE);
    tags.add("$namespace=" + namespace);
    return tags;
  }

  private Document unit(String word, String which, Call call) {
    authorizer.require(call.caller(), call.namespace(), UnitProcessor.TYPE, Operation.LIST);
    return store
        .get(UnitProcessor.TYPE, word)
        .filter(document -> document.namespace().equals(call.namespace()))
        .orElseGet(() -> named(word, which, call.namespace()));
  }

  private Document named(String name, String which, NamespacePath namespace) {
    var same = new Filter.Compare("name", Filter.Comparison.EQUAL, name);
    var query =
        Query.all(UnitProcessor.TYPE, new Query.Scope.Only(namespace))
            .where(same)
            .limit(NAMESAKES_MAX);
    var found = store.list(query).documents();
    if (found.isEmpty()) {
      throw Problem.notFound(
          "There is no processing unit %s in %s to be the %s; ask about the tags it would have, as KEY=VALUE,KEY=VALUE"
              .formatted(name, namespace, which));
    }
    if (found.stream().map(Parties::given).distinct().count() > 1) {
      throw Problem.conflict(
          "ambiguous-name",
          "Units of %s named %s have different tags; give the id of one of them"
              .formatted(namespace, name));
    }
    return found.getLast();
  }

  private static Set<String> given(Document unit) {
    var tags = new HashSet<>(Trees.texts(unit.body().get("associatedTags")));
    tags.addAll(Trees.texts(unit.body().get("metadata")));
    return tags;
  }
}
