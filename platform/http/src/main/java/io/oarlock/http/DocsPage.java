package io.oarlock.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oarlock.json.Json;
import io.oarlock.model.Action;
import io.oarlock.model.Attribute;
import io.oarlock.model.Attribute.Flag;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import io.oarlock.model.TypeWords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** The API reference as one page that needs nothing from elsewhere. */
final class DocsPage {
  private static final String STYLE = resource("docs.css");
  private static final String SCRIPT = resource("docs.js");

  /** Only the page's own style and script, told by their digests. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src '"
          + digest(STYLE)
          + "'; script-src '"
          + digest(SCRIPT)
          + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final StringBuilder out = new StringBuilder(1 << 16);
  private final ResourceModel model;

  private DocsPage(ResourceModel model) {
    this.model = model;
  }

  static byte[] of(ResourceModel model) {
    var page = new DocsPage(model);
    page.write();
    return page.out.toString().getBytes(UTF_8);
  }

  private static String resource(String name) {
    try (var in = DocsPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("Resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String text) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write() {
    out.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append("<title>Oarlock API</title><style>")
        .append(STYLE)
        .append("</style></head><body>");
    navigation();
    out.append("<main><h1>Oarlock API</h1><p class=\"soft\">Derived from the model. The same as ")
        .append("<a href=\"/openapi.json\">OpenAPI 3.1</a>.</p>")
        .append("<p id=\"none\" hidden>Nothing here has all these words.</p>");
    conventions();
    model.types().forEach(this::type);
    out.append("</main><script>").append(SCRIPT).append("</script></body></html>");
  }

  private void navigation() {
    out.append("<nav><label for=\"search\">Search</label><input id=\"search\" type=\"search\" ")
        .append("autocomplete=\"off\" placeholder=\"type / to search\">")
        .append("<h2>All types</h2><a href=\"#conventions\">Conventions</a>");
    var group = "";
    for (var type : model.types()) {
      if (!type.group().equals(group)) {
        group = type.group();
        out.append("<h2>").append(escape(group)).append("</h2>");
      }
      out.append("<a href=\"#").append(type.name()).append("\">");
      out.append(type.name()).append("</a>");
    }
    out.append("</nav>");
  }

  private void conventions() {
    out.append("<section id=\"conventions\"><h2>Conventions</h2>")
        .append("<p>Send <code>Authorization: Bearer …</code>; <code>POST /v1/issue</code> gives ")
        .append("a token. Refusals are <code>application/problem+json</code> and name the reason, ")
        .append("the rule and the fix; all violations of a body come at once.</p>")
        .append("<h3>Parameters of lists</h3>");
    parameters(ResourceRoutes.LIST_PARAMETERS);
    out.append("<h3>Parameters of writes</h3>");
    parameters(ResourceRoutes.WRITE_PARAMETERS);
    out.append("<h3>Headers</h3>");
    parameters(List.of("X-Namespace", "If-Match", "If-None-Match", "Idempotency-Key", "Prefer"));
    out.append("<h3>Events</h3><p><code>GET /v1/events</code>, as server-sent events or over a ")
        .append("WebSocket:</p>");
    parameters(FeedRequests.PARAMETERS);
    out.append("</section>");
  }

  private void parameters(List<String> names) {
    out.append("<div class=\"scroll\"><table>");
    OpenApiParts.docs(names)
        .forEach((name, doc) -> row("<code>" + escape(name) + "</code>", escape(doc)));
    out.append("</table></div>");
  }

  private void type(ResourceType type) {
    out.append("<section id=\"").append(type.name()).append("\"><h2>").append(type.name());
    out.append("</h2><p>").append(escape(type.doc())).append("</p><ul class=\"routes\">");
    var whole = RouteTable.PREFIX + type.plural();
    for (var operation : Operation.values()) {
      if (type.allows(operation)) {
        route(method(operation), whole + (isWhole(operation) ? "" : "/{id}"), "");
      }
    }
    for (var action : type.actions()) {
      action(whole, action);
    }
    out.append("</ul><h3>Attributes</h3><div class=\"scroll\"><table>");
    row(List.of("<th>Name</th>", "<th>Values</th>", "<th>Meaning</th>"));
    for (var attribute : type.attributes()) {
      if (!attribute.is(Flag.HIDDEN)) {
        row("<code>" + attribute.name() + "</code>", values(attribute), meaning(attribute));
      }
    }
    out.append("</table></div><h3>Example</h3><pre>");
    out.append(escape(Json.pretty(type.example()))).append("</pre></section>");
  }

  private void action(String whole, Action action) {
    route(
        action.method(), whole + (action.onType() ? "/" : "/{id}/") + action.name(), action.doc());
  }

  private static boolean isWhole(Operation operation) {
    return switch (operation) {
      case CREATE, LIST, COUNT -> true;
      case GET, UPDATE, PATCH, DELETE -> false;
    };
  }

  private static String method(Operation operation) {
    return switch (operation) {
      case CREATE -> "POST";
      case GET, LIST -> "GET";
      case COUNT -> "HEAD";
      case UPDATE -> "PUT";
      case PATCH -> "PATCH";
      case DELETE -> "DELETE";
    };
  }

  private void route(String method, String path, String doc) {
    out.append("<li><code><span class=\"method\">").append(method).append("</span>");
    out.append(path).append("</code> <span class=\"soft\">").append(escape(doc));
    out.append("</span></li>");
  }

  private static String values(Attribute attribute) {
    var words = new StringBuilder(escape(TypeWords.of(attribute.type())));
    attribute
        .defaultValue()
        .ifPresent(
            value -> words.append("<br>default <code>").append(json(value)).append("</code>"));
    return words.toString();
  }

  private static String meaning(Attribute attribute) {
    var marks = new ArrayList<String>();
    if (attribute.required()) {
      marks.add("required");
    }
    for (var flag : Flag.values()) {
      if (attribute.is(flag)) {
        marks.add(flag.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      }
    }
    var text = new StringBuilder(escape(attribute.doc()));
    if (!marks.isEmpty()) {
      text.append(" <span class=\"soft\">").append(String.join(", ", marks)).append("</span>");
    }
    attribute
        .example()
        .ifPresent(value -> text.append("<br><code>").append(json(value)).append("</code>"));
    return text.toString();
  }

  private static String json(Object value) {
    return escape(Json.text(value));
  }

  private void row(String... cells) {
    row(List.of(cells).stream().map(cell -> "<td>" + cell + "</td>").toList());
  }

  private void row(List<String> cells) {
    out.append("<tr>").append(String.join("", cells)).append("</tr>");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
