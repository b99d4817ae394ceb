package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.ResourceModel;
import java.util.List;
import java.util.Map;

/**
 * Everything an edge (REST, push, a script's broker) can ask of the platform. Methods may block and
 * are called on virtual threads; refusals are {@link io.oarlock.model.Problem}s.
 */
public interface Platform {
  ResourceModel model();

  /** Who a bearer token speaks for; refused when it is not valid here and now. */
  Principal authenticate(String token, Call.Origin origin);

  /** The namespace a call without one means: the token's own, else the root. */
  NamespacePath defaultNamespace(Principal principal);

  /** Shows what goes on to whoever watches. */
  default Tracing tracing() {
    return Tracing.none();
  }

  /** Runs one operation through the pipeline. */
  Answer handle(Call call);

  /** Runs an action; the answer is its body in tree form (empty map for none). */
  Map<String, Object> act(ActionCall call);

  /** Runs writes as one atomic batch: all or none; answers in their order. */
  List<Answer> batch(List<Call> calls);

  /** Opens an event feed, authorized per event for this principal. */
  EventFeed subscribe(Principal principal, EventFeed.Request request);

  /** Runs an automation for an outside caller who has its URL. */
  InboundCall.Reply call(InboundCall call);

  /**
   * How a run stands that such a call began, for the caller who has the URL: {@code id}, {@code
   * status}, and {@code result} once there is one.
   */
  Map<String, Object> calledRun(String token, String run);

  /** Public keys that verify the tokens of this platform, as a JWK set. */
  Map<String, Object> jwks();

  /** Whether it can serve, part by part: name → {@code ok} or the reason it is not. */
  Map<String, String> readiness();
}
