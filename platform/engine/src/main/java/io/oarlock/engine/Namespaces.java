package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Problem;
import io.oarlock.model.Suggest;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tree of namespaces as it is now. The root is always there and is no resource. */
final class Namespaces {
  static final String TYPE = "namespace";

  /** Hidden attribute of a namespace whose contents are being removed. */
  static final String DELETING = "deleting";

  private final Mirror<Node> mirror;
  private volatile Map<NamespacePath, Node> byPath = Map.of();

  /** One namespace; {@code path} is its own, {@code document} stands in its parent. */
  record Node(NamespacePath path, String id, long version, boolean deleting, List<String> orgTags) {
    static Node of(Document document, Map<String, Object> body) {
      return new Node(
          NamespacePath.of((String) body.getOrDefault("name", "/")),
          document.id(),
          document.version(),
          Boolean.TRUE.equals(body.get(DELETING)),
          Trees.texts(body.get("organizationalMetadata")));
    }
  }

  Namespaces(Journal journal) {
    mirror = new Mirror<>(journal.store(), TYPE, Node::of);
    mirror.onChange(this::rebuild);
    journal.mirror(mirror);
  }

  private void rebuild() {
    var map = new TreeMap<NamespacePath, Node>();
    mirror.all().forEach(node -> map.put(node.path(), node));
    byPath = map;
  }

  /** The namespace, unless it is not there or going. */
  Optional<Node> find(NamespacePath path) {
    return Optional.ofNullable(byPath.get(path)).filter(node -> !going(path));
  }

  private boolean going(NamespacePath path) {
    for (Optional<NamespacePath> at = Optional.of(path); at.isPresent(); at = at.get().parent()) {
      var node = byPath.get(at.get());
      if (node != null && node.deleting()) {
        return true;
      }
    }
    return false;
  }

  boolean exists(NamespacePath path) {
    return path.isRoot() || find(path).isPresent();
  }

  /** Whether some deletion is not finished. */
  boolean anyGoing() {
    return byPath.values().stream().anyMatch(Node::deleting);
  }

  /** Whether its name is still taken by one that is being deleted. */
  boolean isGoing(NamespacePath path) {
    return going(path);
  }

  void require(NamespacePath path) {
    if (!exists(path)) {
      var known = new TreeSet<String>();
      // Only siblings: names elsewhere may be other tenants'.
      byPath.keySet().stream()
          .filter(other -> other.parent().equals(path.parent()))
          .forEach(other -> known.add(other.value()));
      throw Problem.notFound(
          "There is no namespace "
              + path
              + Suggest.didYouMean(path.value(), known).map(hint -> ". " + hint).orElse(""));
    }
  }

  /** The check that puts a write in order with the deletion of its namespace. */
  Optional<Batch.Write> stillThere(NamespacePath path) {
    return find(path).map(node -> new Batch.Write.Check(TYPE, node.id(), node.version()));
  }

  /** The {@code @org:} tags of a namespace and of those above it. */
  List<String> organizationalTags(NamespacePath path) {
    var tags = new TreeSet<String>();
    for (var above : path.ancestors()) {
      Optional.ofNullable(byPath.get(above)).ifPresent(node -> tags.addAll(node.orgTags()));
    }
    Optional.ofNullable(byPath.get(path)).ifPresent(node -> tags.addAll(node.orgTags()));
    return List.copyOf(tags);
  }

  /** Takes in what another node may have changed. */
  void refresh() {
    mirror.load();
  }
}
