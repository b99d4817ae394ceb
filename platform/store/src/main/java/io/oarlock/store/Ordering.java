package io.oarlock.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The total order of a list: attributes, then the id. Without a word about the id it goes the way
 * of the last attribute, so that one index can be read in one direction. Documents without a value
 * are before all others; of a list its least element counts, or its greatest when descending.
 */
public record Ordering(List<Query.Order> attributes, boolean idDescending) {
  /** The order a query asks for. */
  public static Ordering of(Query query) {
    var attributes = new ArrayList<Query.Order>();
    for (var order : query.order()) {
      if (order.attribute().equals("id")) {
        return new Ordering(List.copyOf(attributes), order.descending());
      }
      attributes.add(order);
    }
    var last = attributes.isEmpty() ? null : attributes.getLast();
    return new Ordering(List.copyOf(attributes), last != null && last.descending());
  }

  /** The values a document is sorted by. */
  public List<@Nullable Object> values(Document document) {
    var values = new ArrayList<@Nullable Object>(attributes.size());
    for (var order : attributes) {
      values.add(value(document, order));
    }
    return values;
  }

  private static @Nullable Object value(Document document, Query.Order order) {
    var found = TreePath.scalars(document.body(), order.attribute());
    if (found.size() < 2) {
      return found.isEmpty() ? null : found.getFirst();
    }
    var keys = found.stream().sorted((a, b) -> compare(Keys.value(a), Keys.value(b))).toList();
    return order.descending() ? keys.getLast() : keys.getFirst();
  }

  private static int compare(byte[] a, byte[] b) {
    return java.util.Arrays.compareUnsigned(a, b);
  }

  /** Bytes whose order is this order. */
  byte[] key(PageCursor place) {
    var out = new ByteSink(64);
    for (var i = 0; i < attributes.size(); i++) {
      turned(out, Keys.value(place.values().get(i)), attributes.get(i).descending());
    }
    turned(out, Keys.value(place.id()), idDescending);
    return out.toBytes();
  }

  private static void turned(ByteSink out, byte[] key, boolean descending) {
    for (var b : key) {
      out.u8(descending ? ~b : b);
    }
  }
}
