package io.oarlock.store;

import io.oarlock.model.Filter;
import io.oarlock.model.NamespacePath;
import java.util.List;
import java.util.Optional;

/**
 * Which documents of a type, in which order, from where.
 *
 * @param filter what they satisfy
 * @param order attributes, most significant first; the id is always the last, so that a page never
 *     repeats or skips a document that did not change
 * @param limit most documents in the answer, 1 to {@link #LIMIT_MAX}
 * @param after opaque cursor from the previous page
 * @param skip documents to leave out before the first, for callers that page by number
 */
public record Query(
    String type,
    Scope scope,
    Filter filter,
    List<Order> order,
    int limit,
    Optional<String> after,
    int skip) {
  /** Most documents one page holds. */
  public static final int LIMIT_MAX = 1000;

  public Query {
    order = List.copyOf(order);
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new IllegalArgumentException("limit is 1 to " + LIMIT_MAX + ", not " + limit);
    }
  }

  /** All of a type in a scope, by id. */
  public static Query all(String type, Scope scope) {
    return new Query(type, scope, new Filter.All(), List.of(), LIMIT_MAX, Optional.empty(), 0);
  }

  public Query where(Filter condition) {
    return new Query(type, scope, condition, order, limit, after, skip);
  }

  public Query limit(int most) {
    return new Query(type, scope, filter, order, most, after, skip);
  }

  public Query after(Optional<String> cursor) {
    return new Query(type, scope, filter, order, limit, cursor, skip);
  }

  /** One sort key. */
  public record Order(String attribute, boolean descending) {}

  /** Which namespaces. */
  public sealed interface Scope {
    /** One namespace. */
    record Only(NamespacePath namespace) implements Scope {}

    /** One namespace and all below it. */
    record Below(NamespacePath namespace) implements Scope {}

    /**
     * A namespace (and, when recursive, all below it), and from the namespaces above it the
     * documents whose {@code propagate} is true and {@code propagationHidden} is not, unless hidden
     * ones are asked for.
     */
    record WithPropagated(NamespacePath namespace, boolean recursive, boolean hidden)
        implements Scope {}

    /** Every namespace. */
    record Everywhere() implements Scope {}
  }
}
