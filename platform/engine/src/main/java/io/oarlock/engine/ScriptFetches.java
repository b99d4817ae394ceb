package io.oarlock.engine;

import io.oarlock.automations.HostCallException;
import io.oarlock.model.Problem;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * {@code fetch} of scripts: each hop goes through the outbound guard, and secrets are put in anew
 * for each, so that none follows a redirect to where it is not bound.
 */
final class ScriptFetches implements Brokers.Fetches {
  /** Redirects that are followed. */
  static final int REDIRECTS_MAX = 5;

  /** Longest time of one fetch, all its hops together. */
  static final Duration TOTAL = Duration.ofSeconds(30);

  /** Most bytes of a reply's body. */
  static final int REPLY_MAX = 1024 * 1024;

  private static final int BODY_MAX = 1024 * 1024;
  private static final int HEADERS_MAX = 64;
  private static final int HEADER_MAX = 8192;
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** Headers that say how a message is framed or where it goes: the client's own business. */
  private static final Set<String> FORBIDDEN =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "upgrade",
          "te",
          "trailer",
          "expect",
          "proxy-authorization",
          "proxy-connection",
          "http2-settings");

  /** Headers that speak to one host only. */
  private static final Set<String> PERSONAL = Set.of("authorization", "cookie");

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");
  private static final Pattern BREAK = Pattern.compile("[\\x00-\\x08\\x0a-\\x1f\\x7f]");
  private static final Pattern ORIGIN =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://[^/?#\\\\]*)(.*)");

  private final OutboundGuard guard;
  private final Outbound outbound;
  private final SecretHandles secrets;

  ScriptFetches(OutboundGuard guard, Outbound outbound, SecretHandles secrets) {
    this.guard = guard;
    this.outbound = outbound;
    this.secrets = secrets;
  }

  /** A request as the script wrote it: handles in place of secrets. */
  private record Template(
      String url, String method, Map<String, String> headers, Optional<String> text, Buffer bytes) {
    boolean hasBody() {
      return text.isPresent() || bytes.length() > 0;
    }

    /** What is sent to where a redirect leads. */
    Template redirected(String to, boolean sameOrigin, int status) {
      var kept = new LinkedHashMap<>(headers);
      if (!sameOrigin) {
        kept.entrySet()
            .removeIf(e -> PERSONAL.contains(e.getKey()) || SecretHandles.in(e.getValue()));
      }
      var becomesGet = status == 303 || (status < 303 && method.equals("POST"));
      if (becomesGet && !method.equals("HEAD")) {
        kept.remove("content-type");
        return new Template(to, "GET", kept, Optional.empty(), Buffer.buffer());
      }
      return new Template(to, method, kept, text, bytes);
    }
  }

  /** One hop: what came back, and from where. */
  private record Hop(
      OutboundGuard.Target target, Outbound.Reply reply, SecretHandles.Filling filling) {}

  @Override
  public void requireHost(Automation automation, String url) throws HostCallException {
    var parts = ORIGIN.matcher(url);
    try {
      var host = OutboundGuard.read(parts.matches() ? parts.group(1) : url).host();
      if (!automation.mayAsk(host)) {
        throw new HostCallException(
            "host-not-allowed",
            "The automation %s may not send requests to %s, only to %s; add the host to its hosts, or to permissions.hosts of the app it belongs to"
                .formatted(automation.name(), host, hosts(automation)));
      }
    } catch (Problem e) {
      throw new HostCallException(e.code(), e.detail());
    }
  }

  private static String hosts(Automation automation) {
    return automation.hosts().isEmpty()
        ? "none"
        : String.join(", ", new TreeSet<>(automation.hosts()));
  }

  @Override
  public void requireSecret(Automation automation, String name) throws HostCallException {
    secrets.require(automation, name);
  }

  @Override
  public Map<String, Object> fetch(Automation automation, Map<String, Object> arguments)
      throws HostCallException {
    var mode = Trees.text(arguments, "redirect").orElse("follow");
    var template = template(arguments);
    var end = System.nanoTime() + TOTAL.toNanos();
    for (var redirects = 0; ; redirects++) {
      var hop = send(automation, template, Duration.ofNanos(end - System.nanoTime()));
      var location = hop.reply().header("location").filter(_ -> isRedirect(hop.reply().status()));
      if (location.isEmpty() || mode.equals("manual")) {
        return answer(template.url(), hop, redirects > 0);
      }
      if (mode.equals("error") || redirects == REDIRECTS_MAX) {
        throw new HostCallException(
            "redirect",
            mode.equals("error")
                ? "the server redirects, and this fetch follows no redirects"
                : "the server redirects more than " + REDIRECTS_MAX + " times");
      }
      template = next(template, hop, location.get());
    }
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  private static Template next(Template template, Hop hop, String location)
      throws HostCallException {
    try {
      // A server that sends a secret back in its redirect does not pass it on.
      var to = hop.target().url().resolve(new URI(hop.filling().redacted(location))).toString();
      var there = OutboundGuard.read(to);
      var from = hop.target();
      var sameOrigin =
          there.host().equals(from.host())
              && there.port() == from.port()
              && there.tls() == from.tls();
      return template.redirected(to, sameOrigin, hop.reply().status());
    } catch (java.net.URISyntaxException | IllegalArgumentException e) {
      throw new HostCallException("redirect", "the server redirects to something that is no URL");
    } catch (Problem e) {
      throw new HostCallException(e.code(), e.detail());
    }
  }

  private Hop send(Automation automation, Template template, Duration left)
      throws HostCallException {
    if (!left.isPositive()) {
      throw new HostCallException("timeout", "no answer within " + TOTAL);
    }
    var filling = filling(automation, template.url());
    requireHost(automation, template.url());
    var parts = ORIGIN.matcher(template.url());
    var url = parts.matches() ? parts.group(1) + filling.url(parts.group(2)) : template.url();
    var headers = new LinkedHashMap<String, String>();
    headers.put("user-agent", "Oarlock");
    for (var header : template.headers().entrySet()) {
      headers.put(header.getKey(), header(header.getKey(), filling.text(header.getValue())));
    }
    var body = body(template, filling);
    try {
      var target = guard.check(automation.namespace(), url);
      requirePrivacy(target, filling);
      var request =
          new Outbound.Request(
              template.method(), headers, body, Outbound.Tls.USUAL, left, REPLY_MAX);
      return new Hop(target, outbound.send(target, request), filling);
    } catch (Problem e) {
      throw new HostCallException(e.code(), filling.redacted(e.detail()));
    } catch (Outbound.Failure e) {
      throw new HostCallException(e.code(), filling.redacted(e.reason()));
    }
  }

  /** The host is read before anything is put in, so that no secret can choose it. */
  private SecretHandles.Filling filling(Automation automation, String url)
      throws HostCallException {
    var parts = ORIGIN.matcher(url);
    var origin = parts.matches() ? parts.group(1) : url;
    if (SecretHandles.in(origin)) {
      throw new HostCallException("secret-destination", "a secret cannot be part of a host");
    }
    try {
      return secrets.new Filling(automation, OutboundGuard.read(origin).host());
    } catch (Problem e) {
      throw new HostCallException(e.code(), e.detail());
    }
  }

  private static void requirePrivacy(OutboundGuard.Target target, SecretHandles.Filling filling)
      throws HostCallException {
    if (filling.used() && !target.tls() && !target.address().isLoopbackAddress()) {
      throw new HostCallException(
          "secret-in-the-clear", "a secret is sent over https only; use an https URL");
    }
  }

  private static Buffer body(Template template, SecretHandles.Filling filling)
      throws HostCallException {
    if (template.text().isEmpty()) {
      return template.bytes();
    }
    return Buffer.buffer(filling.text(template.text().get()));
  }

  private static Template template(Map<String, Object> arguments) throws HostCallException {
    var url = Trees.text(arguments, "url");
    if (url.isEmpty()) {
      throw new HostCallException("bad-argument", "url is missing or no text");
    }
    var method = Trees.text(arguments, "method").orElse("GET").toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      throw new HostCallException("bad-argument", "fetch does not send this method");
    }
    var template =
        new Template(
            url.get(),
            method,
            headers(Trees.object(arguments.get("headers"))),
            Trees.text(arguments, "body"),
            bytes(arguments));
    if (template.text().map(String::length).orElse(template.bytes().length()) > BODY_MAX) {
      throw new HostCallException("too-large", "a fetch sends at most " + BODY_MAX + " bytes");
    }
    if (template.hasBody() && (method.equals("GET") || method.equals("HEAD"))) {
      throw new HostCallException("bad-argument", "a " + method + " request has no body");
    }
    return template;
  }

  private static Buffer bytes(Map<String, Object> arguments) throws HostCallException {
    try {
      var base64 = Trees.text(arguments, "bodyBase64").orElse("");
      return Buffer.buffer(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException _) {
      throw new HostCallException("bad-argument", "bodyBase64 is no base64");
    }
  }

  private static Map<String, String> headers(Map<String, Object> given) throws HostCallException {
    if (given.size() > HEADERS_MAX) {
      throw new HostCallException(
          "bad-argument", "a fetch has at most " + HEADERS_MAX + " headers");
    }
    var headers = new LinkedHashMap<String, String>();
    for (var entry : given.entrySet()) {
      var name = entry.getKey().toLowerCase(Locale.ROOT);
      if (!NAME.matcher(name).matches()) {
        throw new HostCallException("bad-argument", "a header has an impossible name");
      }
      if (!FORBIDDEN.contains(name)) {
        headers.put(name, header(name, String.valueOf(entry.getValue())));
      }
    }
    return headers;
  }

  /** The message never holds the value, which may be a secret by now. */
  private static String header(String name, String value) throws HostCallException {
    if (value.length() > HEADER_MAX || BREAK.matcher(value).find()) {
      throw new HostCallException(
          "bad-argument", "the header " + name + " is too long or has a line break in it");
    }
    return value;
  }

  private static Map<String, Object> answer(String url, Hop hop, boolean redirected) {
    var reply = hop.reply();
    var headers = new LinkedHashMap<String, Object>();
    reply.headers().forEach((name, value) -> headers.put(name, hop.filling().redacted(value)));
    var answer = new LinkedHashMap<String, Object>();
    answer.put("url", url);
    answer.put("status", (long) reply.status());
    answer.put("statusText", reply.statusText());
    answer.put("redirected", redirected);
    answer.put("headers", headers);
    try {
      var decoder = StandardCharsets.UTF_8.newDecoder();
      var text = decoder.decode(ByteBuffer.wrap(reply.body().getBytes())).toString();
      answer.put("body", hop.filling().redacted(text));
    } catch (CharacterCodingException _) {
      answer.put("bodyBase64", Base64.getEncoder().encodeToString(reply.body().getBytes()));
    }
    return answer;
  }
}
