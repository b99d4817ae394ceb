package io.oarlock.store;

import io.oarlock.model.Filters;
import io.oarlock.model.NamespacePath;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides whether a stored document that an access led to is an answer. It reads no more of the
 * document than decides, which for a condition on one attribute is a small part.
 */
final class Match {
  private static final String PROPAGATE = "propagate";
  private static final String HIDDEN = "propagationHidden";

  private final Query.Scope scope;
  private final boolean byId;
  private final boolean unconditional;
  private final Predicate<Map<String, Object>> residual;
  private final Set<String> attributes;

  Match(Query query, Access access) {
    var condition = Filters.and(access.residual());
    this.scope = query.scope();
    this.byId = access.index() == null;
    this.unconditional = access.residual().isEmpty();
    this.residual = Filters.predicate(condition);
    this.attributes = new HashSet<>(Filters.attributes(condition));
    attributes.add(PROPAGATE);
    attributes.add(HIDDEN);
  }

  /**
   * Whether it is.
   *
   * @param above whether it was found above the namespace asked for
   */
  boolean test(byte[] document, boolean above) {
    if (!byId && !above && unconditional) {
      return true;
    }
    var part = StoredForms.part(document, attributes);
    var related = byId ? related(part) : !above || propagates(scope, part.body());
    return related && residual.test(part.body());
  }

  private boolean related(StoredForms.Part part) {
    return inScope(scope, part.namespace())
        || (scope instanceof Query.Scope.WithPropagated(var namespace, var _, var _)
            && part.namespace().isAbove(namespace)
            && propagates(scope, part.body()));
  }

  /** Whether a namespace is asked for; those above it, whose documents may propagate, are not. */
  static boolean inScope(Query.Scope scope, NamespacePath at) {
    return switch (scope) {
      case Query.Scope.Everywhere _ -> true;
      case Query.Scope.Only(var namespace) -> namespace.equals(at);
      case Query.Scope.Below(var namespace) -> namespace.contains(at);
      case Query.Scope.WithPropagated(var namespace, var recursive, var _) ->
          recursive ? namespace.contains(at) : namespace.equals(at);
    };
  }

  private static boolean propagates(Query.Scope scope, Map<String, Object> body) {
    var hidden = scope instanceof Query.Scope.WithPropagated(var _, var _, var h) && h;
    return Boolean.TRUE.equals(body.get(PROPAGATE))
        && (hidden || !Boolean.TRUE.equals(body.get(HIDDEN)));
  }
}
