package io.oarlock.cli;

import io.oarlock.marketplace.bundle.AppManifest;
import io.oarlock.marketplace.bundle.AppParameter;
import io.oarlock.marketplace.bundle.AppPermissions;
import io.oarlock.marketplace.bundle.Bundle;
import io.oarlock.model.TreeCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code oarlock app show}: all there is to know of an app before it is installed. */
final class AppShowing {
  private static final int CELL_MAX = 80;

  private final Session session;
  private final Bundle bundle;
  private final List<String> versions;

  private AppShowing(Session session, Bundle bundle, List<String> versions) {
    this.session = session;
    this.bundle = bundle;
    this.versions = versions;
  }

  static int show(Session session, Arguments given) throws IOException {
    var word = given.word(0).orElseThrow();
    var showing = of(session, given, word);
    showing.print();
    var folder = given.text(AppCommands.TO);
    if (folder.isPresent()) {
      showing.save(Path.of(folder.get()));
    }
    return Exit.OK;
  }

  private static AppShowing of(Session session, Arguments given, String word) throws IOException {
    if (Files.exists(Path.of(word))) {
      return new AppShowing(session, AppAuthoring.read(session, Path.of(word)), List.of());
    }
    if (word.contains("/")) {
      throw Failure.usage("There is no " + Display.line(word));
    }
    var reference = AppReference.parse(word);
    var catalogs = Catalogs.of(session, given);
    var found = catalogs.find(reference.app(), reference.range());
    if (found.isEmpty()) {
      throw AppPublishing.unknown(reference);
    }
    var versions = catalogs.versions(reference.app());
    return new AppShowing(session, catalogs.bundle(found.get()), versions);
  }

  private AppManifest manifest() {
    return bundle.manifest();
  }

  private void print() {
    var terminal = session.terminal();
    line(terminal.bold(Display.line(manifest().shown() + " " + manifest().version())));
    var publisher = bundle.signature().map(signature -> signature.publisher().toString());
    line(manifest().name() + ", signed by " + publisher.orElse("nobody"));
    line(bundle.digest());
    if (!versions.isEmpty()) {
      line("Versions: " + Display.line(String.join(", ", versions)));
    }
    line("");
    manifest().description().strip().lines().forEach(text -> line(Display.line(text)));
    line("");
    permissions();
    parameters();
    pictures();
  }

  private void permissions() {
    var asked = TreeCodec.of(AppPermissions.class).encode(manifest().asked());
    var lines = AppConsent.lines(asked, Map.of());
    lines.forEach(text -> line(Display.line(text)));
    if (lines.isEmpty()) {
      line("It asks to be allowed nothing.");
    }
  }

  private void parameters() {
    var table = new Table(List.of("PARAMETER", "TYPE", "DEFAULT", "WHAT FOR"), CELL_MAX);
    var asking = manifest().parameters().stream().filter(each -> each.type().asks()).toList();
    for (var each : asking) {
      var otherwise =
          each.defaultValue().map(String::valueOf).orElse(each.optional() ? "" : "required");
      var type = TreeCodec.of(AppParameter.class).encode(each).get("type");
      table.row(
          List.of(each.key(), String.valueOf(type), otherwise, each.description().orElse("")));
    }
    if (!asking.isEmpty()) {
      line("");
      table.print(session.terminal());
    }
  }

  private void pictures() {
    for (var path : manifest().screenshots()) {
      var size = Objects.requireNonNull(bundle.files().get(path)).length;
      line("Screenshot: " + Display.line(path) + " (" + size / 1024 + " KiB)");
    }
  }

  private void line(String text) {
    session.terminal().out().println(text);
  }

  /** The pictures under their last names; nothing that is there is written over. */
  private void save(Path folder) throws IOException {
    Files.createDirectories(folder);
    var paths = new ArrayList<>(manifest().screenshots());
    manifest().icon().ifPresent(paths::add);
    for (var path : paths) {
      var file = folder.resolve(path.substring(path.lastIndexOf('/') + 1));
      if (Files.exists(file)) {
        throw Failure.of(Exit.CONFLICT, file + " is there already", "Name another folder.");
      }
      Files.write(file, Objects.requireNonNull(bundle.files().get(path)));
      session.terminal().note("Wrote " + file + ".");
    }
  }
}
