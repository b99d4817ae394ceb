package io.oarlock.engine;

import io.oarlock.model.Instants;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.ResourceType;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import io.oarlock.store.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Writes the audit trail from the log: who did what, what changed, as part of which request. */
final class Audit implements LogConsumer.Reaction {
  private static final Set<String> NOISE =
      Set.of("version", "updateTime", "createTime", "normalizedTags");

  /** Records of what happened by themselves, not of what somebody did. */
  private static final Set<String> UNAUDITED = Set.of("run", FlowIngest.TYPE);

  private static final int CHANGES_MAX = 200;

  /** An activity may come a little later, so that those of many writes cost one commit. */
  private static final Duration PATIENCE = Duration.ofMillis(20);

  private final ResourceType activity;

  Audit(ResourceType activity) {
    this.activity = activity;
  }

  @Override
  public Duration patience() {
    return PATIENCE;
  }

  @Override
  public void react(List<Event> events, Batch.Builder batch) {
    for (var event : events) {
      if (!UNAUDITED.contains(event.content().type())) {
        batch.write(new Batch.Write.Put(document(event)));
      }
    }
  }

  private Document document(Event event) {
    var content = event.content();
    var body = new LinkedHashMap<String, Object>();
    var time = Instants.text(content.time());
    body.put("id", content.id());
    body.put("namespace", content.namespace().value());
    body.put("createTime", time);
    body.put("updateTime", time);
    body.put("operation", content.operation().wire());
    body.put("outcome", "Succeeded");
    body.put("targetType", content.type());
    body.put("targetId", content.resourceId());
    Trees.text(content.object(), "name").ifPresent(name -> body.put("targetName", name));
    body.put("claims", Trees.texts(content.cause().get("claims")));
    Trees.text(content.cause(), "requestId").ifPresent(id -> body.put("requestId", id));
    Trees.text(content.cause(), "address").ifPresent(a -> body.put("source", a));
    body.put("cause", Cause.brief(content.cause()));
    body.put("diff", diff(content.original().orElse(Map.of()), content.object()));
    return new Document(
        activity.name(),
        content.id(),
        NamespacePath.of(content.namespace().value()),
        1,
        body,
        activity.retention().map(content.time()::plus));
  }

  /** The changed attributes with their values before and after. */
  static List<Object> diff(Map<String, Object> before, Map<String, Object> after) {
    var names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    names.removeAll(NOISE);
    var diff = new ArrayList<Object>();
    for (var name : names) {
      if (!Objects.equals(before.get(name), after.get(name)) && diff.size() < CHANGES_MAX) {
        var change = new LinkedHashMap<String, Object>();
        change.put("attribute", "/" + name);
        Optional.ofNullable(before.get(name)).ifPresent(value -> change.put("before", value));
        Optional.ofNullable(after.get(name)).ifPresent(value -> change.put("after", value));
        diff.add(change);
      }
    }
    return diff;
  }
}
