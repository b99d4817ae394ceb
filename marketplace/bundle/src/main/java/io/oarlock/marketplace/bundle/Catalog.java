package io.oarlock.marketplace.bundle;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Apps to choose from, by what an index says of them: JSON with {@code format} and {@code apps}. It
 * is believed for showing and finding; a bundle that differs from its digest is not taken, and
 * whose bundles are taken is {@link Trust}'s question.
 */
public final class Catalog {
  /** The file of an index, in a folder or below a URL. */
  public static final String FILE = "index.json";

  /** Bytes of an index. */
  public static final int BYTES_MAX = 16 * 1024 * 1024;

  /** Versions of apps in one index. */
  public static final int ENTRIES_MAX = 20_000;

  private static final long FORMAT = 1;

  private final List<CatalogEntry> entries;

  /** The newest version of each app, by name, with the words it is found by. */
  private final List<Shown> shown;

  /** What one search looks at, in small letters. */
  private record Shown(CatalogEntry entry, String name, String title, String words) {
    static Shown of(CatalogEntry entry) {
      var title = entry.title().toLowerCase(Locale.ROOT);
      var all =
          String.join(
              "\n",
              entry.name(),
              title,
              entry.category().toLowerCase(Locale.ROOT),
              entry.summary().toLowerCase(Locale.ROOT));
      return new Shown(entry, entry.name(), title, all);
    }

    /** How well it answers words which it has all of; less is better. */
    int distance(List<String> asked) {
      var first = asked.isEmpty() ? "" : asked.getFirst();
      if (name.equals(String.join("-", asked)) || name.equals(first)) {
        return 0;
      }
      return name.startsWith(first) ? 1 : name.contains(first) ? 2 : title.contains(first) ? 3 : 4;
    }
  }

  /** A found app and how well it answers. */
  private record Hit(CatalogEntry entry, int distance) {}

  /** A catalogue of these. */
  public Catalog(List<CatalogEntry> entries) {
    this.entries = List.copyOf(entries);
    var newest = new HashMap<String, List<CatalogEntry>>();
    entries.forEach(
        each -> newest.computeIfAbsent(each.name(), name -> new ArrayList<>()).add(each));
    this.shown =
        newest.values().stream()
            .flatMap(each -> VersionRange.ANY.newest(each.stream(), CatalogEntry::version).stream())
            .sorted(Comparator.comparing(CatalogEntry::name))
            .map(Shown::of)
            .toList();
  }

  /** What there is to say of bundles, by where they lie. */
  public static Catalog of(Map<String, Bundle> bundles) {
    var entries = new ArrayList<CatalogEntry>();
    bundles.forEach((path, bundle) -> entries.add(CatalogEntry.of(bundle, path)));
    return new Catalog(entries);
  }

  /** Reads an index. */
  public static Catalog read(byte[] index) throws BundleException {
    if (index.length > BYTES_MAX) {
      throw refusal("", "An index has at most " + BYTES_MAX + " bytes.");
    }
    Map<String, Object> tree;
    try {
      tree = Json.parseObject(index);
    } catch (JsonException e) {
      throw refusal("", "It is no JSON object: " + e.getMessage() + ".");
    }
    if (!Long.valueOf(FORMAT).equals(tree.get("format"))) {
      throw refusal("/format", "Its format is not " + FORMAT + ", the only one known here.");
    }
    if (!(tree.get("apps") instanceof List<?> apps) || apps.size() > ENTRIES_MAX) {
      throw refusal("/apps", "It has no list of at most " + ENTRIES_MAX + " apps.");
    }
    var entries = new ArrayList<CatalogEntry>(apps.size());
    for (var app : apps) {
      entries.add(entry(app, "/apps/" + entries.size()));
    }
    return new Catalog(entries);
  }

  private static CatalogEntry entry(@org.jspecify.annotations.Nullable Object app, String pointer)
      throws BundleException {
    if (!(app instanceof Map<?, ?> map)) {
      throw refusal(pointer, "It is no object.");
    }
    try {
      return CatalogEntry.read(map);
    } catch (IllegalArgumentException e) {
      throw refusal(pointer, e.getMessage() + ".");
    }
  }

  private static BundleException refusal(String pointer, String reason) {
    return new BundleException(
        new Fault("bad-index", FILE + pointer, reason, "Make it anew with oarlock app index."));
  }

  /** The index, which {@link #read} reads. */
  public byte[] index() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("format", FORMAT);
    tree.put(
        "apps",
        entries.stream()
            .sorted(Comparator.comparing(CatalogEntry::name).thenComparing(CatalogEntry::version))
            .map(CatalogEntry::tree)
            .toList());
    return (Json.pretty(tree) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** How many versions of apps there are. */
  public int size() {
    return entries.size();
  }

  /**
   * The newest version of each app that has all the words, whole or in part, in its name, title,
   * category or summary; all apps for no words. The best answers come first.
   *
   * @param most no more than that many are answered
   */
  public List<CatalogEntry> search(List<String> words, int most) {
    var asked = words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    return shown.stream()
        .filter(each -> asked.stream().allMatch(each.words()::contains))
        .map(each -> new Hit(each.entry(), each.distance(asked)))
        .sorted(Comparator.comparingInt(Hit::distance))
        .limit(most)
        .map(Hit::entry)
        .toList();
  }

  /** The newest of an app's versions in a range. */
  public Optional<CatalogEntry> find(String name, VersionRange range) {
    return range.newest(
        entries.stream().filter(each -> each.name().equals(name)), CatalogEntry::version);
  }

  /** The versions of an app, newest first; none when it is not here. */
  public List<SemanticVersion> versions(String name) {
    return entries.stream()
        .filter(each -> each.name().equals(name))
        .map(CatalogEntry::version)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** Refused unless a bundle is the one an entry speaks of. */
  public static void require(CatalogEntry entry, Bundle bundle) throws BundleException {
    var manifest = bundle.manifest();
    var isSame =
        bundle.digest().equals(entry.digest())
            && manifest.name().equals(entry.name())
            && manifest.version().equals(entry.version().toString());
    if (!isSame) {
      throw new BundleException(
          Fault.of(
              "not-as-listed",
              "It is %s@%s of %s, and the catalogue speaks of %s of %s."
                  .formatted(
                      manifest.name(),
                      manifest.version(),
                      bundle.digest(),
                      entry.shown(),
                      entry.digest()),
              "Tell who keeps the catalogue; its index is old, or the bundle was exchanged."));
    }
  }
}
