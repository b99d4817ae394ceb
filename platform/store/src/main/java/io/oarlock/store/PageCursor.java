package io.oarlock.store;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import io.oarlock.model.Problem;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The place after a document in an order, as the opaque text that callers hand back. It names the
 * document by its sort values, not by a position, so that writes between two pages neither repeat
 * nor hide a document that did not change.
 *
 * @param values of the attributes of the order; null where the document has none
 */
public record PageCursor(List<@Nullable Object> values, String id) {
  /** Longest text read as a cursor. */
  public static final int LENGTH_MAX = 16 * 1024;

  /** Just after a document. */
  public static PageCursor after(Document document, Ordering ordering) {
    return new PageCursor(ordering.values(document), document.id());
  }

  /** The text for callers. */
  public String text(Ordering ordering) {
    var json = Json.write(Map.of("order", signature(ordering), "values", values, "id", id));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  /** Reads what {@link #text} wrote for the same order; anything else is a {@link Problem}. */
  public static PageCursor read(String text, Ordering ordering) {
    if (text.length() > LENGTH_MAX) {
      throw refusal();
    }
    try {
      var json = Json.parseObject(Base64.getUrlDecoder().decode(text));
      if (json.get("order") instanceof String order
          && order.equals(signature(ordering))
          && json.get("id") instanceof String id
          && json.get("values") instanceof List<?> values
          && values.size() == ordering.attributes().size()
          && values.stream().allMatch(PageCursor::scalar)) {
        return new PageCursor(new ArrayList<@Nullable Object>(values), id);
      }
    } catch (IllegalArgumentException | JsonException e) {
      throw refusal();
    }
    throw refusal();
  }

  private static boolean scalar(@Nullable Object value) {
    return !(value instanceof List || value instanceof Map);
  }

  private static Problem refusal() {
    return Problem.malformed(
        "The cursor in \"after\" is not one that a list in this order answered. Take the one from"
            + " the page before, or leave it out to start anew");
  }

  private static String signature(Ordering ordering) {
    var words =
        ordering.attributes().stream().map(o -> (o.descending() ? "-" : "") + o.attribute());
    return words.collect(Collectors.joining(",")) + (ordering.idDescending() ? ",-" : "");
  }
}
