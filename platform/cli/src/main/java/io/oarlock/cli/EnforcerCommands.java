package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import io.oarlock.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.ArgSpec;

/** {@code oarlock enforcer …}: registers hosts; what happens on a host is the agent's. */
final class EnforcerCommands {
  /** What may be done with a registration credential. */
  private static final String ROLE = "@role=enforcer.registration";

  private static final String OUT = "--out";

  private EnforcerCommands() {}

  static Command.Group group() {
    return new Command.Group(
        "enforcer",
        "Registers hosts whose connections policies decide, and runs their agents.",
        List.of("register", "run", "exec", "status", "selftest", "uninstall"),
        EnforcerCommands::command);
  }

  private static Command command(String word) {
    return switch (word) {
      case "register" ->
          Command.leaf(
              word,
              "Writes a credential that lets hosts enrol in a namespace, and nothing else.",
              EnforcerCommands::register,
              EnforcerCommands::arguments);
      case "run" ->
          Launched.command(word, "enforcer run", "Runs the agent of this host, in the foreground.");
      case "exec" ->
          Launched.command(word, "enforcer exec", "Starts a program as a unit of the agent.");
      case "status" -> Launched.command(word, "enforcer status", "Says how the agent is.");
      case "selftest" ->
          Launched.command(
              word, "enforcer selftest", "Looks at all an agent needs, and says what to mend.");
      case "uninstall" ->
          Launched.command(
              word, "enforcer uninstall", "Takes the agent off this host, and leaves no rule.");
      default -> throw Command.unknown(word);
    };
  }

  private static List<ArgSpec> arguments() {
    return List.of(
        Option.namespace(),
        Option.text("FILE", "File for the credential; it must not exist yet.", OUT),
        Option.text("NAME", "Name of the app credential made for it.", "--name"));
  }

  private static int register(Session session, Arguments given) throws IOException {
    var out =
        given
            .text(OUT)
            .map(Path::of)
            .orElseThrow(() -> Failure.usage("Where shall the credential go?", "Add --out FILE."));
    if (Files.exists(out)) {
      throw exists(out);
    }
    var type = session.type("appcredential");
    try (var api = session.api()) {
      var body = Map.<String, Object>of("name", name(session, given), "roles", List.of(ROLE));
      var made = api.ask(Ask.of("POST", Types.path(type)).body(body)).object();
      write(out, Tree.map(made.get("credentials")));
      session
          .terminal()
          .note(
              "Hosts enrol in %s with: ./oarlock enforcer run --credential %s"
                  .formatted(Tree.text(made, "namespace").orElse("/"), out));
    }
    return Exit.OK;
  }

  private static String name(Session session, Arguments given) {
    return given
        .text("--name")
        .orElseGet(() ->
            "enforcer-registration-" + session.clock().instant().truncatedTo(ChronoUnit.SECONDS));
  }

  /** For its owner alone from the first byte on: there is a key in it. */
  private static void write(Path out, Map<String, Object> credential) throws IOException {
    var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = Files.newByteChannel(out, options, mine)) {
      var text = Json.pretty(credential) + "\n";
      channel.write(java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    } catch (FileAlreadyExistsException e) {
      throw exists(out);
    }
  }

  private static Failure exists(Path out) {
    return Failure.of(
        Exit.CONFLICT, "There is a file " + out + " already", "Remove it, or choose another.");
  }
}
