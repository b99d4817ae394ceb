package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.oarlock.json.Json;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces as somebody sees them who asked for them. */
class TracesTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";

  /** What OTLP/HTTP and hooks are sent to. */
  private static final class Collector implements AutoCloseable {
    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<String> hooks = new CopyOnWriteArrayList<>();

    Collector() throws IOException {
      var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      server = HttpServer.create(here, 0);
      server.createContext("/v1/traces", this::collect);
      server.createContext("/hook", this::hook);
      server.start();
    }

    private void collect(HttpExchange exchange) throws IOException {
      var zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      var body = exchange.getRequestBody();
      try (var in = zipped ? new GZIPInputStream(body) : body) {
        for (var resource : ExportTraceServiceRequest.parseFrom(in).getResourceSpansList()) {
          resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
        }
      }
      answer(exchange, "");
    }

    private void hook(HttpExchange exchange) throws IOException {
      hooks.add(exchange.getRequestHeaders().getFirst("traceparent"));
      answer(exchange, "{}");
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
      exchange.getRequestBody().readAllBytes();
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    }

    String url(String path) {
      return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Spans of the caller's trace, when there are some like this. */
    Span await(Predicate<Span> wanted) throws Exception {
      Program.until(() -> mine().stream().anyMatch(wanted));
      return mine().stream().filter(wanted).findFirst().orElseThrow();
    }

    private List<Span> mine() {
      return spans.stream().filter(span -> hex(span.getTraceId()).equals(TRACE)).toList();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  private static String hex(com.google.protobuf.ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private static Predicate<Span> named(String name) {
    return span -> span.getName().equals(name);
  }

  private static Predicate<Span> under(Span parent, String name) {
    return named(name).and(span -> span.getParentSpanId().equals(parent.getSpanId()));
  }

  private static Predicate<Span> noting(String key, String value) {
    return span ->
        span.getAttributesList().stream()
            .anyMatch(a -> a.getKey().equals(key) && a.getValue().getStringValue().equals(value));
  }

  @Test
  void aWriteShowsFromRequestToCommitWithAllItSetsOff(@TempDir Path home) throws Exception {
    try (var collector = new Collector();
        var program =
            Program.up(
                home,
                Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    collector.url(""),
                    "OTEL_BSP_SCHEDULE_DELAY",
                    "50"),
                "--http",
                "--port",
                "0")) {
      var admin = program.admin();
      prepare(admin, collector);
      var body = Json.text(Map.of("name", "p", "subject", List.of(List.of("a=b"))));

      var write = admin.request("/", "networkaccesspolicies").POST(BodyPublishers.ofString(body));
      admin.send(write.header("traceparent", "00-" + TRACE + "-" + CALLER + "-01")).expect(201);

      var request = collector.await(named("POST /v1/networkaccesspolicies"));
      assertThat(hex(request.getParentSpanId())).isEqualTo(CALLER);
      assertThat(request.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
      var create = collector.await(under(request, "create networkaccesspolicy"));
      collector.await(under(create, "commit"));
      var asked = collector.await(under(create, "hook").and(noting("oarlock.hook", "outside")));
      assertThat(collector.hooks)
          .containsExactly("00-" + TRACE + "-" + hex(asked.getSpanId()) + "-01");
      var scripted = collector.await(under(create, "hook").and(noting("oarlock.hook", "script")));
      collector.await(under(scripted, "run").and(noting("oarlock.automation", "guard")));
      var later = collector.await(named("run").and(noting("oarlock.automation", "listens")));
      var call = collector.await(under(later, "api.list"));
      collector.await(under(call, "list networkaccesspolicy"));
      assertThat(program.terminate()).isZero();
    }
  }

  private static void prepare(Caller admin, Collector collector) throws Exception {
    admin.create("/", "egresspolicies", Map.of("name", "e", "allow", List.of("127.0.0.0/8")));
    admin.create("/", "hookpolicies", hook("outside", Map.of("endpoint", collector.url("/hook"))));
    var selectors = List.of(List.of("role=guard"));
    admin.create(
        "/",
        "hookpolicies",
        hook("script", Map.of("endpointType", "Automation", "selectors", selectors)));
    admin.create("/", "automations", automation("guard", Map.of("kind", "OnHook"), "{}"));
    var onEvent = Map.of("kind", "OnEvent", "types", List.of("networkaccesspolicy"));
    var lists = "{ await ctx.api.list('networkaccesspolicy') }";
    admin.create("/", "automations", automation("listens", onEvent, lists));
  }

  private static Map<String, Object> hook(String name, Map<String, Object> more) {
    var body = new java.util.LinkedHashMap<String, Object>(more);
    body.put("name", name);
    body.put("subject", List.of(List.of("$type=networkaccesspolicy")));
    body.put("timeout", "PT30S");
    return body;
  }

  private static Map<String, Object> automation(String name, Object trigger, String body) {
    return Map.of(
        "name",
        name,
        "associatedTags",
        List.of("role=guard"),
        "trigger",
        trigger,
        "entitlements",
        Map.of("networkaccesspolicy", List.of("list")),
        "source",
        "export default async function (ctx) " + body);
  }

  @Test
  void nothingOfItIsLoadedUntilSomebodyAsks(@TempDir Path home) throws Exception {
    var loaded = home.resolve("classes.log");
    var options = Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded);
    try (var program = Program.up(home, options, "--http", "--port", "0")) {
      program.admin().create("/", "namespaces", Map.of("name", "a"));
      assertThat(program.terminate()).isZero();
    }
    assertThat(Files.readString(loaded))
        .contains("io.oarlock.traces.Traces ")
        .doesNotContain("io.opentelemetry");
  }
}
