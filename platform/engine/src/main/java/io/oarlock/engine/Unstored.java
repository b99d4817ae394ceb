package io.oarlock.engine;

import io.oarlock.model.Problem;
import io.oarlock.model.Validator;
import io.oarlock.model.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls that change no stored resource by themselves: types that are questions, and actions. */
final class Unstored {
  private final Map<String, Requests> requests;
  private final Map<String, Actions> actions;
  private final Validator validator;
  private final Authorizer authorizer;
  private final Namespaces namespaces;

  Unstored(
      Map<String, Requests> requests,
      Map<String, Actions> actions,
      Validator validator,
      Authorizer authorizer,
      Namespaces namespaces) {
    this.requests = Map.copyOf(requests);
    this.actions = Map.copyOf(actions);
    this.validator = validator;
    this.authorizer = authorizer;
    this.namespaces = namespaces;
  }

  Answer request(Call call) {
    var handler = part(requests, call.type().name());
    if (!handler.anonymous()) {
      authorizer.requireSomething(call.caller(), call.namespace());
      namespaces.require(call.namespace());
    }
    requireValid(
        validator.validate(call.type(), call.body(), Validator.Mode.CREATE, Optional.empty()));
    var request = validator.complete(call.type(), call.body());
    return new Answer.One(handler.answer(request, call), false);
  }

  Map<String, Object> act(ActionCall call) {
    var handler = part(actions, call.type().name() + "/" + call.action().name());
    authorizer.require(
        call.caller(), call.namespace(), call.type().name(), call.action().permission());
    namespaces.require(call.namespace());
    return handler.act(validated(call));
  }

  private ActionCall validated(ActionCall call) {
    if (call.action().input().isEmpty()) {
      return call;
    }
    var type = call.action().input().get();
    requireValid(validator.validate(type, call.body()));
    return new ActionCall(
        call.action(),
        call.type(),
        call.namespace(),
        call.id(),
        Trees.object(validator.complete(type, call.body())),
        call.parameters(),
        call.caller());
  }

  private static <P> P part(Map<String, P> parts, String name) {
    var found = parts.get(name);
    if (found == null) {
      throw Problem.notFound("No part of this platform answers " + name);
    }
    return found;
  }

  private static void requireValid(List<Violation> violations) {
    if (!violations.isEmpty()) {
      throw Problem.invalid(violations);
    }
  }
}
