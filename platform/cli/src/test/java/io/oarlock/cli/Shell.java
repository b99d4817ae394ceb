package io.oarlock.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** Types commands and keeps what they print. */
final class Shell {
  static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

  final Path home;
  final Map<String, String> variables = new LinkedHashMap<>();

  private Instant now = NOW;
  private String input = "";

  Shell(Path home) {
    this.home = home;
    variables.put("OARLOCK_HOME", home.toString());
  }

  /** What came of a command. */
  record Result(int exit, String out, String err) {}

  /** A platform runs from this home. */
  Shell with(Pier pier) throws IOException {
    Files.createDirectories(home.resolve("run"));
    var passwordFile = Files.writeString(home.resolve("password"), Pier.PASSWORD + "\n");
    Files.writeString(
        home.resolve("run/server.json"),
        "{\"url\":\"%s\",\"adminUser\":\"admin\",\"passwordFile\":\"%s\"}"
            .formatted(pier.url(), passwordFile));
    return this;
  }

  Shell at(Instant instant) {
    now = instant;
    return this;
  }

  Shell typing(String text) {
    input = text;
    return this;
  }

  Result run(String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    var clock = Clock.fixed(now, ZoneOffset.UTC);
    var session = new Session(terminal, new Environment(variables), clock, Models::packaged);
    var exit = new Oarlock(session).run(words);
    return new Result(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
