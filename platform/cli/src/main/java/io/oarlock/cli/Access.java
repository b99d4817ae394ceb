package io.oarlock.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Works out which platform a command talks to, with which token and in which namespace. */
final class Access {
  private static final String LOG_IN = "Log in first: oarlock login";

  private final Session session;
  private final Environment environment;

  Access(Session session) {
    this.session = session;
    this.environment = session.environment();
  }

  Api api() throws IOException {
    var name = session.profileName();
    var profile = session.profiles().find(name);
    var url = environment.get("OARLOCK_URL").or(() -> profile.map(p -> p.endpoint().url()));
    var endpoint = endpoint(url.orElseThrow(() -> nobody(name)), profile);
    var token = token(name, profile, endpoint);
    return new Api(
        session.nearby().shortcut(endpoint),
        Optional.of(token),
        namespace(profile),
        session.trace());
  }

  private static Failure nobody(String profile) {
    return Failure.of(
        Exit.AUTH,
        profile.equals(Profiles.DEFAULT)
            ? "You are not logged in"
            : "There is no profile \"" + profile + "\"",
        profile.equals(Profiles.DEFAULT) ? LOG_IN : LOG_IN + " --profile " + profile);
  }

  private Endpoint endpoint(String url, Optional<Profile> profile) throws IOException {
    var plain = new Endpoint(url, Optional.empty());
    var file = environment.get("OARLOCK_CA_FILE");
    if (file.isPresent()) {
      return new Endpoint(url, Optional.of(Files.readString(Path.of(file.get()))));
    }
    var same = profile.map(Profile::endpoint).filter(e -> e.url().equals(plain.url()));
    return same.isPresent() ? same.get() : pinnedByLocalServer(plain);
  }

  private Endpoint pinnedByLocalServer(Endpoint plain) throws IOException {
    var local = session.profiles().localServer();
    var ca = Tree.text(local, "caFile").filter(file -> plain.url().equals(local.get("url")));
    return ca.isPresent()
        ? new Endpoint(plain.url(), Optional.of(Files.readString(Path.of(ca.get()))))
        : plain;
  }

  private String token(String name, Optional<Profile> profile, Endpoint endpoint)
      throws IOException {
    var given = environment.get("OARLOCK_TOKEN");
    if (given.isPresent()) {
      return given.get();
    }
    // A token goes to the platform that issued it and nowhere else.
    var own = profile.filter(p -> p.endpoint().url().equals(endpoint.url()));
    var known =
        own.orElseThrow(() ->
            Failure.of(
                Exit.AUTH,
                "No token for " + endpoint.url(),
                "Set OARLOCK_TOKEN, or log in: oarlock login --url " + endpoint.url()));
    return fresh(name, known).token();
  }

  private Profile fresh(String name, Profile profile) throws IOException {
    var now = session.clock().instant();
    if (profile.isAging(now) && profile.passwordFile().isPresent()) {
      var renewed = new Login(session).renew(profile);
      session.profiles().save(name, renewed);
      return renewed;
    }
    if (profile.isExpired(now)) {
      throw Failure.of(
          Exit.AUTH,
          "The token of profile \"" + name + "\" ended at " + profile.expiresAt().orElse(now),
          "Log in again: oarlock login"
              + (name.equals(Profiles.DEFAULT) ? "" : " --profile " + name));
    }
    return profile;
  }

  private Optional<String> namespace(Optional<Profile> profile) {
    return session
        .askedNamespace()
        .or(() -> environment.get("OARLOCK_NAMESPACE"))
        .or(() -> profile.flatMap(Profile::namespace));
  }
}
