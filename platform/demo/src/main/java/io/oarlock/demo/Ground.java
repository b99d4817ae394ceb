package io.oarlock.demo;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The namespace a demonstration plays in, which goes when it ends, whatever ends it. */
final class Ground {
  private final Client admin;
  private final String name;
  private Optional<String> id = Optional.empty();
  private boolean closed;

  Ground(Client admin, String name) {
    this.admin = admin;
    this.name = name;
  }

  String path() {
    return "/" + name;
  }

  /** Whoever interrupts this waits for it, so that nothing is made that nobody removes. */
  synchronized void make() throws IOException, InterruptedException {
    if (closed) {
      throw new SurpriseException("the demo was interrupted");
    }
    id = Optional.of(created(admin.post("/", "namespaces", Map.of("name", name))));
    created(admin.post(path(), "namespaces", Map.of("name", "a")));
    created(admin.post(path(), "namespaces", Map.of("name", "b")));
  }

  private static String created(Answer answer) {
    if (answer.status() != 201) {
      throw new SurpriseException("creating a namespace: " + answer.summary());
    }
    return answer.text("id");
  }

  /** Removes it with all that is in it; empty when it was not made or is gone already. */
  synchronized Optional<Answer> remove() throws IOException, InterruptedException {
    closed = true;
    if (id.isEmpty()) {
      return Optional.empty();
    }
    var answer = admin.delete("/", "namespaces/" + id.get());
    if (answer.status() == 204) {
      id = Optional.empty();
    }
    return Optional.of(answer);
  }

  /** How somebody removes it by hand. */
  synchronized String command() {
    return "./oarlock api delete namespace " + id.orElse(path());
  }
}
