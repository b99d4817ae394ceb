package io.oarlock.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code oarlock profile …} and {@code oarlock logout}. */
final class ProfileCommands {
  private ProfileCommands() {}

  static Command.Group group() {
    return new Command.Group(
        "profile",
        "Keeps several logins side by side.",
        List.of("list", "use", "show"),
        ProfileCommands::command);
  }

  private static Command command(String word) {
    return switch (word) {
      case "list" ->
          Command.leaf(word, "Lists the profiles.", (session, _) -> list(session), List::of);
      case "use" ->
          Command.leaf(
              word,
              "Makes a profile the one commands use.",
              ProfileCommands::use,
              () ->
                  List.of(
                      Option.word(0, "NAME", "Name of the profile."),
                      Option.text(
                          "NS", "Also the namespace it works in.", "-n", Option.NAMESPACE)));
      case "show" ->
          Command.leaf(
              word,
              "Shows a profile, without its token.",
              ProfileCommands::show,
              () ->
                  List.of(
                      Option.maybe(0, "NAME", "Name of the profile; default: the current one."),
                      Option.treeOutput()));
      default -> throw Command.unknown(word);
    };
  }

  static Command logout() {
    return Command.leaf(
        "logout", "Forgets the token of a profile.", (session, _) -> forget(session), List::of);
  }

  private static int list(Session session) throws IOException {
    var profiles = session.profiles();
    var names = profiles.names();
    if (names.isEmpty()) {
      session.terminal().note("No profiles. Make one with: oarlock login");
      return Exit.OK;
    }
    var current = session.profileName();
    var table = new Table(List.of("CURRENT", "NAME", "PLATFORM", "USER", "NAMESPACE", "UNTIL"), 60);
    for (var name : names) {
      profiles.find(name).ifPresent(profile -> table.row(row(name, current, profile)));
    }
    table.print(session.terminal());
    return Exit.OK;
  }

  private static List<String> row(String name, String current, Profile profile) {
    return List.of(
        name.equals(current) ? "*" : "",
        name,
        profile.endpoint().url(),
        profile.user().orElse(""),
        profile.namespace().orElse(""),
        profile.expiresAt().map(Object::toString).orElse(""));
  }

  private static int use(Session session, Arguments given) throws IOException {
    var name = given.word(0).orElseThrow();
    var profile = known(session, name);
    var namespace = given.text(Option.NAMESPACE);
    if (namespace.isPresent()) {
      session.profiles().save(name, profile.withNamespace(namespace));
    }
    session.profiles().use(name);
    session.terminal().note("Commands now use " + name + ": " + profile.endpoint().url());
    return Exit.OK;
  }

  private static int show(Session session, Arguments given) throws IOException {
    var asked = given.word(0);
    var name = asked.isPresent() ? asked.get() : session.profileName();
    var tree = known(session, name).tree();
    tree.remove("token");
    new Output(session, given, "yaml").tree(tree);
    return Exit.OK;
  }

  private static Profile known(Session session, String name) throws IOException {
    Optional<Profile> profile = session.profiles().find(name);
    if (profile.isEmpty()) {
      throw Failure.of(
          Exit.NOT_FOUND,
          "There is no profile \"" + name + "\"",
          "Known: " + String.join(", ", session.profiles().names()));
    }
    return profile.get();
  }

  private static int forget(Session session) throws IOException {
    var name = session.profileName();
    var there = session.profiles().remove(name);
    session.terminal().note(there ? "Forgot " + name + "." : "There was no profile " + name + ".");
    return Exit.OK;
  }
}
