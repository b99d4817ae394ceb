package io.oarlock.demo;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A host of the stage with a real enforcer, as {@code ./oarlock enforcer} starts it. */
final class Host {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final Stage stage;
  private final String place;
  private final List<UnitShell> units = new ArrayList<>();
  private final Process agent;
  private final BufferedReader said;

  /** Starts its agent; {@link #awaitReady} waits until connections are decided here. */
  Host(Stage stage, String place, Path credential) throws IOException {
    this.stage = stage;
    this.place = place;
    this.agent =
        stage.start(
            place,
            oarlock(
                "run",
                "--credential",
                credential.toString(),
                "--name",
                name(),
                "--flows-every",
                "PT1S",
                "--json"));
    this.said = agent.inputReader();
  }

  String name() {
    return "host-" + place;
  }

  String place() {
    return place;
  }

  private List<String> oarlock(String word, String... more) {
    var state = stage.folder().resolve(place).toString();
    var words = new ArrayList<>(List.of(stage.launcher(), "enforcer", word, "--state", state));
    words.addAll(List.of(more));
    return words;
  }

  /** What the agent says of itself. */
  Map<String, Object> awaitReady() throws IOException {
    var line = said.readLine();
    if (line == null) {
      throw new SurpriseException(
          "the enforcer of " + name() + " did not start: " + stage.errors(place));
    }
    return Json.parseObject(line);
  }

  /** A shell that is a unit of this host with the tags of that role. */
  UnitShell unit(String name, String role) throws IOException {
    var words =
        oarlock(
            "exec",
            "--name",
            name,
            "--tag",
            "app=myapp",
            "--tag",
            "role=" + role,
            "--tag",
            "env=production",
            "--",
            "sh");
    var unit = new UnitShell(name, stage.start(place, words));
    units.add(unit);
    return unit;
  }

  /** Waits until the agent knows that one of its units listens at a port. */
  void awaitPort(int port) throws IOException, InterruptedException {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (!listens(port)) {
      if (System.nanoTime() > until) {
        throw new SurpriseException("nobody listens at port " + port + " of " + name());
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  private boolean listens(int port) throws IOException, InterruptedException {
    var answer = Shell.finish(stage.start(place, oarlock("status", "--json")));
    try {
      return answer.good()
          && Trees.objects(Json.parseObject(answer.words()).get("units")).stream()
              .anyMatch(unit ->
                  unit.get("ports") instanceof List<?> ports && ports.contains((long) port));
    } catch (JsonException e) {
      throw new SurpriseException("the status of " + name() + " is no JSON: " + answer.words());
    }
  }

  /** Ends its units, then its agent in an orderly way; gives the agent's exit code. */
  int end() throws InterruptedException {
    for (var unit : units) {
      unit.end();
    }
    stage.awaitAlone(place, agent.pid());
    agent.destroy();
    if (!agent.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new SurpriseException("the enforcer of " + name() + " does not end");
    }
    return agent.exitValue();
  }

  /** For its owner alone: there is a key in it. */
  static void write(Path credential, Map<String, Object> tree) throws IOException {
    var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.createFile(credential, mine);
    Files.write(credential, Json.write(tree));
  }
}
