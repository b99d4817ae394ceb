package io.oarlock.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;

/** {@code oarlock app …}: making apps, and installing those that others made. */
final class AppCommands {
  static final String YES = "--yes";
  static final String AS = "--as";
  static final String KEY = "--key";
  static final String TO = "--to";
  static final String PROPAGATE = "--propagate";

  private AppCommands() {}

  static Command.Group group() {
    return new Command.Group(
        "app",
        "Makes, publishes and installs apps.",
        List.of(
            "init",
            "test",
            "build",
            "sign",
            "publish",
            "plan",
            "install",
            "upgrade",
            "rollback",
            "uninstall"),
        AppCommands::command);
  }

  private static Command command(String word) {
    return switch (word) {
      case "init", "test", "build", "sign" -> authoring(word);
      case "publish" ->
          Command.leaf(
              word,
              "Publishes a signed app in a namespace, for installation there.",
              AppInstalling::publish,
              () ->
                  List.of(
                      Option.word(0, "FILE", "The app, as build and sign left it."),
                      Option.namespace(),
                      Option.flag("Also for the namespaces below.", PROPAGATE)));
      case "plan" ->
          Command.leaf(
              word,
              "Shows what install would make, without making it.",
              AppInstalling::plan,
              AppCommands::answers);
      case "install" ->
          Command.leaf(
              word,
              "Installs a published app; asks whether it may do what it wants to.",
              AppInstalling::install,
              AppCommands::answers);
      case "upgrade" ->
          Command.leaf(
              word,
              "Brings an installed app to another version, or gives it other answers.",
              AppInstalling::upgrade,
              AppCommands::changes);
      case "rollback" ->
          Command.leaf(
              word,
              "Goes back to what was installed before the last upgrade.",
              AppInstalling::rollback,
              AppCommands::removal);
      case "uninstall" ->
          Command.leaf(
              word,
              "Removes an installed app and exactly what it made.",
              AppInstalling::uninstall,
              AppCommands::removal);
      default -> throw Command.unknown(word);
    };
  }

  private static Command authoring(String word) {
    return switch (word) {
      case "init" ->
          Command.leaf(
              word,
              "Makes a folder with a small app to begin with.",
              AppAuthoring::init,
              () -> List.of(Option.word(0, "DIR", "The folder; its name is that of the app.")));
      case "test" ->
          Command.leaf(
              word,
              "Checks an app and runs the tests of its app.yaml.",
              AppAuthoring::test,
              AppCommands::source);
      case "build" ->
          Command.leaf(
              word,
              "Packs a folder into a zip.",
              AppAuthoring::build,
              () ->
                  List.of(
                      Option.word(0, "DIR", "Folder of the app."),
                      Option.text("FILE", "Where to; default: NAME-VERSION.zip here.", TO)));
      default ->
          Command.leaf(
              word,
              "Signs a packed app, and prints the key others have to trust.",
              AppAuthoring::sign,
              () ->
                  List.of(
                      Option.word(0, "FILE", "The app, as build left it."),
                      Option.text(
                          "FILE",
                          "Key of the publisher, made when it is not there; default:"
                              + " publisher.key in OARLOCK_HOME.",
                          KEY)));
    };
  }

  private static List<ArgSpec> source() {
    return List.of(Option.word(0, "DIR", "Folder of the app, or the packed app."));
  }

  private static List<ArgSpec> answers() {
    var arguments = new ArrayList<ArgSpec>();
    arguments.add(Option.word(0, "APP", "Name of the app, NAME@VERSION for one of its versions."));
    arguments.add(Option.namespace());
    arguments.add(Option.text("NAME", "What to call it here; default: the name of the app.", AS));
    arguments.add(set());
    arguments.add(yes());
    return arguments;
  }

  private static List<ArgSpec> changes() {
    return List.of(
        Option.word(0, "INSTALLATION", "Name of the installed app."),
        Option.maybe(1, "VERSION", "Version to go to; default: the newest published."),
        Option.namespace(),
        set(),
        yes(),
        Option.dryRun());
  }

  private static List<ArgSpec> removal() {
    return List.of(
        Option.word(0, "INSTALLATION", "Name of the installed app."),
        Option.namespace(),
        Option.dryRun());
  }

  private static ArgSpec set() {
    return Option.many("KEY=VALUE", "Answers a parameter; := takes JSON.", "-s", Option.SET);
  }

  private static ArgSpec yes() {
    return Option.flag("Agrees to what the app asks for.", "-y", YES);
  }
}
