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
        "Shows the versions of this command and of the platform it talks to.",
        (session, _) -> run(session),
        List::of);
  }

  private static int run(Session session) throws IOException {
    var own = Optional.ofNullable(Main.class.getPackage().getImplementationVersion());
    var out = session.terminal().out();
    out.println("oarlock  " + own.orElse("development") + "  (Java " + Runtime.version() + ")");
    try (var api = session.api()) {
      var about = api.ask(Ask.of("GET", "/")).object();
      out.println("platform " + Cells.of(about.get("version")) + "  " + api.endpoint().url());
    } catch (Failure failure) {
      out.println("platform " + failure.title());
    }
    return Exit.OK;
  }
}
