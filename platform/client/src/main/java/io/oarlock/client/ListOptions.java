package io.oarlock.client;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where to look, for what, and how much of it.
 *
 * @param filter in the language of {@code q=}; empty for all
 * @param fields only these attributes; empty for all
 * @param order by what to sort; {@code -updateTime} descends
 * @param limit how many the platform sends at once, up to 1000; 0 for its default
 * @param after goes on behind a page: its {@code next}; empty for the beginning
 * @param isRecursive in the namespaces below as well
 * @param isPropagated what namespaces above hand down as well
 * @param isTotalExact counts the total whatever it costs
 */
public record ListOptions(
    String filter,
    List<String> fields,
    List<String> order,
    int limit,
    String after,
    boolean isRecursive,
    boolean isPropagated,
    boolean isTotalExact) {
  /** Everything in the namespace. */
  public static final ListOptions ALL =
      new ListOptions("", List.of(), List.of(), 0, "", false, false, false);

  public ListOptions {
    fields = List.copyOf(fields);
    order = List.copyOf(order);
  }

  /**
   * Those that match a filter. Each {@code ?} in it stands for a value, which is put in so that it
   * means itself, whatever is in it: {@code where("name == ? AND version < ?", name, 2)}.
   *
   * @param values text, numbers, truth, instants, and lists of these
   */
  public static ListOptions where(String filter, Object... values) {
    return ALL.filter(filter, values);
  }

  /** Those that match a filter; see {@link #where}. */
  public ListOptions filter(String text, Object... values) {
    var parts = text.split("\\?", -1);
    if (parts.length != values.length + 1) {
      throw new IllegalArgumentException(
          "The filter has %d ? for %d values".formatted(parts.length - 1, values.length));
    }
    var filled = new StringBuilder(parts[0]);
    for (var i = 0; i < values.length; i++) {
      filled.append(literal(values[i])).append(parts[i + 1]);
    }
    return new ListOptions(
        filled.toString(), fields, order, limit, after, isRecursive, isPropagated, isTotalExact);
  }

  private static String literal(Object value) {
    return switch (value) {
      case Collection<?> list ->
          list.stream().map(ListOptions::literal).collect(Collectors.joining(", ", "[", "]"));
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      case Instant instant -> quoted(instant.toString());
      default -> quoted(value.toString());
    };
  }

  /** In quotes, a backslash goes before the same quote or another backslash. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  public ListOptions fields(String... names) {
    return new ListOptions(
        filter, List.of(names), order, limit, after, isRecursive, isPropagated, isTotalExact);
  }

  public ListOptions order(String... names) {
    return new ListOptions(
        filter, fields, List.of(names), limit, after, isRecursive, isPropagated, isTotalExact);
  }

  public ListOptions limit(int pageSize) {
    return new ListOptions(
        filter, fields, order, pageSize, after, isRecursive, isPropagated, isTotalExact);
  }

  public ListOptions after(String next) {
    return new ListOptions(
        filter, fields, order, limit, next, isRecursive, isPropagated, isTotalExact);
  }

  public ListOptions recursive() {
    return new ListOptions(filter, fields, order, limit, after, true, isPropagated, isTotalExact);
  }

  public ListOptions propagated() {
    return new ListOptions(filter, fields, order, limit, after, isRecursive, true, isTotalExact);
  }

  public ListOptions exactTotal() {
    return new ListOptions(filter, fields, order, limit, after, isRecursive, isPropagated, true);
  }

  Map<String, Object> query() {
    var query = new LinkedHashMap<String, Object>();
    query.put("q", filter);
    query.put("fields", fields);
    query.put("order", order);
    query.put("limit", limit == 0 ? "" : limit);
    query.put("after", after);
    query.put("recursive", isRecursive);
    query.put("propagated", isPropagated);
    query.put("exactTotal", isTotalExact);
    return query;
  }

  Map<String, Object> countQuery() {
    var query = query();
    query.keySet().retainAll(List.of("q", "recursive", "propagated"));
    return query;
  }
}
