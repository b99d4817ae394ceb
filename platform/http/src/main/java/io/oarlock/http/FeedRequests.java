package io.oarlock.http;

import io.oarlock.engine.EventFeed;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.Suggest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a subscriber asks for: from a URL, or from a message over a WebSocket. */
final class FeedRequests {
  static final List<String> PARAMETERS =
      List.of("namespace", "recursive", "types", "operations", "filter", "after");
  private static final List<String> OPERATIONS = List.of("Create", "Update", "Delete");

  private final ResourceModel model;

  FeedRequests(ResourceModel model) {
    this.model = model;
  }

  EventFeed.Request of(ApiRequest request, NamespacePath namespace) {
    var query = request.query();
    query.allow(PARAMETERS);
    var after =
        query
            .sequence("after")
            .or(() -> request.header("Last-Event-ID").map(id -> Query.sequence("after", id)));
    return new EventFeed.Request(
        namespace,
        query.flag("recursive"),
        types(query.words("types")),
        operations(query.words("operations")),
        query.text("filter"),
        after);
  }

  /** Members that are not there stay as they were, but it goes on after {@code position}. */
  EventFeed.Request of(Map<String, Object> message, EventFeed.Request before, long position) {
    message.keySet().forEach(FeedRequests::requireKnown);
    return new EventFeed.Request(
        text(message, "namespace").map(ApiRequest::path).orElse(before.namespace()),
        flag(message.get("recursive"), before.recursive()),
        message.containsKey("types") ? types(words(message, "types")) : before.types(),
        message.containsKey("operations")
            ? operations(words(message, "operations"))
            : before.operations(),
        message.containsKey("filter") ? text(message, "filter") : before.filter(),
        Optional.of(after(message.get("after"), position)));
  }

  private static void requireKnown(String member) {
    if (!PARAMETERS.contains(member)) {
      var hint = Suggest.didYouMean(member, PARAMETERS).map(h -> ". " + h).orElse("");
      throw Problem.malformed(
          "A subscription has the members "
              + String.join(", ", PARAMETERS)
              + ", not \""
              + member
              + "\""
              + hint);
    }
  }

  private static Optional<String> text(Map<String, Object> message, String member) {
    return switch (message.get(member)) {
      case null -> Optional.empty();
      case String text -> Optional.of(text).filter(t -> !t.isEmpty());
      case Object _ -> throw Problem.malformed("\"" + member + "\" is a text");
    };
  }

  private static boolean flag(@Nullable Object value, boolean otherwise) {
    return switch (value) {
      case null -> otherwise;
      case Boolean truth -> truth;
      case Object _ -> throw Problem.malformed("\"recursive\" is true or false");
    };
  }

  private static long after(@Nullable Object value, long otherwise) {
    return switch (value) {
      case null -> otherwise;
      case Long number when number >= 0 -> number;
      case Object _ -> throw Problem.malformed("\"after\" is a sequence number of the log");
    };
  }

  private static List<String> words(Map<String, Object> message, String member) {
    if (message.get(member) instanceof List<?> list
        && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    throw Problem.malformed("\"" + member + "\" is a list of texts");
  }

  private Set<String> types(List<String> words) {
    var names = new LinkedHashSet<String>();
    for (var word : words) {
      var type =
          model
              .find(word)
              .orElseThrow(() -> unknown("type", word, Suggest.didYouMean(word, model.words())));
      names.add(type.name());
    }
    return names;
  }

  private static Set<Operation> operations(List<String> words) {
    var found = new LinkedHashSet<Operation>();
    for (var word : words) {
      var operation =
          Operation.parse(word)
              .filter(o -> OPERATIONS.contains(o.wire()))
              .orElseThrow(() -> unknown("operation", word, Suggest.didYouMean(word, OPERATIONS)));
      found.add(operation);
    }
    return found;
  }

  private static Problem unknown(String what, String word, Optional<String> hint) {
    return Query.refusal(
        "unknown-" + what,
        what + "s",
        "names no " + what + ": \"" + word + "\"" + hint.map(h -> ". " + h).orElse(""));
  }
}
