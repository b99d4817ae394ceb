package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import io.oarlock.marketplace.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Getting apps into a namespace: those that were packed here, and those of catalogues. */
final class AppPublishing {
  private AppPublishing() {}

  static int publish(Session session, Arguments given) throws IOException {
    var word = given.word(0).orElseThrow();
    var bundle = Files.exists(Path.of(word)) ? packed(session, word) : listed(session, given, word);
    try (var api = session.api()) {
      publish(session, given, api, bundle);
    }
    return Exit.OK;
  }

  /** In the namespace of that client. */
  static void publish(Session session, Arguments given, Api api, byte[] bundle) {
    var body = new LinkedHashMap<String, Object>();
    body.put("bundle", Base64.getEncoder().encodeToString(bundle));
    body.put("propagate", given.flag(AppCommands.PROPAGATE));
    var app = session.type("app");
    var made = api.ask(Ask.of("POST", Types.path(app)).body(body)).object();
    session.terminal().out().println(Types.said(app, made) + " published");
  }

  private static byte[] packed(Session session, String word) throws IOException {
    var file = Path.of(word);
    if (Files.isDirectory(file)) {
      throw Failure.usage(file + " is a folder", "Pack it first: oarlock app build " + file);
    }
    AppAuthoring.read(session, file);
    return Files.readAllBytes(file);
  }

  private static byte[] listed(Session session, Arguments given, String word) throws IOException {
    if (word.contains("/") || word.contains(".zip") || word.contains(".tar")) {
      throw Failure.usage("There is no " + Display.line(word));
    }
    var reference = AppReference.parse(word);
    var bundle = find(session, given, reference).orElseThrow(() -> unknown(reference));
    return signed(session, given, bundle);
  }

  static Failure unknown(AppReference reference) {
    return Failure.of(
        Exit.NOT_FOUND,
        "There is neither a file nor an app of a catalogue called " + reference.shown(),
        "Apps of catalogues: oarlock app search");
  }

  /** The newest of the versions meant that the catalogues have. */
  static Optional<Bundle> find(Session session, Arguments given, AppReference reference)
      throws IOException {
    var catalogs = Catalogs.of(session, given);
    var found = catalogs.find(reference.app(), reference.range());
    return found.isPresent() ? Optional.of(catalogs.bundle(found.get())) : Optional.empty();
  }

  /** Packed; what nobody signed only with the word of who publishes it. */
  static byte[] signed(Session session, Arguments given, Bundle bundle) throws IOException {
    if (bundle.signature().isPresent()) {
      return bundle.pack();
    }
    var manifest = bundle.manifest();
    if (!given.flag(AppCommands.SIGN)) {
      throw Failure.of(
          Exit.CONFLICT,
          "Nobody has signed " + manifest.name() + "@" + manifest.version(),
          "Look at it, and sign it with a key of yours: add --sign. Nothing was changed.");
    }
    return bundle.signed(AppAuthoring.key(session, given)).pack();
  }
}
