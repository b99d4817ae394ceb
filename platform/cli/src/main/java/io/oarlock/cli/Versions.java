package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code oarlock version}. */
final class Versions {
  private Versions() {}

  static Command command() {
    return Command.leaf(
        "version",
        "Shows the version of this command and whether its platform answers.",
        (session, _) -> run(session),
        List::of);
  }

  private static int run(Session session) throws IOException {
    var own = Optional.ofNullable(Main.class.getPackage().getImplementationVersion());
    var out = session.terminal().out();
    out.println("oarlock  " + own.orElse("development") + "  (Java " + Runtime.version() + ")");
    try (var api = session.api()) {
      var health = api.ask(Ask.of("GET", "/healthz"));
      out.println(
          "platform " + api.endpoint().url() + "  " + Cells.of(health.object().get("status")));
    } catch (Failure failure) {
      out.println("platform " + failure.title());
    }
    return Exit.OK;
  }
}
