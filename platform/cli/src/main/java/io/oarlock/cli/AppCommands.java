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
  static final String SIGN = "--sign";

  private AppCommands() {}

  static Command.Group group() {
    return new Command.Group(
        "app",
        "Makes, publishes and installs apps.",
        List.of(
            "search",
            "show",
            "init",
            "test",
            "build",
            "sign",
            "index",
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
      case "init", "test", "build", "sign", "index" -> authoring(word);
      case "search" ->
          Command.leaf(
              word,
              "Finds apps in catalogues by words; without words all of them.",
              Catalogs::search,
              AppCommands::search);
      case "show" ->
          Command.leaf(
              word,
              "Shows what an app is, asks for and may do, before it is installed.",
              AppShowing::show,
              AppCommands::showing);
      case "publish" ->
          Command.leaf(
              word,
              "Publishes a signed app in a namespace, for installation there.",
              AppPublishing::publish,
              AppCommands::publication);
      case "plan" ->
          Command.leaf(
              word,
              "Shows what install would make, without making it.",
              AppInstalling::plan,
              AppCommands::installation);
      case "install" ->
          Command.leaf(
              word,
              "Installs an app; asks whether it may do what it wants to.",
              AppInstalling::install,
              AppCommands::installation);
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
      case "index" ->
          Command.leaf(
              word,
              "Makes a folder of packed apps a catalogue, by an index.json.",
              Catalogs::index,
              () -> List.of(Option.word(0, "DIR", "The folder.")));
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

  private static List<ArgSpec> search() {
    var arguments = new ArrayList<ArgSpec>();
    arguments.add(Option.words("WORD", "Words of its name, title, category or summary."));
    arguments.add(Option.text("FORMAT", "table, json or yaml.", "-o", Option.OUTPUT));
    arguments.addAll(Catalogs.options());
    return arguments;
  }

  private static List<ArgSpec> showing() {
    var arguments = new ArrayList<ArgSpec>();
    arguments.add(
        Option.word(
            0, "APP", "The app: a folder, a packed app, or NAME[@VERSION] of a catalogue."));
    arguments.add(Option.text("DIR", "Also saves its icon and screenshots in this folder.", TO));
    arguments.addAll(Catalogs.options());
    return arguments;
  }

  private static List<ArgSpec> publication() {
    var arguments = new ArrayList<ArgSpec>();
    arguments.add(
        Option.word(
            0, "APP", "The app: a file that was signed, or NAME[@VERSION] of a catalogue."));
    arguments.add(Option.namespace());
    arguments.add(Option.flag("Also for the namespaces below.", PROPAGATE));
    arguments.add(sign());
    arguments.addAll(Catalogs.options());
    return arguments;
  }

  private static List<ArgSpec> installation() {
    var arguments = answers();
    arguments.add(sign());
    arguments.addAll(Catalogs.options());
    return arguments;
  }

  private static ArgSpec sign() {
    return Option.flag("Signs what nobody did, from a catalogue, with your publisher.key.", SIGN);
  }

  private static List<ArgSpec> answers() {
    var arguments = new ArrayList<ArgSpec>();
    arguments.add(Option.word(0, "APP", "Name of the app; NAME@1.4.0 or NAME@1 for a version."));
    arguments.add(Option.namespace());
    arguments.add(Option.text("NAME", "What to call it here; default: the name of the app.", AS));
    arguments.add(set());
    arguments.add(yes());
    return arguments;
  }

  private static List<ArgSpec> changes() {
    return List.of(
        Option.word(0, "INSTALLATION", "Name of the installed app."),
        Option.maybe(
            1, "VERSION", "Version to go to, such as 1.4.0 or 1; default: the newest published."),
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
