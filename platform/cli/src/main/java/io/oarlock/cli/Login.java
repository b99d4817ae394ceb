package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;

/** Exchanging a proof of who somebody is for a token, and keeping it in a profile. */
final class Login {
  /** Long enough for a working day; a profile with a password file renews earlier. */
  private static final String VALIDITY = "PT12H";

  private final Session session;

  Login(Session session) {
    this.session = session;
  }

  static Command command() {
    return Command.leaf(
        "login",
        "Logs in and keeps the token in a profile; without options to the platform of this home.",
        (session, given) -> new Login(session).run(given),
        Login::arguments);
  }

  private static List<ArgSpec> arguments() {
    return List.of(
        Option.text("URL", "Address of the platform, https://host:port.", "--url"),
        Option.text("NAME", "Local account.", "-u", "--user"),
        Option.text(
            "FILE", "File that holds the password; - for standard input.", "--password-file"),
        Option.text("CODE", "One-time password, when the account wants one.", "--otp"),
        Option.text("TOKEN", "A token you already have, instead of an account.", "--token"),
        Option.text("FILE", "Certificates that vouch for the platform, in PEM.", "--ca-file"),
        Option.text("DURATION", "How long the token lasts, such as PT8H.", "--validity"),
        Option.namespace());
  }

  private int run(Arguments given) throws IOException {
    var name = session.profileName();
    var profile = given.text("--token").isPresent() ? withToken(given) : withPassword(given);
    session.profiles().save(name, profile);
    session.profiles().use(name);
    var who = profile.user().map(user -> " as " + user).orElse("");
    session.terminal().note("Logged in to " + profile.endpoint().url() + who + ".");
    return Exit.OK;
  }

  private Profile withToken(Arguments given) throws IOException {
    var token = given.text("--token").orElseThrow();
    var claims = Token.claims(token);
    return new Profile(
        endpoint(given),
        token,
        Token.instant(claims, "iat").orElseGet(session.clock()::instant),
        Token.instant(claims, "exp"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        given.text(Option.NAMESPACE));
  }

  private Profile withPassword(Arguments given) throws IOException {
    var endpoint = endpoint(given);
    var local =
        given.text("--url").isEmpty() ? session.profiles().localServer() : Map.<String, Object>of();
    var user = given.text("--user").or(() -> Tree.text(local, "adminUser"));
    var file =
        given
            .text("--password-file")
            .or(() ->
                given.text("--user").isPresent()
                    ? Optional.empty()
                    : Tree.text(local, "passwordFile"));
    var account = user.orElseThrow(() -> Failure.usage("Who are you?", "Add --user NAME."));
    var kept =
        // With one-time passwords the password alone renews nothing.
        file.filter(path -> !path.equals("-") && given.text("--otp").isEmpty())
            .map(path -> Path.of(path).toAbsolutePath().toString());
    var draft =
        new Profile(
            endpoint,
            "",
            session.clock().instant(),
            Optional.empty(),
            Optional.of(account),
            kept,
            Optional.of(given.text("--validity").orElse(VALIDITY)),
            given.text(Option.NAMESPACE));
    return issued(
        draft, file.isPresent() ? password(file.get()) : typed(account), given.text("--otp"));
  }

  /** The same profile with a new token. */
  Profile renew(Profile profile) throws IOException {
    return issued(profile, password(profile.passwordFile().orElseThrow()), Optional.empty());
  }

  private Profile issued(Profile profile, String password, Optional<String> otp)
      throws IOException {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("account", profile.user().orElseThrow());
    metadata.put("password", password);
    otp.ifPresent(code -> metadata.put("otp", code));
    var body = new LinkedHashMap<String, Object>();
    body.put("realm", "Account");
    body.put("metadata", metadata);
    profile.validity().ifPresent(validity -> body.put("validity", validity));
    var now = session.clock().instant();
    var endpoint = session.nearby().shortcut(profile.endpoint());
    try (var api = new Api(endpoint, Optional.empty(), Optional.empty(), session.trace())) {
      var answer = api.ask(Ask.of("POST", "/v1/issue").body(body)).object();
      return new Profile(
          profile.endpoint(),
          Tree.text(answer, "token").orElseThrow(() -> noToken(profile)),
          now,
          Tree.text(answer, "expiresAt").map(Instant::parse),
          profile.user(),
          profile.passwordFile(),
          profile.validity(),
          profile.namespace());
    }
  }

  private static Failure noToken(Profile profile) {
    return Failure.of(Exit.FAILURE, profile.endpoint().url() + " answered without a token");
  }

  private Endpoint endpoint(Arguments given) throws IOException {
    var local = session.profiles().localServer();
    var url =
        given
            .text("--url")
            .or(() -> session.environment().get("OARLOCK_URL"))
            .or(() -> Tree.text(local, "url"))
            .orElseThrow(this::nothingRuns);
    var sameAsLocal = new Endpoint(url, Optional.empty()).url().equals(local.get("url"));
    var caFile =
        given
            .text("--ca-file")
            .or(() -> session.environment().get("OARLOCK_CA_FILE"))
            .or(() -> sameAsLocal ? Tree.text(local, "caFile") : Optional.empty());
    return new Endpoint(
        url,
        caFile.isPresent()
            ? Optional.of(Files.readString(Path.of(caFile.get())))
            : Optional.empty());
  }

  private Failure nothingRuns() {
    return Failure.of(
        Exit.FAILURE,
        "No platform runs from " + session.environment().home(),
        "Start one: oarlock up",
        "Or say which: oarlock login --url https://host:8443 --user NAME");
  }

  private String password(String file) throws IOException {
    if (file.equals("-")) {
      return new String(
              session.terminal().in().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .strip();
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (NoSuchFileException e) {
      throw Failure.of(
          Exit.AUTH, "The password file is not there: " + file, "Log in again: oarlock login");
    }
  }

  private String typed(String user) {
    var password =
        Terminal.person()
            .map(person -> person.readPassword("Password of %s: ", user))
            .orElseThrow(() ->
                Failure.usage(
                    "No password",
                    "Add --password-file FILE, or - to read it from standard input."));
    return new String(password);
  }
}
