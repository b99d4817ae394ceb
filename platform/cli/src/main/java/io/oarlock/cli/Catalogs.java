package io.oarlock.cli;

import io.oarlock.marketplace.bundle.Bundle;
import io.oarlock.marketplace.bundle.BundleException;
import io.oarlock.marketplace.bundle.Catalog;
import io.oarlock.marketplace.bundle.CatalogEntry;
import io.oarlock.marketplace.bundle.Fault;
import io.oarlock.marketplace.bundle.VersionRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Model.ArgSpec;

/** The catalogues somebody looks into, and what is found there. */
final class Catalogs {
  static final String CATALOG = "--catalog";
  static final String CA_FILE = "--ca-file";

  /** Folders and URLs, separated by commas; the launcher names the catalogue it came with. */
  private static final String VARIABLE = "OARLOCK_CATALOGS";

  private static final int SHOWN_MAX = 50;

  private final Session session;
  private final List<CatalogSource> sources;

  private Catalogs(Session session, List<CatalogSource> sources) {
    this.session = session;
    this.sources = List.copyOf(sources);
  }

  /** Where an app was found. */
  record Found(CatalogSource source, CatalogEntry entry) {}

  static List<ArgSpec> options() {
    return List.of(
        Option.many(
            "PLACE",
            "Also look into this catalogue, a folder or an https URL; for always: "
                + VARIABLE
                + ".",
            CATALOG),
        Option.text("FILE", "Certificates that vouch for the URLs, in PEM.", CA_FILE));
  }

  static Catalogs of(Session session, Arguments given) throws IOException {
    var places = new LinkedHashSet<String>();
    places.addAll(given.all(CATALOG));
    for (var place : session.environment().get(VARIABLE).orElse("").split(",", -1)) {
      places.add(place.strip());
    }
    places.remove("");
    var file = given.text(CA_FILE);
    var ca = file.isPresent() ? Optional.of(Files.readString(Path.of(file.get()))) : file;
    return new Catalogs(
        session, places.stream().map(place -> CatalogSource.of(place, ca)).toList());
  }

  static int search(Session session, Arguments given) throws IOException {
    var found = of(session, given).search(given.words());
    var output = new Output(session, given, "table");
    if (!output.isForPeople()) {
      output.tree(found.stream().map(Catalogs::tree).toList());
    } else if (found.isEmpty()) {
      session.terminal().note("No app is found by these words.");
    } else {
      var table = new Table(List.of("APP", "VERSION", "CATEGORY", "WHAT IT DOES"), 100);
      for (var each : found) {
        var entry = each.entry();
        table.row(
            List.of(entry.name(), entry.version().toString(), entry.category(), entry.summary()));
      }
      table.print(session.terminal());
    }
    return found.isEmpty() ? Exit.NOT_FOUND : Exit.OK;
  }

  private static Map<String, Object> tree(Found found) {
    var entry = found.entry();
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name", entry.name());
    tree.put("version", entry.version().toString());
    tree.put("title", entry.title());
    tree.put("category", entry.category());
    tree.put("summary", entry.summary());
    tree.put("permissions", entry.permissions());
    tree.put("screenshots", entry.screenshots());
    entry.publisher().ifPresent(key -> tree.put("publisher", key));
    tree.put("digest", entry.digest());
    tree.put("catalog", found.source().place());
    return tree;
  }

  /** Writes the index of a folder of packed apps, for others to search in. */
  static int index(Session session, Arguments given) throws IOException {
    var folder = Path.of(given.word(0).orElseThrow());
    if (!Files.isDirectory(folder)) {
      throw Failure.usage("There is no folder " + folder);
    }
    var bundles = new TreeMap<String, Bundle>();
    for (var file : CatalogSource.Folder.apps(folder)) {
      if (CatalogSource.Folder.isPacked(file)) {
        bundles.put(file.getFileName().toString(), AppAuthoring.read(session, file));
      }
    }
    var catalog = Catalog.of(bundles);
    Files.write(folder.resolve(Catalog.FILE), catalog.index());
    session.terminal().note("Wrote " + folder.resolve(Catalog.FILE) + ": " + catalog.size() + ".");
    return Exit.OK;
  }

  /**
   * What answers the words in any of the catalogues, each app once: as the first of them has it.
   */
  private List<Found> search(List<String> words) throws IOException {
    var found = new LinkedHashMap<String, Found>();
    for (var source : sources) {
      for (var entry : catalog(source).search(words, SHOWN_MAX)) {
        found.putIfAbsent(entry.name(), new Found(source, entry));
      }
    }
    return found.values().stream().limit(SHOWN_MAX).toList();
  }

  /**
   * The newest version in a range that the first catalogue with any of them has: a later catalogue
   * cannot put its own in place of it by a greater number.
   */
  Optional<Found> find(String app, VersionRange range) throws IOException {
    for (var source : sources) {
      var entry = catalog(source).find(app, range);
      if (entry.isPresent()) {
        return Optional.of(new Found(source, entry.get()));
      }
    }
    return Optional.empty();
  }

  /** The versions that the first catalogue with an app has of it, newest first. */
  List<String> versions(String app) throws IOException {
    for (var source : sources) {
      var versions = catalog(source).versions(app);
      if (!versions.isEmpty()) {
        return versions.stream().map(String::valueOf).toList();
      }
    }
    return List.of();
  }

  private Catalog catalog(CatalogSource source) throws IOException {
    try {
      return source.catalog(session);
    } catch (BundleException e) {
      throw refused(source.place() + " is no catalogue that can be used", e);
    }
  }

  /** The bundle that was found, which is what its catalogue speaks of. */
  Bundle bundle(Found found) throws IOException {
    try {
      var bundle = found.source().bundle(session, found.entry());
      Catalog.require(found.entry(), bundle);
      return bundle;
    } catch (BundleException e) {
      throw refused(
          found.entry().shown() + " of " + found.source().place() + " is no app that can be used",
          e);
    }
  }

  private static Failure refused(String title, BundleException e) {
    var lines = e.faults().stream().map(Fault::text).map(Display::line).toArray(String[]::new);
    return Failure.of(Exit.CONFLICT, Display.line(title), lines);
  }
}
