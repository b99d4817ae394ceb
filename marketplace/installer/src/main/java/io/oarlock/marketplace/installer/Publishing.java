package io.oarlock.marketplace.installer;

import io.oarlock.marketplace.bundle.AppManifest;
import io.oarlock.marketplace.bundle.Bundle;
import io.oarlock.marketplace.bundle.BundleException;
import io.oarlock.marketplace.bundle.Fault;
import io.oarlock.model.Problem;
import io.oarlock.model.TreeCodec;
import io.oarlock.model.Violation;
import io.oarlock.spi.TypeWrite;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Taking a version of an app into a namespace: only whole, and only of a trusted publisher. */
final class Publishing {
  static final String BUNDLE = "bundle";

  /** What is kept, and never shown: events and answers would carry it about. */
  private static final String CONTENT = "content";

  private Publishing() {}

  /** The name of a published version, by which it is found. */
  static String name(String app, String version) {
    return app + "@" + version;
  }

  /** The name is that of the manifest; a caller may leave it out. */
  static void prepare(TypeWrite write) {
    if (write.resource().get(BUNDLE) instanceof String base64 && write.original().isEmpty()) {
      var manifest = trusted(write, base64).manifest();
      write.resource().putIfAbsent("name", name(manifest.name(), manifest.version()));
    }
  }

  static void process(TypeWrite write) {
    var base64 = String.valueOf(write.resource().remove(BUNDLE));
    write.resource().put(CONTENT, base64);
    var bundle = trusted(write, base64);
    var manifest = bundle.manifest();
    var name = name(manifest.name(), manifest.version());
    if (!name.equals(write.resource().get("name"))) {
      write.refuse(
          new Violation(
              "wrong-name",
              "The bundle is " + name + ".",
              "/name",
              Optional.of("Leave the name out.")));
    }
    write.resource().put("app", manifest.name());
    write.resource().put("appVersion", manifest.version());
    write.resource().put("digest", bundle.digest());
    write.resource().put("publisher", bundle.signature().orElseThrow().publisher().toString());
    write.resource().put("manifest", TreeCodec.of(AppManifest.class).encode(manifest));
  }

  /** The bundle of a published version, as trusted as it would be if it were published now. */
  static Bundle of(TypeWrite write, Map<String, Object> app) {
    return trusted(write, String.valueOf(app.get(CONTENT)));
  }

  private static Bundle trusted(TypeWrite write, String base64) {
    try {
      var bundle = Bundle.read(Base64.getDecoder().decode(base64), write.model());
      Publishers.of(write).require(bundle);
      return bundle;
    } catch (BundleException e) {
      throw Problem.invalid(e.faults().stream().map(Publishing::violation).toList());
    } catch (IllegalArgumentException _) {
      throw Problem.invalid(
          List.of(Violation.of("bad-format", "The bundle is not Base64.", "/" + BUNDLE)));
    }
  }

  private static Violation violation(Fault fault) {
    var where = fault.where().isEmpty() ? "" : fault.where() + ": ";
    return new Violation(
        fault.code(), where + fault.reason(), "/" + BUNDLE, Optional.of(fault.fix()));
  }
}
