package io.oarlock.cli;

import io.oarlock.marketplace.bundle.Bundle;
import io.oarlock.marketplace.bundle.BundleException;
import io.oarlock.marketplace.bundle.Fault;
import io.oarlock.marketplace.bundle.Limits;
import io.oarlock.marketplace.bundle.PrivateKey;
import io.oarlock.marketplace.bundle.Trials;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/** Commands for who makes an app. */
final class AppAuthoring {
  private AppAuthoring() {}

  static int init(Session session, Arguments given) throws IOException {
    var folder = Path.of(given.word(0).orElseThrow());
    var name = folder.toAbsolutePath().normalize().getFileName().toString();
    Files.createDirectories(folder);
    for (var file : starter(name).entrySet()) {
      try {
        Files.writeString(
            folder.resolve(file.getKey()), file.getValue(), StandardOpenOption.CREATE_NEW);
      } catch (FileAlreadyExistsException _) {
        throw Failure.of(
            Exit.CONFLICT,
            folder.resolve(file.getKey()) + " is there already",
            "Choose a new folder: nothing is written over.");
      }
    }
    session.terminal().note("Made " + folder + ". Try it: oarlock app test " + folder);
    return Exit.OK;
  }

  private static Map<String, String> starter(String name) {
    var files = new LinkedHashMap<String, String>();
    files.put(
        "app.yaml",
        """
        name: %1$s
        version: 1.0.0
        category: Audit
        description: Writes a log line for every change of an external network.
        documents: [README.md]
        parameters:
        - key: level
          type: Enum
          label: Level
          allowedChoices: {info: Information, warn: Warning}
          defaultValue: info
        permissions:
          entitlements:
            externalnetwork: [get]
        resources:
          automation/%1$s:
            trigger:
              kind: OnEvent
              types: [externalnetwork]
            source: ${file:main.js}
            parameters:
              level: ${parameters.level}
            entitlements:
              externalnetwork: [get]
        tests:
        - name: by default
          makes: [automation/%1$s]
        - name: an unknown level
          parameters: {level: loud}
          refuses: [level]
        """
            .formatted(name));
    files.put(
        "main.js",
        """
        export default async function (ctx) {
          ctx.log[ctx.params.level](`${ctx.event.operation} ${ctx.event.object.name}`);
        }
        """);
    files.put("README.md", "# " + name + "\n\nWhat it does, and for whom.\n");
    return files;
  }

  static int test(Session session, Arguments given) throws IOException {
    var bundle = read(session, Path.of(given.word(0).orElseThrow()));
    var terminal = session.terminal();
    var failed = 0;
    for (var trial : Trials.of(bundle, session.model())) {
      var verdict = trial.faults().isEmpty() ? terminal.green("ok") : terminal.red("failed");
      terminal.out().println(Display.line(trial.name()) + " " + verdict);
      trial.faults().forEach(fault -> terminal.out().println("  " + Display.line(fault)));
      failed += trial.faults().isEmpty() ? 0 : 1;
    }
    return failed == 0 ? Exit.OK : Exit.FAILURE;
  }

  static int build(Session session, Arguments given) throws IOException {
    var bundle = read(session, Path.of(given.word(0).orElseThrow()));
    var manifest = bundle.manifest();
    var usual = manifest.name() + "-" + manifest.version() + ".zip";
    var file = Path.of(given.text(AppCommands.TO).orElse(usual));
    Files.write(file, bundle.pack());
    session.terminal().out().println(file);
    session.terminal().note(bundle.digest());
    return Exit.OK;
  }

  static int sign(Session session, Arguments given) throws IOException {
    var file = Path.of(given.word(0).orElseThrow());
    if (Files.isDirectory(file)) {
      throw Failure.usage(file + " is a folder", "Pack it first: oarlock app build " + file);
    }
    var bundle = read(session, file);
    var key = key(session, given);
    Files.write(file, bundle.signed(key).pack());
    session.terminal().out().println(key.publicKey());
    return Exit.OK;
  }

  /** The key of who makes apps here. */
  static PrivateKey key(Session session, Arguments given) throws IOException {
    return key(
        given
            .text(AppCommands.KEY)
            .map(Path::of)
            .orElseGet(() -> session.environment().home().resolve("publisher.key")));
  }

  private static PrivateKey key(Path file) throws IOException {
    if (!Files.exists(file)) {
      var onlyOwner = PosixFilePermissions.fromString("rw-------");
      Files.createFile(file, PosixFilePermissions.asFileAttribute(onlyOwner));
      Files.writeString(file, PrivateKey.make().pem());
    }
    try {
      return PrivateKey.parse(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw Failure.of(Exit.CONFLICT, file + " is no key", String.valueOf(e.getMessage()));
    }
  }

  /** An app in a folder or packed, checked. */
  static Bundle read(Session session, Path path) throws IOException {
    if (!Files.exists(path)) {
      throw Failure.usage("There is no " + path);
    }
    try {
      return open(session, path);
    } catch (BundleException e) {
      var lines = e.faults().stream().map(Fault::text).toArray(String[]::new);
      throw Failure.of(Exit.CONFLICT, path + " is no app that can be used", lines);
    }
  }

  /** The same for who has more to say when it is refused. */
  static Bundle open(Session session, Path path) throws IOException, BundleException {
    return Files.isDirectory(path)
        ? Bundle.readFolder(path, session.model())
        : Bundle.read(bytes(path, Limits.ARCHIVE_MAX), session.model());
  }

  /** No more than shows that it is too large. */
  static byte[] bytes(Path path, int most) throws IOException {
    try (var in = Files.newInputStream(path)) {
      return in.readNBytes(most + 1);
    }
  }
}
