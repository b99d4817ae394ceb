package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import io.oarlock.marketplace.bundle.AppManifest;
import io.oarlock.marketplace.bundle.AppPermissions;
import io.oarlock.marketplace.bundle.Questions;
import io.oarlock.marketplace.bundle.Rendering;
import io.oarlock.model.ResourceType;
import io.oarlock.model.TreeCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Commands for who uses apps. Each is a write of an installation, whose dry run is the plan. */
final class AppInstalling {
  private static final int VERSIONS_MAX = 1000;
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

  private final Session session;
  private final Arguments given;
  private final Api api;
  private final ResourceType type;

  private AppInstalling(Session session, Arguments given, Api api) {
    this.session = session;
    this.given = given;
    this.api = api;
    this.type = session.type("installation");
  }

  /** What one of the commands does. */
  private interface Work {
    void run(AppInstalling installing) throws IOException;
  }

  private static int with(Session session, Arguments given, Work work) throws IOException {
    try (var api = session.api()) {
      work.run(new AppInstalling(session, given, api));
    }
    return Exit.OK;
  }

  static int publish(Session session, Arguments given) throws IOException {
    var file = Path.of(given.word(0).orElseThrow());
    AppAuthoring.read(session, file);
    var body = new LinkedHashMap<String, Object>();
    body.put("bundle", Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
    body.put("propagate", given.flag(AppCommands.PROPAGATE));
    try (var api = session.api()) {
      var app = session.type("app");
      var made = api.ask(Ask.of("POST", Types.path(app)).body(body)).object();
      session.terminal().out().println(Types.said(app, made) + " published");
    }
    return Exit.OK;
  }

  static int plan(Session session, Arguments given) throws IOException {
    return with(session, given, installing -> installing.install(true));
  }

  static int install(Session session, Arguments given) throws IOException {
    return with(session, given, installing -> installing.install(false));
  }

  static int upgrade(Session session, Arguments given) throws IOException {
    return with(session, given, AppInstalling::upgrade);
  }

  static int rollback(Session session, Arguments given) throws IOException {
    return with(session, given, AppInstalling::rollback);
  }

  static int uninstall(Session session, Arguments given) throws IOException {
    return with(session, given, AppInstalling::uninstall);
  }

  private void install(boolean isPlan) throws IOException {
    var word = given.word(0).orElseThrow();
    var at = word.indexOf('@');
    var app = at < 0 ? word : word.substring(0, at);
    var manifest = published(app, at < 0 ? Optional.empty() : Optional.of(word.substring(at + 1)));
    var body = new LinkedHashMap<String, Object>();
    body.put("name", given.text(AppCommands.AS).orElse(app));
    body.put("app", app);
    body.put("appVersion", manifest.version());
    answer(body, manifest, Map.of(), isPlan);
    var ask = Ask.of("POST", Types.path(type)).query(dry(isPlan)).body(body);
    show(api.ask(ask).object(), isPlan, "installed");
  }

  private void upgrade() throws IOException {
    var current = current();
    var app = Tree.text(current, "app").orElseThrow();
    var manifest = published(app, given.word(1));
    var body = writable(current);
    body.put("appVersion", manifest.version());
    answer(body, manifest, Tree.map(current.get("parameters")), isDry());
    put(current, body, "upgraded");
  }

  private void rollback() {
    var current = current();
    var previous = Tree.map(current.get("previous"));
    if (previous.isEmpty()) {
      throw Failure.of(
          Exit.CONFLICT,
          "There is nothing to go back to",
          "It was not changed since it was installed.");
    }
    var body = writable(current);
    body.remove("consent");
    body.putAll(previous);
    put(current, body, "rolled back");
  }

  private void uninstall() {
    var current = current();
    if (isDry()) {
      changes(Tree.maps(current.get("resources")), "Remove");
    } else {
      api.ask(Ask.of("DELETE", Types.path(type, id(current))));
      changes(Tree.maps(current.get("resources")), "Remove");
      session.terminal().out().println(Types.said(type, current) + " uninstalled");
    }
  }

  private boolean isDry() {
    return given.flag(Option.DRY_RUN);
  }

  private static Query dry(boolean isDry) {
    return new Query().with("dryRun", isDry);
  }

  private Map<String, Object> current() {
    var name = given.word(0).orElseThrow();
    return api.ask(Ask.of("GET", Types.path(type, "name:" + name))).object();
  }

  private static String id(Map<String, Object> installation) {
    return Tree.text(installation, "id").orElseThrow();
  }

  private Map<String, Object> writable(Map<String, Object> installation) {
    var body = new LinkedHashMap<String, Object>();
    for (var name :
        List.of(
            "name",
            "description",
            "associatedTags",
            "annotations",
            "app",
            "parameters",
            "consent")) {
      Optional.ofNullable(installation.get(name)).ifPresent(value -> body.put(name, value));
    }
    return body;
  }

  private void put(Map<String, Object> current, Map<String, Object> body, String done) {
    var ask =
        Ask.of("PUT", Types.path(type, id(current)))
            .query(dry(isDry()))
            .header("If-Match", "\"" + current.get("version") + "\"")
            .body(body);
    show(api.ask(ask).object(), isDry(), done);
  }

  /** Names of apps stand in a filter, where nothing else may. */
  private static String name(String app) {
    if (!NAME.matcher(app).matches()) {
      throw Failure.usage("No app can be called \"" + Display.line(app) + "\"");
    }
    return app;
  }

  /** The manifest of a published version; of the newest when none is named. */
  private AppManifest published(String app, Optional<String> version) {
    var query =
        new Query()
            .with("propagated", true)
            .with("limit", String.valueOf(VERSIONS_MAX))
            .with("q", "app == \"" + name(app) + "\"");
    var apps = session.type("app");
    var found =
        Tree.maps(api.ask(Ask.of("GET", Types.path(apps)).query(query)).tree()).stream()
            .map(each -> TreeCodec.of(AppManifest.class).decode(Tree.map(each.get("manifest"))))
            .filter(each -> version.isEmpty() || version.get().equals(each.version()))
            .max(Comparator.comparing(AppManifest::semanticVersion));
    return found.orElseThrow(() ->
        Failure.of(
            Exit.NOT_FOUND,
            "No app " + app + version.map(each -> " " + each).orElse("") + " is published here",
            "Published apps: oarlock api list apps"));
  }

  private void answer(
      Map<String, Object> body, AppManifest manifest, Map<String, Object> before, boolean isPlan)
      throws IOException {
    var attributes = Questions.attributes(manifest.parameters());
    var answers = Assignments.apply(manifest.name(), attributes, before, given.all(Option.SET));
    body.put("parameters", answers);
    var known = new LinkedHashMap<String, Object>();
    attributes.forEach(
        each -> each.defaultValue().ifPresent(value -> known.put(each.name(), value)));
    known.putAll(answers);
    var asked = TreeCodec.of(AppPermissions.class).encode(manifest.asked());
    var consent = new LinkedHashMap<String, Object>(asked);
    consent.put("secrets", List.copyOf(Rendering.secrets(manifest, known)));
    consent(manifest, consent, Tree.map(body.get("consent")), isPlan);
    body.put("consent", consent);
  }

  /** What is asked for anew is shown, and agreed to by somebody. */
  private void consent(
      AppManifest manifest, Map<String, Object> asked, Map<String, Object> agreed, boolean isPlan) {
    var lines = AppConsent.lines(asked, agreed);
    lines.forEach(line -> session.terminal().note("  " + Display.line(line)));
    if (!lines.isEmpty() && !isPlan && !given.flag(AppCommands.YES) && !AppConsent.isGiven()) {
      throw Failure.usage(
          Display.line(manifest.shown()) + " asks to be allowed what stands above",
          "Add --yes if you agree. Nothing was changed.");
    }
  }

  private void show(Map<String, Object> installation, boolean isDry, String done) {
    for (var change : Tree.maps(installation.get("changes"))) {
      changes(List.of(change), Tree.text(change, "doing").orElse(""));
    }
    var said = Types.said(type, installation) + " " + installation.get("appVersion");
    session.terminal().out().println(Display.line(said) + " " + done + (isDry ? " (dry run)" : ""));
  }

  private void changes(List<Map<String, Object>> resources, String doing) {
    var terminal = session.terminal();
    var sign =
        switch (doing) {
          case "Add" -> terminal.green("+");
          case "Change" -> terminal.yellow("~");
          case "Remove" -> terminal.red("-");
          default -> "=";
        };
    for (var each : resources) {
      terminal.out().println(sign + " " + Display.line(each.get("type") + "/" + each.get("name")));
    }
  }
}
