package io.oarlock.enforcer.agent;

import io.oarlock.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** {@code oarlock enforcer run} and its kin: what happens on a host. */
public final class Main {
  private static final int OK = 0;
  private static final int FAILURE = 1;
  private static final int USAGE = 2;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final String HELP =
      """
      Usage: oarlock enforcer run --credential FILE [--state DIR] [--name NAME]
                                  [--flows-every PT10S] [--json]
             oarlock enforcer exec [--state DIR] --name NAME [--tag KEY=VALUE ...] [--user USER]
                                   -- COMMAND
             oarlock enforcer exec [--state DIR] --user USER [--name NAME] [--tag KEY=VALUE ...]
             oarlock enforcer status [--state DIR] [--json]
             oarlock enforcer selftest [--credential FILE] [--state DIR] [--json]
             oarlock enforcer uninstall [--state DIR] [--end-units]

        run        the agent of this host and network namespace, in the foreground; needs root
        exec       starts a program as a unit of the agent: a user of its own, its connections
                   decided by policies; needs root. For a user of this host policies see
                   @os:user and @os:group; without a program it is that user's shell
        status     how the agent is, its units, and what became of connections
        selftest   looks at all an agent needs here and of the platform, carries a connection
                   through a datapath, and says what to mend; exits with 1 if anything failed
        uninstall  stops the agent and takes away its rules, its files and its place at the
                   platform, unless units still run; needs root

        --credential FILE  written by: oarlock enforcer register; needed until the host has enrolled
        --state DIR        what the agent keeps; default: enforcer in OARLOCK_HOME
        --flows-every TIME how long connections are counted together before the platform is told of
                           them, PT1S to PT1H; default: PT10S
        --end-units        ends programs that still run as units, too
        --json             one line of JSON
      """;

  private Main() {}

  /** Ends with the exit code of the command. */
  public static void main(String[] args) throws InterruptedException {
    int code;
    try {
      code = run(List.of(args));
    } catch (UsageException e) {
      System.err.println("error: " + e.getMessage() + "\n\n" + HELP);
      code = USAGE;
    } catch (AgentException | IOException e) {
      System.err.println("error: " + e.getMessage());
      code = FAILURE;
    }
    System.exit(code);
  }

  /** What was asked cannot be understood. */
  private static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  private static int run(List<String> words) throws IOException, InterruptedException {
    if (words.isEmpty() || (words.contains("--help") && !words.contains("--"))) {
      System.out.println(HELP);
      return words.isEmpty() ? USAGE : OK;
    }
    var given = Given.read(words.subList(1, words.size()));
    return switch (words.getFirst()) {
      case "run" -> agent(given);
      case "exec" -> exec(given);
      case "status" -> status(given);
      case "selftest" -> selfTest(given);
      case "uninstall" -> uninstall(given);
      default -> throw new UsageException("There is no command enforcer " + words.getFirst());
    };
  }

  /** The options and words of a command. */
  private record Given(
      Optional<Path> credential,
      Path state,
      Optional<String> name,
      Optional<String> user,
      List<String> tags,
      Duration flowsEvery,
      boolean endUnits,
      boolean json,
      List<String> command) {

    static Given read(List<String> words) {
      Optional<Path> credential = Optional.empty();
      var state = home().resolve("enforcer");
      Optional<String> name = Optional.empty();
      Optional<String> user = Optional.empty();
      var tags = new ArrayList<String>();
      var flowsEvery = FlowReports.WINDOW;
      var endUnits = false;
      var json = false;
      List<String> command = List.of();
      for (var i = 0; i < words.size(); i++) {
        var word = words.get(i);
        switch (word) {
          case "--credential" -> credential = Optional.of(Path.of(value(words, ++i, word)));
          case "--state" -> state = Path.of(value(words, ++i, word));
          case "--name" -> name = Optional.of(value(words, ++i, word));
          case "--user" -> user = Optional.of(value(words, ++i, word));
          case "--tag" -> tags.add(value(words, ++i, word));
          case "--flows-every" -> flowsEvery = window(value(words, ++i, word));
          case "--end-units" -> endUnits = true;
          case "--json" -> json = true;
          case "--" -> {
            command = List.copyOf(words.subList(i + 1, words.size()));
            i = words.size();
          }
          default -> throw new UsageException("The option " + word + " is not known");
        }
      }
      return new Given(credential, state, name, user, tags, flowsEvery, endUnits, json, command);
    }

    private static Duration window(String text) {
      try {
        var length = Duration.parse(text);
        if (length.compareTo(SHORTEST) >= 0 && length.compareTo(LONGEST) <= 0) {
          return length;
        }
      } catch (DateTimeParseException e) {
        // Said below, with what is expected.
      }
      throw new UsageException(
          "--flows-every wants a duration from %s to %s, not %s"
              .formatted(SHORTEST, LONGEST, text));
    }

    private static String value(List<String> words, int index, String option) {
      if (index >= words.size()) {
        throw new UsageException(option + " wants a value");
      }
      return words.get(index);
    }

    private static Path home() {
      return Optional.ofNullable(System.getenv("OARLOCK_HOME"))
          .filter(text -> !text.isBlank())
          .map(Path::of)
          .orElseGet(() -> Path.of(System.getProperty("user.home"), ".oarlock"));
    }
  }

  private static int agent(Given given) throws IOException, InterruptedException {
    requireRoot();
    var agent =
        Agent.start(
            new Agent.Options(given.credential(), given.state(), given.name(), given.flowsEvery()));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              agent.close();
              Runtime.getRuntime().halt(OK);
            }));
    var ready = agent.ready();
    System.out.println(
        given.json()
            ? Json.text(ready)
            : "The enforcer %s of %s is ready; policies: %s, epoch %s. Ctrl-C stops it."
                .formatted(
                    ready.get("name"),
                    ready.get("namespace"),
                    ready.get("policies"),
                    ready.get("epoch")));
    new CountDownLatch(1).await();
    return OK;
  }

  private static void requireRoot() throws IOException {
    if (!Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
      throw new AgentException(
          "The agent leads connections of other users to itself, and so it must be root; use sudo");
    }
  }

  private static int exec(Given given) {
    var session = given.command().isEmpty();
    if (session && given.user().isEmpty()) {
      throw new UsageException("Which program? Write it after --, or whose session with --user");
    }
    var name =
        given.name().or(given::user).orElseThrow(() -> new UsageException("Add --name NAME"));
    var request = new LinkedHashMap<String, Object>();
    request.put("op", "unit");
    request.put("name", name);
    request.put("tags", given.tags());
    request.put("pid", ProcessHandle.current().pid());
    request.put("session", session);
    given.user().ifPresent(user -> request.put("user", user));
    var granted = ControlSocket.ask(new StateFolder(given.state()), request);
    throw Replacement.by(Launch.of(granted).command(given.command()));
  }

  private static int selfTest(Given given) {
    var checks = new SelfTest(new StateFolder(given.state()), given.credential()).run();
    var failed = checks.stream().anyMatch(Check::failed);
    System.out.println(
        given.json()
            ? Json.text(
                Map.of("failed", failed, "checks", checks.stream().map(Check::tree).toList()))
            : Check.table(checks));
    return failed ? FAILURE : OK;
  }

  private static int uninstall(Given given) throws IOException, InterruptedException {
    requireRoot();
    new Uninstalling(new StateFolder(given.state()), given.endUnits(), System.out::println).run();
    return OK;
  }

  private static int status(Given given) {
    var status = ControlSocket.ask(new StateFolder(given.state()), Map.of("op", "status"));
    System.out.println(given.json() ? Json.text(status) : StatusText.of(status));
    return OK;
  }
}
