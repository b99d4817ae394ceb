package io.oarlock.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Tries connections with plain programs, and tells what became of them. */
final class Probes {
  private final Scene scene;
  private final Stage stage;

  Probes(Scene scene, Stage stage) {
    this.scene = scene;
    this.stage = stage;
  }

  private static String curl(String url) {
    return "curl -sS -m 20 " + url + " 2>&1";
  }

  void refused(UnitShell from, String what, String url) throws IOException, InterruptedException {
    refused(from.name(), what, from.run(curl(url)));
  }

  void strangerIsRefused(String what, String url) throws IOException, InterruptedException {
    refused("the stranger", what, stage.run(Stage.STRANGER, "sh", "-c", curl(url)));
  }

  private void refused(String who, String what, Shell.Result result) {
    scene.narrator.check(
        !result.good() && !result.words().contains(Troupe.MARKER),
        who + " gets nothing from " + what,
        result.last());
  }

  /** Policies are with the hosts within moments; it tells how many. */
  void reaches(UnitShell from, String what, String url) throws IOException, InterruptedException {
    var began = System.nanoTime();
    var got = scene.await(() -> Optional.of(from.run(curl(url))).filter(Probes::isServed));
    var millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
    scene.narrator.check(
        got.isPresent(),
        from.name() + " is served by " + what,
        got.map(_ -> "\"%s\" after %d ms".formatted(Troupe.MARKER, millis)).orElse("never"));
  }

  private static boolean isServed(Shell.Result result) {
    return result.good() && result.words().contains(Troupe.MARKER);
  }

  /** What a thief on the wire reads while a unit is served. */
  Wiretap.Heard overheard(UnitShell from, String url) throws IOException, InterruptedException {
    scene.narrator.act(from.name() + "$ curl " + url + "  (every frame on the wire is read)");
    return Wiretap.during(
        stage.namespace(Stage.WIRE),
        Troupe.MARKER.getBytes(StandardCharsets.US_ASCII),
        () -> served(from, url));
  }

  private static Shell.Result served(UnitShell from, String url)
      throws IOException, InterruptedException {
    var result = from.run(curl(url));
    if (!isServed(result)) {
      throw new SurpriseException(from.name() + " was not served: " + result.words().strip());
    }
    return result;
  }
}
