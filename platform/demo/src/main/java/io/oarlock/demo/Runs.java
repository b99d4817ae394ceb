package io.oarlock.demo;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an automation of the demonstration has done. */
record Runs(Scene scene, String namespace, String automation) {
  private static final Set<String> UNFINISHED = Set.of("Queued", "Running");

  /** Those that have ended, oldest first. */
  List<Map<String, Object>> ended() throws IOException, InterruptedException {
    return list("runs", "createTime").stream()
        .filter(run -> !UNFINISHED.contains(Trees.text(run, "status")))
        .toList();
  }

  /** Waits until so many have ended; fewer if that takes too long. */
  List<Map<String, Object>> await(int count) throws IOException, InterruptedException {
    var found = scene.await(() -> Optional.of(ended()).filter(runs -> runs.size() >= count));
    return found.isPresent() ? found.get() : ended();
  }

  /** The rows of the ledger, by slot. */
  List<Map<String, Object>> firings() throws IOException, InterruptedException {
    return list("firings", "slot");
  }

  private List<Map<String, Object>> list(String plural, String order)
      throws IOException, InterruptedException {
    var filter = URLEncoder.encode("automation == \"" + automation + "\"", StandardCharsets.UTF_8);
    var answer = scene.admin.get(namespace, plural + "?q=" + filter + "&order=" + order);
    if (answer.status() != 200) {
      throw new SurpriseException("listing " + plural + ": " + answer.summary());
    }
    return answer.list();
  }

  /** The log lines of a run, each with its level. */
  static List<String> logs(Map<String, Object> run) {
    return Trees.objects(run.get("logs")).stream()
        .map(line -> Trees.text(line, "level") + " " + Trees.text(line, "message"))
        .toList();
  }

  /** How a run ended and why, for people. */
  static String told(Map<String, Object> run) {
    var error = Trees.text(Trees.object(run.get("error")), "message");
    return Trees.text(run, "status") + (error.isEmpty() ? "" : ": " + error);
  }
}
