package io.oarlock.cli;

import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a command has at hand while it runs. */
final class Session {
  private final Terminal terminal;
  private final Environment environment;
  private final Clock clock;
  private final Supplier<Models> models;
  private final Optional<Arguments> arguments;

  Session(Terminal terminal, Environment environment, Clock clock, Supplier<Models> models) {
    this(terminal, environment, clock, models, Optional.empty());
  }

  private Session(
      Terminal terminal,
      Environment environment,
      Clock clock,
      Supplier<Models> models,
      Optional<Arguments> arguments) {
    this.terminal = terminal;
    this.environment = environment;
    this.clock = clock;
    this.models = models;
    this.arguments = arguments;
  }

  /** The same for a command with those arguments. */
  Session with(Arguments given) {
    return new Session(terminal, environment, clock, models, Optional.of(given));
  }

  Terminal terminal() {
    return terminal;
  }

  Environment environment() {
    return environment;
  }

  Clock clock() {
    return clock;
  }

  Profiles profiles() {
    return new Profiles(environment.home());
  }

  Nearby nearby() {
    return new Nearby(environment.home());
  }

  ResourceModel model() {
    return models.get().all();
  }

  ResourceType type(String word) {
    return Types.find(models.get(), word);
  }

  /** The profile meant: by option, by variable, or the one in use. */
  String profileName() throws IOException {
    var asked = arguments.flatMap(given -> given.text(Option.PROFILE));
    var named = asked.or(() -> environment.get("OARLOCK_PROFILE"));
    return named.isPresent() ? named.get() : profiles().current();
  }

  /** Hears requests when {@code --trace} is given. */
  Consumer<String> trace() {
    return arguments.filter(given -> given.flag(Option.TRACE)).isPresent()
        ? line -> terminal.note(terminal.dim(line))
        : line -> {};
  }

  /** The platform, as whoever logged in. */
  Api api() throws IOException {
    return new Access(this).api();
  }

  /** What {@code -n} says, when the command has it. */
  Optional<String> askedNamespace() {
    return arguments.flatMap(given -> given.text(Option.NAMESPACE));
  }
}
