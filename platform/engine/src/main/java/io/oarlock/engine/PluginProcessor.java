package io.oarlock.engine;

import io.oarlock.model.Filter;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.Violation;
import io.oarlock.spi.TypePlugin;
import io.oarlock.spi.TypeWrite;
import io.oarlock.store.Document;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lets a plugin say what is special about its types. */
final class PluginProcessor implements Processor {
  /** Types that mean nothing without their plugin: to store one would be to pretend. */
  static final Set<String> NEEDING_ONE = Set.of("app", "installation");

  private final TypePlugin plugin;
  private final ResourceModel model;
  private final ResourceStore store;
  private final Rehearsals rehearsals;

  PluginProcessor(
      TypePlugin plugin, ResourceModel model, ResourceStore store, Rehearsals rehearsals) {
    this.plugin = plugin;
    this.model = model;
    this.store = store;
    this.rehearsals = rehearsals;
  }

  /** By type; two plugins for one type are a mistake of whoever put them together. */
  static Map<String, Processor> of(
      List<TypePlugin> plugins, ResourceModel model, ResourceStore store, Rehearsals rehearsals) {
    var processors = new HashMap<String, Processor>();
    for (var plugin : plugins) {
      for (var type : plugin.types()) {
        model.require(type);
        var processor = new PluginProcessor(plugin, model, store, rehearsals);
        if (processors.put(type, processor) != null) {
          throw new IllegalStateException("Two plugins serve the type " + type);
        }
      }
    }
    NEEDING_ONE.forEach(
        type -> processors.putIfAbsent(type, Processor.of(PluginProcessor::absent)));
    return processors;
  }

  private static void absent(Write write) {
    throw Problem.unavailable(
        "no-plugin",
        "This platform has no plugin that serves the type "
            + write.type.name()
            + "; put one on its class path");
  }

  @Override
  public void prepare(Write write) {
    plugin.prepare(new Seen(write));
  }

  @Override
  public void process(Write write) {
    plugin.process(new Seen(write));
  }

  /** A write as plugins see it. */
  private final class Seen implements TypeWrite {
    private final Write write;

    Seen(Write write) {
      this.write = write;
    }

    @Override
    public Operation operation() {
      return write.operation;
    }

    @Override
    public boolean isDryRun() {
      return write.how.dryRun();
    }

    @Override
    public String type() {
      return write.type.name();
    }

    @Override
    public NamespacePath namespace() {
      return write.namespace;
    }

    @Override
    public ResourceModel model() {
      return model;
    }

    @Override
    public Map<String, Object> resource() {
      return write.resource;
    }

    @Override
    public Optional<Map<String, Object>> original() {
      return write.original.map(Document::body);
    }

    @Override
    public void refuse(Violation violation) {
      write.violations.add(violation);
    }

    @Override
    public Optional<Map<String, Object>> stored(String type, String id) {
      return store
          .get(type, id)
          .filter(document -> write.namespace.contains(document.namespace()))
          .map(Document::body);
    }

    @Override
    public List<Map<String, Object>> stored(
        String type, NamespacePath namespace, String attribute, Object value) {
      var matching = new Filter.Compare(attribute, Filter.Comparison.EQUAL, value);
      var query = Query.all(type, new Query.Scope.Only(namespace)).where(matching);
      return store.list(query).documents().stream().map(Document::body).toList();
    }

    @Override
    public Map<String, Object> create(String type, Map<String, Object> body) {
      return nested(Operation.CREATE, type, Optional.empty(), body).resource;
    }

    @Override
    public Map<String, Object> update(String type, String id, Map<String, Object> body) {
      return nested(Operation.UPDATE, type, Optional.of(id), body).resource;
    }

    @Override
    public void delete(String type, String id) {
      nested(Operation.DELETE, type, Optional.of(id), Map.of());
    }

    @Override
    public void keep(String automation, List<Map<String, Object>> values) {
      var before = stored(KeyValues.TYPE, write.namespace, "automation", automation);
      write.alongside.addAll(
          KeyValues.replacing(before, automation, values, write.namespace, write.now));
    }

    @Override
    public List<Object> rehearse(List<Map<String, Object>> wanted) {
      return rehearsals.rehearse(wanted.stream().map(Seen::automation).toList());
    }

    private static Automation automation(Map<String, Object> body) {
      var namespace = NamespacePath.of(Trees.required(body, "namespace"));
      var id = Trees.required(body, "id");
      return Automation.of(
          new Document(Automation.TYPE, id, namespace, 1, body, Optional.empty()), body);
    }

    private Write nested(
        Operation operation, String type, Optional<String> id, Map<String, Object> body) {
      var how =
          new Call.Writing(
              Optional.empty(), Optional.empty(), write.how.dryRun(), write.how.override());
      return write.nest(
          new Call(
              operation,
              model.require(type),
              write.namespace,
              id,
              body,
              Call.Reading.DEFAULT,
              how,
              write.caller));
    }
  }
}
