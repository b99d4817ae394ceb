package io.oarlock.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oarlock.engine.Call;
import io.oarlock.engine.InboundCall;
import io.oarlock.engine.Platform;
import io.oarlock.json.Json;
import io.oarlock.model.Problem;
import io.vertx.core.http.HttpMethod;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /v1/calls/<token>}: automations answering callers who have nothing but the URL. */
final class CallRoute {
  static final String WORD = "calls";

  /**
   * What a script may say about its answer. Cookies, framing and the platform's own headers stay
   * out of its reach: it speaks from the origin of the console.
   */
  private static final Set<String> SCRIPT_HEADERS =
      Set.of(
          "content-type",
          "content-language",
          "content-disposition",
          "cache-control",
          "etag",
          "last-modified",
          "link",
          "location",
          "retry-after");

  private static final Set<String> OWN_HEADERS =
      Set.of("x-request-id", "x-content-type-options", "x-frame-options");

  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]{0,4096}");
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

  private final Platform platform;

  CallRoute(Platform platform) {
    this.platform = platform;
  }

  Route.Branch branch(int bodyMax) {
    var template = RouteTable.PREFIX + WORD + "/{token}";
    var post = new Route(template, Route.Access.PROOF, bodyMax, this::handle);
    var get = new Route(template, Route.Access.PROOF, 0, this::run);
    return Route.Branch.of(Map.of(), Map.of(HttpMethod.POST, post, HttpMethod.GET, get));
  }

  /** How a run stands that was started by a call nobody waited for. */
  private Reply run(ApiRequest request, Call.Caller caller) {
    request.query().allow(List.of("run"));
    var run =
        request
            .query()
            .text("run")
            .orElseThrow(() -> Query.refusal("required", "run", "names the run to look at"));
    return Reply.json(200, platform.calledRun(request.argument(0), run));
  }

  private Reply handle(ApiRequest request, Call.Caller caller) {
    var headers = new LinkedHashMap<String, String>();
    request
        .headers()
        .forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    headers.remove("authorization");
    var answer =
        platform.call(
            new InboundCall(request.argument(0), headers, text(request), request.origin()));
    return located(reply(answer), answer, request.rawPath());
  }

  /** Where to ask about a run that goes on. */
  private static Reply located(Reply.Full reply, InboundCall.Reply answer, String path) {
    if (answer.status() == 202
        && answer.body().orElse("") instanceof Map<?, ?> body
        && body.get("run") instanceof String run) {
      reply.with("Location", path + "?run=" + run);
    }
    return reply;
  }

  private static String text(ApiRequest request) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(request.body().getBytes())).toString();
    } catch (CharacterCodingException e) {
      throw Problem.malformed("The body is not UTF-8 text");
    }
  }

  private static Reply.Full reply(InboundCall.Reply answer) {
    if (answer.status() < 200 || answer.status() > 599) {
      throw new Problem(
          Problem.Kind.INTERNAL,
          "script-status",
          "The automation answered no HTTP status",
          "statusCode is 200 to 599, not " + answer.status(),
          List.of());
    }
    var headers = allowed(answer.headers());
    var body = body(answer.body(), Optional.ofNullable(headers.get("content-type")));
    var reply = Reply.bytes(answer.status(), MediaTypes.JSON, body);
    headers.forEach((name, value) -> reply.with(titled(name), value));
    return reply.with("Content-Security-Policy", "sandbox; default-src 'none'");
  }

  private static Map<String, String> allowed(Map<String, String> said) {
    var kept = new LinkedHashMap<String, String>();
    said.forEach((name, value) -> {
      var lower = name.toLowerCase(Locale.ROOT);
      if (mayBeSaid(lower) && VALUE.matcher(value).matches()) {
        kept.put(lower, value);
      }
    });
    return kept;
  }

  private static boolean mayBeSaid(String name) {
    return SCRIPT_HEADERS.contains(name)
        || (name.startsWith("x-") && !OWN_HEADERS.contains(name) && NAME.matcher(name).matches());
  }

  private static String titled(String name) {
    return name.equals("content-type") ? "Content-Type" : name;
  }

  private static byte[] body(Optional<Object> body, Optional<String> contentType) {
    if (body.isEmpty()) {
      return new byte[0];
    }
    var isText =
        body.get() instanceof String
            && contentType.filter(type -> !MediaTypes.essence(type).endsWith("json")).isPresent();
    return isText
        ? ((String) body.get()).getBytes(UTF_8)
        : Json.write((@Nullable Object) body.get());
  }
}
