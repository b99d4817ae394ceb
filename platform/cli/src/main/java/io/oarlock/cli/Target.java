package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import io.oarlock.cli.Api.Reply;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.ResourceType;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One resource somebody means.
 *
 * @param word its identifier, {@code name:NAME}, or a bare name
 */
record Target(ResourceType type, String word) {
  private static final String BY_NAME = "name:";

  /** From {@code TYPE ID} or {@code TYPE/NAME}, as {@code -o name} prints it. */
  static Target of(Session session, Arguments given) {
    var first = given.word(0).orElseThrow();
    var slash = first.indexOf('/');
    if (slash > 0 && given.word(1).isEmpty()) {
      return new Target(
          session.type(first.substring(0, slash)), BY_NAME + first.substring(slash + 1));
    }
    var type = session.type(first);
    var word =
        given
            .word(1)
            .orElseThrow(
                () -> Failure.usage("Which " + type.name() + "?", "Give its id or name:NAME."));
    return new Target(type, word);
  }

  /** Asks about it by identifier, and by name when no identifier is like that. */
  Reply ask(Api api, String method, UnaryOperator<Ask> details) {
    var name = word.startsWith(BY_NAME) ? word.substring(BY_NAME.length()) : word;
    if (type.name().equals("namespace") && (name.startsWith("/") || word.startsWith(BY_NAME))) {
      return byPath(api, method, details, name);
    }
    if (word.startsWith(BY_NAME)) {
      return byName(api, method, details, name);
    }
    try {
      return api.ask(details.apply(Ask.of(method, Types.path(type, word))));
    } catch (Failure failure) {
      if (failure.status() != 404) {
        throw failure;
      }
      return type.name().equals("namespace")
          ? byPath(api, method, details, name)
          : byName(api, method, details, name);
    }
  }

  private Reply byName(Api api, String method, UnaryOperator<Ask> details, String name) {
    return api.ask(details.apply(Ask.of(method, Types.path(type, BY_NAME + name))));
  }

  /** A namespace lives in its parent and is named by its path; the root lives in itself. */
  private Reply byPath(Api api, String method, UnaryOperator<Ask> details, String name) {
    var path = pathOf(api.namespace(), name);
    var parent = path.parent().orElse(NamespacePath.ROOT).value();
    var ask = Ask.of(method, Types.path(type, BY_NAME + path.value()));
    return api.ask(details.apply(ask).in(Optional.of(parent)));
  }

  static NamespacePath pathOf(Optional<String> here, String name) {
    try {
      return name.startsWith("/")
          ? NamespacePath.of(name)
          : NamespacePath.of(here.orElse("/")).child(name);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("Not a namespace: " + name, String.valueOf(e.getMessage()));
    }
  }
}
