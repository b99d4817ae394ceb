package io.oarlock.cli;

import io.oarlock.marketplace.bundle.Bundle;
import io.oarlock.marketplace.bundle.BundleException;
import io.oarlock.marketplace.bundle.Catalog;
import io.oarlock.marketplace.bundle.CatalogEntry;
import io.oarlock.marketplace.bundle.Fault;
import io.oarlock.marketplace.bundle.Limits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** A place apps are found in. */
sealed interface CatalogSource {
  /** How the person who named it called it. */
  String place();

  Catalog catalog(Session session) throws IOException, BundleException;

  /** The bundle of an entry, which may be another than the entry says. */
  Bundle bundle(Session session, CatalogEntry entry) throws IOException, BundleException;

  /** A folder or an https URL. */
  static CatalogSource of(String place, Optional<String> ca) {
    if (place.toLowerCase(Locale.ROOT).startsWith("https://")) {
      return new Remote(place, index(place), ca);
    }
    if (place.contains("://")) {
      throw Failure.usage(
          "No catalogue is taken from " + Display.line(place),
          "Name a folder, or a URL that begins with https://");
    }
    return new Folder(place, Path.of(place));
  }

  private static URI index(String place) {
    try {
      var uri = URI.create(place);
      if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
        throw new IllegalArgumentException("It has no host, or more than host and path");
      }
      return place.endsWith(".json")
          ? uri
          : URI.create((place.endsWith("/") ? place : place + "/") + Catalog.FILE);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("Not a URL: " + Display.line(place), String.valueOf(e.getMessage()));
    }
  }

  /** A folder with an index, or with apps: each in a folder of its own, or packed. */
  record Folder(String place, Path path) implements CatalogSource {
    private static final int APPS_MAX = 1000;

    @Override
    public Catalog catalog(Session session) throws IOException, BundleException {
      if (!Files.isDirectory(path)) {
        throw Failure.usage("There is no folder " + Display.line(place));
      }
      var index = path.resolve(Catalog.FILE);
      return Files.exists(index)
          ? Catalog.read(AppAuthoring.bytes(index, Catalog.BYTES_MAX))
          : all(session);
    }

    private Catalog all(Session session) throws IOException {
      var bundles = new TreeMap<String, Bundle>();
      for (var file : apps(path)) {
        try {
          bundles.put(file.getFileName().toString(), AppAuthoring.open(session, file));
        } catch (BundleException e) {
          // One broken app does not hide the others.
          var reason = e.faults().stream().map(Fault::text).findFirst().orElse("");
          session.terminal().note(Display.line(file + " is left out: " + reason));
        }
      }
      return Catalog.of(bundles);
    }

    static List<Path> apps(Path folder) throws IOException {
      var apps = new ArrayList<Path>();
      try (var files = Files.list(folder)) {
        files
            .filter(file -> Files.exists(file.resolve(Bundle.MANIFEST)) || isPacked(file))
            .sorted()
            .limit(APPS_MAX + 1L)
            .forEach(apps::add);
      }
      if (apps.size() > APPS_MAX) {
        throw Failure.of(
            Exit.CONFLICT,
            folder + " has more than " + APPS_MAX + " apps",
            "Sort them into several folders.");
      }
      return apps;
    }

    static boolean isPacked(Path file) {
      var name = file.getFileName().toString();
      return name.endsWith(".zip") || name.endsWith(".tar.gz") || name.endsWith(".tgz");
    }

    @Override
    public Bundle bundle(Session session, CatalogEntry entry) throws IOException, BundleException {
      return AppAuthoring.open(session, path.resolve(entry.bundle()));
    }
  }

  /** An index behind a URL, with the bundles beside and below it. */
  record Remote(String place, URI index, Optional<String> ca) implements CatalogSource {
    @Override
    public Catalog catalog(Session session) throws IOException, BundleException {
      return Catalog.read(Download.get(index, ca, Catalog.BYTES_MAX));
    }

    @Override
    public Bundle bundle(Session session, CatalogEntry entry) throws IOException, BundleException {
      // Paths of entries have no empty part and no dots: they cannot lead away from the index.
      var bytes = Download.get(index.resolve(entry.bundle()), ca, Limits.ARCHIVE_MAX);
      return Bundle.read(bytes, session.model());
    }
  }
}
