package io.oarlock.demo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The event stream, cut while things happen and resumed without a gap. */
final class Resume implements Step {
  private static final String TYPE = "networkaccesspolicies";

  @Override
  public String story() {
    return "stream";
  }

  @Override
  public String title() {
    return "The event stream, cut and resumed without a gap";
  }

  @Override
  public void play(Scene scene) throws IOException, InterruptedException {
    var namespace = scene.in("a");
    scene.narrator.say(
        "Lines with ┆ are the event stream of "
            + scene.root
            + ", read beside all of this without "
            + "a break. A second reader now loses its connection.");
    try (var second = new Watcher(scene.admin, scene.root, _ -> {})) {
      second.open();
      write(scene, namespace, "before-the-cut");
      var before = await(second, "Create", "before-the-cut");
      second.cut();
      long at = second.lastId().orElse(-1L);
      scene.narrator.check(
          at >= before.sequence(), "it is cut after a policy was created", "at sequence " + at);
      changeUnseen(scene, namespace);
      scene.narrator.check(
          second.lastId().equals(Optional.of(at)), "three changes pass it by", "still at " + at);
      second.open();
      scene.narrator.act("GET /v1/events with Last-Event-ID: " + at);
      write(scene, namespace, "after-the-cut");
      var last = await(second, "Create", "after-the-cut").sequence();
      await(scene.watcher, "Create", "after-the-cut");
      compare(scene, second, before.sequence(), last);
    }
  }

  private static void write(Scene scene, String namespace, String name)
      throws IOException, InterruptedException {
    scene.create(namespace, TYPE, Scene.policy(name, "owner=stream"));
  }

  private static void changeUnseen(Scene scene, String namespace)
      throws IOException, InterruptedException {
    write(scene, namespace, "while-cut");
    var path = TYPE + "/name:while-cut";
    scene.narrator.act("PATCH and DELETE /v1/" + path);
    scene.admin.patch(namespace, path, Map.of("action", "Reject"));
    scene.admin.delete(namespace, path);
    await(scene.watcher, "Delete", "while-cut");
  }

  private static Watcher.Seen await(Watcher watcher, String operation, String name)
      throws InterruptedException {
    return watcher
        .await(
            seen -> seen.operation().equals(operation) && seen.name().equals(name), Scene.PATIENCE)
        .orElseThrow(
            () -> new SurpriseException("no event " + operation + " " + name + " has come"));
  }

  private static void compare(Scene scene, Watcher second, long from, long to) {
    var whole = sequences(scene.watcher, from, to);
    var resumed = sequences(second, from, to);
    var unseen =
        second.after(from).stream()
            .filter(seen -> seen.name().equals("while-cut"))
            .map(Watcher.Seen::operation)
            .toList();
    scene.narrator.check(
        unseen.equals(List.of("Create", "Update", "Delete")),
        "after resuming it is told what passed while it was away, in order",
        unseen.toString());
    scene.narrator.check(
        resumed.equals(whole) && second.gaps() == 0 && scene.watcher.gaps() == 0,
        "both readers have seen the same sequences, none missing and none twice",
        resumed.equals(whole) ? whole.toString() : "unbroken " + whole + ", resumed " + resumed);
    scene.narrator.check(
        whole.stream().sorted().distinct().toList().equals(whole),
        "in ascending order",
        whole.size() + " events");
  }

  private static List<Long> sequences(Watcher watcher, long from, long to) {
    return watcher.after(from).stream()
        .map(Watcher.Seen::sequence)
        .filter(sequence -> sequence <= to)
        .toList();
  }
}
