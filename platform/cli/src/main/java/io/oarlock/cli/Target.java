package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import io.oarlock.cli.Api.Reply;
import io.oarlock.model.ResourceType;
import java.util.function.UnaryOperator;

/**
 * One resource somebody means.
 *
 * @param word its identifier, {@code name:NAME}, or a bare name
 */
record Target(ResourceType type, String word) {

  /** From {@code TYPE ID} or {@code TYPE/NAME}, as {@code -o name} prints it. */
  static Target of(Session session, Arguments given) {
    var first = given.word(0).orElseThrow();
    var slash = first.indexOf('/');
    if (slash > 0 && given.word(1).isEmpty()) {
      return new Target(
          session.type(first.substring(0, slash)), "name:" + first.substring(slash + 1));
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
    try {
      return api.ask(details.apply(Ask.of(method, Types.path(type, word))));
    } catch (Failure failure) {
      if (failure.status() != 404 || word.startsWith("name:")) {
        throw failure;
      }
      return byName(api, method, details);
    }
  }

  private Reply byName(Api api, String method, UnaryOperator<Ask> details) {
    return api.ask(details.apply(Ask.of(method, Types.path(type, "name:" + word))));
  }
}
