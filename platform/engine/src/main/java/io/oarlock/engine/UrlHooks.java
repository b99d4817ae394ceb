package io.oarlock.engine;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import io.oarlock.model.Problem;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends messages of hooks to URLs, signed, and reads the answers. */
final class UrlHooks {
  /** Most bytes of an answer. */
  static final int REPLY_MAX = 256 * 1024;

  /** Most characters of an answer that are kept. */
  static final int KEPT_MAX = 512;

  /** What servers say when nobody is there to answer: no verdict on the write. */
  private static final Set<Integer> NO_VERDICT = Set.of(404, 405, 408, 410, 429);

  private final OutboundGuard guard;
  private final Outbound outbound;
  private final Tracing tracing;
  private final Clock clock;

  UrlHooks(OutboundGuard guard, Outbound outbound, Tracing tracing, Clock clock) {
    this.tracing = tracing;
    this.guard = guard;
    this.outbound = outbound;
    this.clock = clock;
  }

  /**
   * Posts one message, as part of what goes on here or else of the trace it came with; redirects
   * are answers like others.
   */
  Outbound.Reply post(Hook hook, String id, byte[] body, Duration within, Optional<String> trace)
      throws Outbound.Failure {
    var end = clock.instant().plus(within);
    var target = target(hook);
    var headers = new LinkedHashMap<>(hook.signer().headers(id, clock.instant(), body));
    headers.put("content-type", "application/cloudevents+json; charset=utf-8");
    headers.put("accept", "application/json, application/problem+json");
    headers.put("user-agent", "Oarlock");
    tracing.current().or(() -> trace).ifPresent(text -> headers.put(Cause.TRACEPARENT, text));
    var left = Duration.between(clock.instant(), end);
    var request =
        new Outbound.Request("POST", headers, Buffer.buffer(body), hook.tls(), left, REPLY_MAX);
    return outbound.send(target, request);
  }

  private OutboundGuard.Target target(Hook hook) throws Outbound.Failure {
    try {
      return guard.check(hook.namespace(), hook.endpoint().orElse(""));
    } catch (Problem e) {
      throw new Outbound.Failure(e.code(), e.code() + ": " + e.detail());
    }
  }

  /** Asks a Pre hook. */
  HookAnswer.Told ask(Hook hook, String id, byte[] body, Duration within, Optional<String> trace) {
    try {
      var reply = post(hook, id, body, within, trace);
      var kept = Optional.of(kept(reply));
      return new HookAnswer.Told(answer(reply), Optional.of(reply.status()), kept);
    } catch (Outbound.Failure e) {
      return HookAnswer.Told.failed(e.reason());
    }
  }

  static String kept(Outbound.Reply reply) {
    var text = reply.text();
    return text.length() <= KEPT_MAX ? text : text.substring(0, KEPT_MAX);
  }

  private static HookAnswer answer(Outbound.Reply reply) {
    var status = reply.status();
    if (status >= 200 && status < 300) {
      return reply.text().isBlank()
          ? new HookAnswer.GoOn()
          : json(reply)
              .map(HookAnswer.Told::of)
              .orElseGet(() -> new HookAnswer.Failed("its answer is no JSON object"));
    }
    if (status >= 400 && status < 500) {
      var problem = json(reply);
      if (problem.isPresent()) {
        return HookAnswer.Refuse.of(problem.get());
      }
      if (!NO_VERDICT.contains(status)) {
        return HookAnswer.Refuse.of("it answered with status " + status);
      }
    }
    return new HookAnswer.Failed("it answered with status " + status);
  }

  private static Optional<Map<String, Object>> json(Outbound.Reply reply) {
    try {
      return Optional.of(Json.parseObject(reply.body().getBytes()));
    } catch (JsonException _) {
      return Optional.empty();
    }
  }
}
