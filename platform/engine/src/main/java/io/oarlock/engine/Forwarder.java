package io.oarlock.engine;

import io.oarlock.model.FilterParser;
import io.oarlock.model.Filters;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.TagExpression;
import io.oarlock.spi.SinkSettings;
import io.oarlock.store.Document;
import io.oarlock.store.NewEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** An event forwarder, ready to choose events. */
record Forwarder(
    String id,
    NamespacePath namespace,
    long version,
    String name,
    Set<String> types,
    Set<String> operations,
    Optional<TagExpression> subject,
    Predicate<Map<String, Object>> filter,
    boolean recursive,
    Optional<String> transform,
    SinkSettings sink,
    int eventsMax,
    Duration waitMax,
    Outbound.Tls tls,
    boolean disabled) {
  static final String TYPE = "eventforwarder";

  /** The kind of sinks that the model does not know. */
  static final String PLUGIN = "Plugin";

  static Forwarder of(Document document, Map<String, Object> body, Clock clock) {
    var sink = Trees.object(body.get("sink"));
    var batch = Trees.object(body.get("batch"));
    return new Forwarder(
        document.id(),
        document.namespace(),
        document.version(),
        Trees.text(body, "name").orElse(document.id()),
        Set.copyOf(Trees.texts(body.get("types"))),
        Set.copyOf(Trees.texts(body.get("operations"))),
        Optional.ofNullable(body.get("subject")).map(Trees::expression),
        Trees.text(body, "filter")
            .map(text -> Filters.predicate(FilterParser.parse(text, clock)))
            .orElse(_ -> true),
        Trees.truth(body, "recursive"),
        Trees.text(body, "transform"),
        settings(sink),
        (int) Trees.number(batch, "maxEvents", 100),
        Trees.text(batch, "maxWait").map(Duration::parse).orElse(Duration.ofSeconds(1)),
        new Outbound.Tls(
            Trees.text(body, "certificateAuthority"), Optional.empty(), Optional.empty()),
        Trees.truth(body, "disabled"));
  }

  /** What the plugin is given: the sink, or what stands in it where only the plugin knows it. */
  static SinkSettings settings(Map<String, Object> sink) {
    var kind = Trees.text(sink, "kind").orElse("");
    return kind.equals(PLUGIN)
        ? new SinkSettings(Trees.text(sink, "type").orElse(""), Trees.object(sink.get("settings")))
        : new SinkSettings(kind, sink);
  }

  /** Whether the event is one of those it sends. */
  boolean sends(NewEvent event) {
    return (recursive ? namespace.contains(event.namespace()) : namespace.equals(event.namespace()))
        && (types.isEmpty() || types.contains(event.type()))
        && operations.contains(event.operation().wire())
        && subject.filter(expression -> !expression.matches(tags(event))).isEmpty()
        && filter.test(event.object());
  }

  private static Set<String> tags(NewEvent event) {
    return Set.copyOf(Trees.texts(event.object().get("normalizedTags")));
  }
}
