package io.oarlock.marketplace.installer;

import io.oarlock.marketplace.bundle.Rendering;
import io.oarlock.model.Problem;
import io.oarlock.model.TreeCodec;
import io.oarlock.model.Violation;
import io.oarlock.model.types.Installation;
import io.oarlock.spi.TypeWrite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Making a namespace look as a version of an app and the answers to its parameters say: what is not
 * there is made, what differs is changed, what is not said any more is removed, all in the batch of
 * the installation itself and in the name of who installs.
 */
final class Installing {
  /** The tag of everything that an installation made. */
  private static final String LABEL = "app:installation=";

  /** What going back goes back to. */
  private static final List<String> REMEMBERED = List.of("appVersion", "parameters", "consent");

  private static final String AUTOMATION = "automation";
  private static final String KEPT_VALUES = "keptValues";

  private final TypeWrite write;
  private final Map<String, Object> installation;
  private final List<Object> changes = new ArrayList<>();
  private final List<Map<String, Object>> automations = new ArrayList<>();

  Installing(TypeWrite write) {
    this.write = write;
    this.installation = write.resource();
  }

  void process() {
    var isBack = Boolean.TRUE.equals(installation.remove("goBack"));
    var rehearses = Boolean.TRUE.equals(installation.remove("rehearse"));
    if (rehearses && !write.isDryRun()) {
      write.refuse(rehearsalInEarnest());
      return;
    }
    if (isBack && !goBack()) {
      write.refuse(nothingBefore());
      return;
    }
    var app = published().or(this::app);
    if (app.isEmpty()) {
      write.refuse(unknown());
      return;
    }
    var bundle = Publishing.of(write, app.get());
    var rendered = Rendering.of(bundle, parameters(), write.namespace().value(), text("name"));
    var wrong = new ArrayList<>(rendered.violations());
    wrong.addAll(
        Consents.missing(
            bundle.manifest().asked(), rendered.secrets(), rendered.hosts(), consent()));
    if (!wrong.isEmpty()) {
      wrong.forEach(write::refuse);
      return;
    }
    remember();
    installation.put("publisher", Objects.requireNonNull(app.get().get("publisher")));
    installation.put("digest", bundle.digest());
    installation.put("resources", apply(rendered.resources()));
    installation.put("changes", changes);
    if (isBack) {
      bringBack();
    }
    if (rehearses) {
      installation.put("rehearsals", write.rehearse(automations));
    }
  }

  private static Violation rehearsalInEarnest() {
    return new Violation(
        "no-dry-run",
        "Only what is not done is rehearsed.",
        "/rehearse",
        Optional.of("Add dryRun=true to the request, or leave rehearse out."));
  }

  /** Wants what was installed before, if there was something. */
  private boolean goBack() {
    var previous = write.original().map(each -> each.get("previous"));
    if (!(previous.orElse(null) instanceof Map<?, ?> before)) {
      return false;
    }
    for (var name : REMEMBERED) {
      installation.remove(name);
      Optional.ofNullable(before.get(name)).ifPresent(value -> installation.put(name, value));
    }
    return true;
  }

  private static Violation nothingBefore() {
    return new Violation(
        "nothing-before",
        "There is nothing to go back to: it was not changed since it was installed.",
        "/goBack",
        Optional.of("Leave goBack out."));
  }

  private void bringBack() {
    var original = write.original().orElseThrow();
    if (original.get("kept") instanceof Map<?, ?> kept
        && original.get("previous") instanceof Map<?, ?> before
        && before.containsKey(KEPT_VALUES)) {
      Kept.of(kept).bringBack(write, Resources.of(installation));
    }
  }

  private String text(String name) {
    return String.valueOf(installation.get(name));
  }

  private String wanted() {
    return Publishing.name(text("app"), text("appVersion"));
  }

  /** The version that came with the installation, published by the same commit. */
  private Optional<Map<String, Object>> published() {
    return Optional.ofNullable(installation.remove(Publishing.BUNDLE))
        .map(bundle -> {
          var body = Map.<String, Object>of("name", wanted(), Publishing.BUNDLE, bundle);
          return Resources.said(Marketplace.APP, () -> write.create(Marketplace.APP, body));
        });
  }

  /** The version here, or else the nearest above that is handed down. */
  private Optional<Map<String, Object>> app() {
    var name = wanted();
    var here = write.stored(Marketplace.APP, write.namespace(), "name", name).stream().findFirst();
    return here.or(() ->
        write.namespace().ancestors().stream()
            .flatMap(above -> write.stored(Marketplace.APP, above, "name", name).stream())
            .filter(each -> Publishers.isTrue(each, "propagate"))
            .findFirst());
  }

  private Violation unknown() {
    return new Violation(
        "unknown-app",
        "No app %s is published in %s or handed down to it.".formatted(wanted(), write.namespace()),
        "/appVersion",
        Optional.of("Publish it with oarlock app publish, or choose another version."));
  }

  @SuppressWarnings("unchecked") // trees have text keys
  private Map<String, Object> parameters() {
    return installation.get("parameters") instanceof Map<?, ?> map
        ? (Map<String, Object>) map
        : Map.of();
  }

  @SuppressWarnings("unchecked") // trees have text keys
  private Optional<Installation.Consent> consent() {
    return installation.get("consent") instanceof Map<?, ?> map
        ? Optional.of(TreeCodec.of(Installation.Consent.class).decode((Map<String, Object>) map))
        : Optional.empty();
  }

  private void remember() {
    var before = new LinkedHashMap<String, Object>();
    var original = write.original().orElse(Map.of());
    for (var name : REMEMBERED) {
      Optional.ofNullable(original.get(name)).ifPresent(value -> before.put(name, value));
    }
    var isOther =
        REMEMBERED.stream()
            .anyMatch(name -> !Objects.equals(original.get(name), installation.get(name)));
    if (before.isEmpty() || !isOther) {
      return;
    }
    var kept = Kept.now(write, Resources.of(original));
    kept.ifPresent(values -> before.put(KEPT_VALUES, (long) values.count()));
    installation.put("previous", before);
    installation.put("kept", kept.map(Kept::tree).orElse(Map.of()));
  }

  private List<Object> apply(List<Rendering.Made> wanted) {
    var before = new LinkedHashMap<String, Resources.Made>();
    write.original().map(Resources::of).orElse(List.of()).forEach(m -> before.put(m.key(), m));
    var after = new ArrayList<Object>();
    // What goes first makes room for what comes under the same name in another type.
    var wantedKeys = wanted.stream().map(Rendering.Made::key).toList();
    before.values().stream()
        .filter(made -> !wantedKeys.contains(made.key()))
        .toList()
        .reversed()
        .forEach(made -> {
          Resources.remove(write, made);
          change("Remove", made.type(), made.name());
        });
    for (var each : wanted) {
      var known =
          Optional.ofNullable(before.get(each.key()))
              .filter(made -> write.stored(made.type(), made.id()).isPresent());
      after.add(Resources.said(each.key(), () -> put(each, known)).tree());
    }
    return after;
  }

  private Resources.Made put(Rendering.Made wanted, Optional<Resources.Made> known) {
    var body = body(wanted);
    var digest = Rendering.digest(body);
    if (known.isPresent()) {
      var made = known.get();
      if (made.digest().equals(digest)) {
        change("Keep", made.type(), made.name());
        return made;
      }
      written(wanted, write.update(wanted.type(), made.id(), body));
      change("Change", wanted.type(), wanted.name());
      return new Resources.Made(made.type(), made.name(), made.id(), digest);
    }
    requireFree(wanted);
    var id = written(wanted, write.create(wanted.type(), body));
    change("Add", wanted.type(), wanted.name());
    return new Resources.Made(wanted.type(), wanted.name(), id, digest);
  }

  /** The id of what was made or changed. */
  private String written(Rendering.Made wanted, Map<String, Object> resource) {
    if (wanted.type().equals(AUTOMATION)) {
      automations.add(resource);
    }
    return String.valueOf(resource.get("id"));
  }

  /** Somebody else's resource is neither taken over nor doubled. */
  private void requireFree(Rendering.Made wanted) {
    if (!write.stored(wanted.type(), write.namespace(), "name", wanted.name()).isEmpty()) {
      throw Problem.conflict(
          "name-taken",
          "%s has another %s of that name; rename that one, or answer the parameters otherwise"
              .formatted(write.namespace(), wanted.type()));
    }
  }

  private Map<String, Object> body(Rendering.Made wanted) {
    var body = new LinkedHashMap<String, Object>(wanted.body());
    body.put("name", wanted.name());
    var tags = new ArrayList<Object>();
    if (body.get("associatedTags") instanceof List<?> own) {
      tags.addAll(own);
    }
    tags.add(LABEL + text("name"));
    body.put("associatedTags", tags);
    return body;
  }

  private void change(String doing, String type, String name) {
    var change = new LinkedHashMap<String, Object>();
    change.put("doing", doing);
    change.put("type", type);
    change.put("name", name);
    changes.add(change);
  }
}
