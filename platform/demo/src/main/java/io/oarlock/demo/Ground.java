package io.oarlock.demo;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The namespace a demonstration plays in, which goes when it ends, whatever ends it. */
final class Ground {
  private static final int SUFFIX_BYTES = 2;

  private final Client admin;
  private final String name;
  private final List<String> children;
  private Optional<String> id = Optional.empty();
  private boolean closed;

  Ground(Client admin, String name, List<String> children) {
    this.admin = admin;
    this.name = name;
    this.children = List.copyOf(children);
  }

  /** Tells demonstrations on one platform apart. */
  static String suffix() {
    var random = new byte[SUFFIX_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
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
    for (var child : children) {
      created(admin.post(path(), "namespaces", Map.of("name", child)));
    }
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

  /** The same when a play was cut short, telling what came of it. */
  void removeAndTell(Narrator narrator) throws IOException, InterruptedException {
    var answer = remove();
    narrator.say(
        answer.filter(a -> a.status() != 204).isEmpty()
            ? "The namespace " + path() + " is deleted with all that was in it."
            : "It is still there (" + answer.get().summary() + "): " + command());
  }

  /** How somebody removes it by hand. */
  private synchronized String command() {
    return "./oarlock api delete namespace " + id.orElse(path());
  }
}
