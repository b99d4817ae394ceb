package io.oarlock.engine;

import io.oarlock.model.Instants;
import io.oarlock.model.ResourceType;
import io.oarlock.store.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the platform writes into every resource: identity, times, version, normalised tags. */
final class Stamp {
  /** Types whose members carry the organisation's tags of their namespace. */
  private static final Set<String> ORGANIZED =
      Set.of("processingunit", "enforcer", "externalnetwork");

  private final Namespaces namespaces;

  Stamp(Namespaces namespaces) {
    this.namespaces = namespaces;
  }

  Map<String, Object> identity(Write write, Map<String, Object> resource) {
    var now = Instants.text(write.now);
    var known = write.original.map(Document::body);
    var id = known.map(b -> b.get("id")).or(() -> Optional.ofNullable(resource.get("id")));
    put(write.type, resource, "id", id.orElseGet(Ids::next));
    put(write.type, resource, "namespace", write.namespace.value());
    put(write.type, resource, "createTime", known.map(b -> b.get("createTime")).orElse(now));
    put(write.type, resource, "updateTime", now);
    put(write.type, resource, "version", write.original.map(d -> d.version() + 1).orElse(1L));
    return resource;
  }

  private static void put(
      ResourceType type, Map<String, Object> resource, String name, Object value) {
    if (type.attribute(name).isPresent()) {
      resource.put(name, value);
    }
  }

  /** Computes {@code normalizedTags}, sorted, from what the resource is now. */
  void tags(Write write) {
    if (write.type.attribute("normalizedTags").isPresent()) {
      write.resource.put("normalizedTags", normalized(write.type, write.resource));
    }
  }

  List<Object> normalized(ResourceType type, Map<String, Object> resource) {
    var tags = new TreeSet<String>();
    tags.addAll(Trees.texts(resource.get("associatedTags")));
    tags.addAll(Trees.texts(resource.get("metadata")));
    tags.add("$type=" + type.name());
    for (var name : List.of("id", "name", "namespace", "action", "status", "operationalStatus")) {
      Trees.text(resource, name)
          .filter(value -> !value.isEmpty())
          .ifPresent(
              value -> tags.add("$" + name.toLowerCase(java.util.Locale.ROOT) + "=" + value));
    }
    if (ORGANIZED.contains(type.name())) {
      Trees.text(resource, "namespace")
          .map(io.oarlock.model.NamespacePath::of)
          .map(namespaces::organizationalTags)
          .ifPresent(tags::addAll);
    }
    return new ArrayList<>(tags);
  }
}
