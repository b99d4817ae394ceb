package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import io.oarlock.marketplace.bundle.AppManifest;
import io.oarlock.marketplace.bundle.AppPermissions;
import io.oarlock.marketplace.bundle.Bundle;
import io.oarlock.marketplace.bundle.Questions;
import io.oarlock.marketplace.bundle.Rendering;
import io.oarlock.model.ResourceType;
import io.oarlock.model.TreeCodec;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commands for who uses apps. Each is a write of an installation, whose dry run is the plan. */
final class AppInstalling {
  private static final int VERSIONS_MAX = 1000;
  private static final byte[] NONE = {};

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
    var reference = AppReference.parse(given.word(0).orElseThrow());
    var here = published(reference);
    var listed =
        here.isPresent() ? Optional.<Bundle>empty() : AppPublishing.find(session, given, reference);
    var manifest =
        here.or(() -> listed.map(Bundle::manifest)).orElseThrow(() -> unknown(reference));
    var archive = listed.isPresent() ? AppPublishing.signed(session, given, listed.get()) : NONE;
    var body = new LinkedHashMap<String, Object>();
    body.put("name", given.text(AppCommands.AS).orElse(reference.app()));
    body.put("app", reference.app());
    body.put("appVersion", manifest.version());
    answer(body, manifest, Map.of(), isPlan);
    if (archive.length > 0) {
      // Together, so that an app whose installation is refused is not published either.
      body.put("bundle", Base64.getEncoder().encodeToString(archive));
    }
    if (isPlan) {
      body.put("rehearse", true);
    }
    var ask = Ask.of("POST", Types.path(type)).query(dry(isPlan)).body(body);
    var made = api.ask(ask).object();
    if (archive.length > 0) {
      var published = Types.said(session.type("app"), manifest.name() + "@" + manifest.version());
      session.terminal().out().println(published + " published" + (isPlan ? " (dry run)" : ""));
    }
    show(made, isPlan, "installed");
  }

  private void upgrade() throws IOException {
    var current = current();
    var app = Tree.text(current, "app").orElseThrow();
    var reference = AppReference.of(app, given.word(1));
    var manifest = published(reference).orElseThrow(() -> unknown(reference));
    var body = writable(current);
    body.put("appVersion", manifest.version());
    answer(body, manifest, Tree.map(current.get("parameters")), isDry());
    if (isDry()) {
      body.put("rehearse", true);
    }
    change("PUT", current, body, "upgraded");
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
    if (!previous.containsKey("keptValues")) {
      session.terminal().note("What its automations keep stays as it is: it was not remembered.");
    }
    change("PATCH", current, Map.of("goBack", true), "rolled back");
  }

  private void uninstall() {
    var current = current();
    var resources = Tree.maps(current.get("resources"));
    var left = AppRemains.left(session, api, resources);
    if (!isDry()) {
      api.ask(Ask.of("DELETE", Types.path(type, id(current))));
    }
    changes(resources, "Remove");
    if (!left.isEmpty()) {
      var types = Display.line(String.join(", ", left));
      session.terminal().out().println("What its automations created stays: " + types);
    }
    if (!isDry()) {
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

  private void change(
      String method, Map<String, Object> current, Map<String, Object> body, String done) {
    var ask =
        Ask.of(method, Types.path(type, id(current)))
            .query(dry(isDry()))
            .header("If-Match", "\"" + current.get("version") + "\"")
            .body(body);
    show(api.ask(ask).object(), isDry(), done);
  }

  /** The manifest of the newest published version of those meant. */
  private Optional<AppManifest> published(AppReference reference) {
    var query =
        new Query()
            .with("propagated", true)
            .with("limit", String.valueOf(VERSIONS_MAX))
            .with("q", "app == \"" + reference.app() + "\"");
    var apps = session.type("app");
    var all =
        Tree.maps(api.ask(Ask.of("GET", Types.path(apps)).query(query)).tree()).stream()
            .map(each -> TreeCodec.of(AppManifest.class).decode(Tree.map(each.get("manifest"))));
    return reference.range().newest(all, AppManifest::semanticVersion);
  }

  private static Failure unknown(AppReference reference) {
    return Failure.of(
        Exit.NOT_FOUND,
        "No app " + reference.shown() + " is published here",
        "Published apps: oarlock api list apps; those of catalogues: oarlock app search");
  }

  private void answer(
      Map<String, Object> body, AppManifest manifest, Map<String, Object> before, boolean isPlan)
      throws IOException {
    var attributes = Questions.attributes(manifest.parameters());
    var said = Assignments.apply(manifest.name(), attributes, before, given.all(Option.SET));
    var answers = AppQuestions.complete(session.terminal(), manifest, said);
    body.put("parameters", answers);
    var known = new LinkedHashMap<String, Object>();
    attributes.forEach(
        each -> each.defaultValue().ifPresent(value -> known.put(each.name(), value)));
    known.putAll(answers);
    var asked = TreeCodec.of(AppPermissions.class).encode(manifest.asked());
    var consent = new LinkedHashMap<String, Object>(asked);
    consent.put("secrets", List.copyOf(Rendering.secrets(manifest, known)));
    consent.put("hosts", List.copyOf(Rendering.hosts(manifest, known)));
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
    AppRehearsals.print(session.terminal(), Tree.maps(installation.get("rehearsals")));
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
