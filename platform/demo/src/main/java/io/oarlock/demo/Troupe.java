package io.oarlock.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The hosts of the stage with their enforcers, and the programs that are units there. */
final class Troupe {
  /** What a web server serves, and nobody else on the wire says. */
  static final String MARKER = "the ships sail at dawn";

  private static final int HTTPS = 443;

  /** Where hosts find the platform, on their own loop-back; no unit listens there. */
  private static final int DOOR_PORT = 8443;

  private final Scene scene;
  private final Stage stage;
  private final String namespace;
  private final List<Host> hosts = new ArrayList<>();
  private final Map<String, String> rulesBefore = new LinkedHashMap<>();

  Troupe(Scene scene, Stage stage, String namespace) {
    this.scene = scene;
    this.stage = stage;
    this.namespace = namespace;
  }

  /** Builds the stage, and enrols an enforcer on each of two hosts; gives them. */
  List<Host> enrol() throws IOException, InterruptedException {
    stage.build();
    var platform = platform();
    for (var place : List.of(Stage.A, Stage.B)) {
      rulesBefore.put(place, stage.rules(place));
      stage.open(new Doorway(stage.namespace(place), DOOR_PORT, platform));
    }
    var credential = credential();
    for (var place : List.of(Stage.A, Stage.B)) {
      hosts.add(new Host(stage, place, credential));
      scene.narrator.act(
          hosts.getLast().name()
              + "# ./oarlock enforcer run --credential "
              + credential.getFileName());
    }
    var ids = new ArrayList<String>();
    for (var host : hosts) {
      ids.add(Trees.text(host.awaitReady(), "enforcer"));
    }
    requireConnected(ids.stream().sorted().toList());
    return List.copyOf(hosts);
  }

  private InetSocketAddress platform() throws IOException {
    var url = scene.site.url();
    var address = InetAddress.getAllByName(url.getHost())[0];
    return new InetSocketAddress(address, url.getPort() < 0 ? HTTPS : url.getPort());
  }

  /** What lets hosts enrol. They find the platform at their own loop-back. */
  private Path credential() throws IOException, InterruptedException {
    var made =
        scene.create(
            namespace,
            "appcredentials",
            Trees.of("name", "hosts", "roles", List.of("@role=enforcer.registration")));
    var tree = Trees.object(made.get("credentials"));
    tree.put("apiUrl", "https://localhost:" + DOOR_PORT);
    var file = stage.folder().resolve("hosts.credential");
    Host.write(file, tree);
    return file;
  }

  private void requireConnected(List<String> ids) throws IOException, InterruptedException {
    var known =
        scene.await(() ->
            Optional.of(
                    scene.admin.get(namespace, "enforcers").list().stream()
                        .filter(each -> Trees.text(each, "operationalStatus").equals("Connected"))
                        .map(each -> Trees.text(each, "id"))
                        .sorted()
                        .toList())
                .filter(ids::equals));
    scene.narrator.check(
        known.isPresent(), "two enforcers have enrolled and are connected", ids.toString());
  }

  /** A shell that is a unit, for plain programs. */
  UnitShell unit(Host host, String name, String role) throws IOException {
    scene.narrator.act(
        "%s# ./oarlock enforcer exec --name %s --tag app=myapp --tag role=%s --tag env=production -- sh"
            .formatted(host.name(), name, role));
    return host.unit(name, role);
  }

  /** Lets a unit serve the marker, and waits until its enforcer knows. */
  void serve(Host host, UnitShell unit, int port) throws IOException, InterruptedException {
    var pages = stage.folder().resolve("pages");
    if (!Files.exists(pages)) {
      Files.createDirectory(pages);
      Files.writeString(pages.resolve("index.html"), MARKER + "\n");
    }
    var python = Requirements.python().orElseThrow();
    scene.narrator.act(unit.name() + "$ python3 -m http.server " + port);
    begin(unit, "%s -m http.server --directory '%s' %d".formatted(python, pages, port));
    host.awaitPort(port);
  }

  /** Lets a unit run something beside what it is asked for later. */
  static void begin(UnitShell unit, String command) throws IOException, InterruptedException {
    var result = unit.run("{ " + command + "; } </dev/null >/dev/null 2>&1 &");
    if (!result.good()) {
      throw new SurpriseException(unit.name() + ": " + command + ": " + result.words());
    }
  }

  /** Waits until the platform knows the units of these names and no other. */
  void requireKnown(String... names) throws IOException, InterruptedException {
    var wanted = List.of(names);
    var known =
        scene.await(() ->
            Optional.of(
                    scene.admin.get(namespace, "processingunits").list().stream()
                        .map(each -> Trees.text(each, "name"))
                        .sorted()
                        .toList())
                .filter(wanted::equals));
    scene.narrator.check(known.isPresent(), "the platform knows the units", wanted.toString());
  }

  /** The policies each enforcer has applied, as it told the platform; the oldest first. */
  List<Long> epochs() throws IOException, InterruptedException {
    return scene.admin.get(namespace, "enforcers").list().stream()
        .map(each -> each.get("epoch") instanceof Number number ? number.longValue() : 0L)
        .sorted()
        .toList();
  }

  /** Ends units and enforcers, and looks at what they leave. */
  void end() throws InterruptedException {
    for (var host : hosts) {
      var code = host.end();
      var rules = stage.rules(host.place());
      scene.narrator.check(
          code == 0 && rules.equals(rulesBefore.get(host.place())),
          host.name() + " has ended, and nft list ruleset says there what it said before",
          "exit code " + code + ", " + rules.lines().count() + " lines");
    }
  }
}
