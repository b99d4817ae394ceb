package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Problem;
import java.util.Optional;

/**
 * A namespace is created by its bare name (or its whole path, when that is right) in its parent,
 * and is called by its path from then on.
 */
final class NamespaceProcessor implements Processor {
  private final Namespaces namespaces;

  NamespaceProcessor(Namespaces namespaces) {
    this.namespaces = namespaces;
  }

  @Override
  public void prepare(Write write) {
    if (write.creates()) {
      write
          .text("name")
          .flatMap(name -> path(write.namespace, name))
          .ifPresent(path -> {
            write.resource.put("name", path.value());
          });
    }
  }

  /** Empty for what is no name; the validator says why. */
  private static Optional<NamespacePath> path(NamespacePath parent, String name) {
    if (NamespacePath.isName(name)) {
      return Optional.of(parent.child(name));
    }
    try {
      var path = NamespacePath.of(name);
      return path.parent().filter(parent::equals).map(_ -> path);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public void process(Write write) {
    if (write.creates()) {
      var name = write.text("name").orElse("");
      if (path(write.namespace, name).isEmpty()) {
        write.refuse(
            "not-below",
            "A namespace is created in its parent by its bare name; "
                + name
                + " is not directly in "
                + write.namespace,
            "/name");
        return;
      }
      requireFree(NamespacePath.of(name));
    }
  }

  private void requireFree(NamespacePath path) {
    if (namespaces.exists(path)) {
      throw Problem.conflict("exists", "There is a namespace " + path + " already");
    }
    if (namespaces.isGoing(path)) {
      throw Problem.conflict(
          "still-deleting",
          "The namespace " + path + " is still being deleted; try again in a moment");
    }
  }
}
