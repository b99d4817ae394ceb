package io.oarlock.cli;

import io.oarlock.marketplace.bundle.VersionRange;
import java.util.Optional;
import java.util.regex.Pattern;

/** An app and which of its versions: {@code cloud-ranges}, {@code cloud-ranges@1.2}. */
record AppReference(String app, VersionRange range) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

  /** Names of apps stand in filters, where nothing else may. */
  AppReference {
    if (!NAME.matcher(app).matches()) {
      throw Failure.usage("No app can be called \"" + Display.line(app) + "\"");
    }
  }

  static AppReference parse(String word) {
    var at = word.indexOf('@');
    return at < 0
        ? new AppReference(word, VersionRange.ANY)
        : of(word.substring(0, at), Optional.of(word.substring(at + 1)));
  }

  static AppReference of(String app, Optional<String> version) {
    try {
      return new AppReference(app, version.map(VersionRange::parse).orElse(VersionRange.ANY));
    } catch (IllegalArgumentException e) {
      throw Failure.usage(Display.line(String.valueOf(e.getMessage())));
    }
  }

  String shown() {
    var version = range.toString();
    return version.isEmpty() ? app : app + "@" + version;
  }
}
