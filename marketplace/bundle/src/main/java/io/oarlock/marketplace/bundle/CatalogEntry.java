package io.oarlock.marketplace.bundle;

import io.oarlock.model.types.Verb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a catalogue says of one version of an app. It is only what is shown and what is asked for:
 * the bundle itself is held against the digest.
 *
 * @param summary what it does, on one line
 * @param publisher key of who signed it; empty when nobody did
 * @param digest of the contents of the bundle
 * @param permissions what it asks to be allowed, a phrase for each
 * @param screenshots files of its bundle
 * @param bundle where the bundle is, relative to the index
 */
public record CatalogEntry(
    String name,
    SemanticVersion version,
    String title,
    String summary,
    String category,
    Optional<String> publisher,
    String digest,
    List<String> permissions,
    List<String> screenshots,
    String bundle) {
  private static final int SUMMARY_MAX = 200;
  private static final int PERMISSIONS_MAX = 224;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final Pattern KEY = Pattern.compile("ed25519:[A-Za-z0-9_-]{43}");
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s|\\n\\s*\\n");

  public CatalogEntry {
    permissions = List.copyOf(permissions);
    screenshots = List.copyOf(screenshots);
  }

  /** The name and version, as people write them. */
  public String shown() {
    return name + "@" + version;
  }

  /** What there is to say of a bundle that lies at that path. */
  static CatalogEntry of(Bundle bundle, String path) {
    var manifest = bundle.manifest();
    return new CatalogEntry(
        manifest.name(),
        manifest.semanticVersion(),
        manifest.shown(),
        summary(manifest.description()),
        category(manifest.category()),
        bundle.signature().map(signature -> signature.publisher().toString()),
        bundle.digest(),
        permissions(manifest.asked()),
        manifest.screenshots(),
        path);
  }

  private static String summary(String description) {
    var sentence = SENTENCE_END.split(description.strip(), 2)[0].replaceAll("\\s+", " ");
    return sentence.length() <= SUMMARY_MAX
        ? sentence
        : sentence.substring(0, SUMMARY_MAX - 1) + "…";
  }

  private static String category(AppManifest.Category category) {
    return category.name().charAt(0) + category.name().substring(1).toLowerCase(Locale.ROOT);
  }

  private static List<String> permissions(AppPermissions asked) {
    var phrases = new ArrayList<String>();
    asked
        .entitlements()
        .forEach((type, verbs) -> {
          var words = verbs.stream().sorted().map(CatalogEntry::word).toList();
          phrases.add(String.join(", ", words) + " " + type);
        });
    asked.secrets().forEach(secret -> phrases.add("use the secret " + secret));
    asked
        .hosts()
        .forEach(host ->
            phrases.add("send requests to " + (host.equals(HostNames.ANY) ? "any host" : host)));
    return phrases;
  }

  private static String word(Verb verb) {
    return verb == Verb.ANY ? "everything on" : verb.name().toLowerCase(Locale.ROOT);
  }

  Map<String, Object> tree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name", name);
    tree.put("version", version.toString());
    tree.put("title", title);
    tree.put("summary", summary);
    tree.put("category", category);
    publisher.ifPresent(key -> tree.put("publisher", key));
    tree.put("digest", digest);
    tree.put("permissions", permissions);
    if (!screenshots.isEmpty()) {
      tree.put("screenshots", screenshots);
    }
    tree.put("bundle", bundle);
    return tree;
  }

  /** Reads an entry; an {@link IllegalArgumentException} says what is wrong with it. */
  static CatalogEntry read(Map<?, ?> tree) {
    return new CatalogEntry(
        text(tree, "name", 64, matches(NAME)),
        SemanticVersion.parse(text(tree, "version", 64, any -> true)),
        text(tree, "title", 80, any -> true),
        text(tree, "summary", SUMMARY_MAX, any -> true),
        text(tree, "category", 32, any -> true),
        tree.containsKey("publisher")
            ? Optional.of(text(tree, "publisher", 64, matches(KEY)))
            : Optional.empty(),
        text(tree, "digest", 128, matches(DIGEST)),
        phrases(tree.get("permissions")),
        screenshots(tree),
        text(tree, "bundle", Limits.PATH_MAX, path -> BundlePath.fault(path).isEmpty()));
  }

  /** None when the index does not speak of them. */
  private static List<String> screenshots(Map<?, ?> tree) {
    if (!tree.containsKey("screenshots")) {
      return List.of();
    }
    if (tree.get("screenshots") instanceof List<?> list
        && list.size() <= Limits.SCREENSHOTS_MAX
        && list.stream()
            .allMatch(each -> each instanceof String path && BundlePath.fault(path).isEmpty())) {
      return list.stream().map(String::valueOf).toList();
    }
    throw new IllegalArgumentException(
        "screenshots is no list of at most " + Limits.SCREENSHOTS_MAX + " paths");
  }

  private static Predicate<String> matches(Pattern pattern) {
    return text -> pattern.matcher(text).matches();
  }

  private static String text(Map<?, ?> tree, String member, int most, Predicate<String> rule) {
    if (tree.get(member) instanceof String text
        && !text.isEmpty()
        && text.length() <= most
        && rule.test(text)) {
      return text;
    }
    throw new IllegalArgumentException(
        member + " is not there, longer than " + most + " characters, or not in its form");
  }

  private static List<String> phrases(@org.jspecify.annotations.Nullable Object value) {
    if (value instanceof List<?> list
        && list.size() <= PERMISSIONS_MAX
        && list.stream().allMatch(each -> each instanceof String text && text.length() <= 512)) {
      return list.stream().map(String::valueOf).toList();
    }
    throw new IllegalArgumentException(
        "permissions is no list of at most " + PERMISSIONS_MAX + " short texts");
  }
}
