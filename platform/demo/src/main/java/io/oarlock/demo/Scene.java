package io.oarlock.demo;

import io.oarlock.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the steps share: a namespace of their own, its event stream, and who tells the story. */
final class Scene {
  /** Long enough for whatever is waited for on a busy machine. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  final Client admin;
  final Narrator narrator;
  final Watcher watcher;
  final String root;
  final String suffix;
  final Site site;
  private final Deque<HookReceiver> receivers = new ArrayDeque<>();

  Scene(Site site, Client admin, Narrator narrator, Watcher watcher, String root, String suffix) {
    this.site = site;
    this.admin = admin;
    this.narrator = narrator;
    this.watcher = watcher;
    this.root = root;
    this.suffix = suffix;
  }

  /** Something to look for again and again. */
  interface Look<T> {
    Optional<T> take() throws IOException, InterruptedException;
  }

  /** A namespace of this demonstration. */
  String in(String child) {
    return root + "/" + child;
  }

  /** Keeps a receiver until the end, since what was set up still calls it. */
  HookReceiver keep(HookReceiver receiver) {
    receivers.push(receiver);
    return receiver;
  }

  void closeReceivers() {
    for (var one = receivers.poll(); one != null; one = receivers.poll()) {
      one.close();
    }
  }

  /** Creates as the administrator what the step cannot go on without. */
  Map<String, Object> create(String namespace, String plural, Map<String, Object> body)
      throws IOException, InterruptedException {
    narrator.act("POST /v1/" + plural + " in " + namespace + "  " + Json.text(body));
    var answer = admin.post(namespace, plural, body);
    if (answer.status() != 201) {
      throw new SurpriseException("creating " + body.get("name") + ": " + answer.summary());
    }
    return answer.object();
  }

  /** A network policy, with tags. */
  static Map<String, Object> policy(String name, String... tags) {
    return Trees.of(
        "name", name,
        "subject", List.of(List.of("app=web")),
        "object", List.of(List.of("app=db")),
        "ports", List.of("tcp/5432"),
        "associatedTags", List.of(tags));
  }

  /** Looks until there is something to see, or for too long. */
  <T> Optional<T> await(Look<T> look) throws IOException, InterruptedException {
    var end = System.nanoTime() + PATIENCE.toNanos();
    var found = look.take();
    while (found.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(LOOK_AGAIN);
      found = look.take();
    }
    return found;
  }
}
