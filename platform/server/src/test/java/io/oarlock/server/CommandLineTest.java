package io.oarlock.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.json.Json;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line against the platform, over TLS with its own authority. */
class CommandLineTest {
  private static final int NOT_FOUND = 3;
  private static final int AUTH = 4;
  private static final int CONFLICT = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path home;
  private static Process server;

  @BeforeAll
  static void start() throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
                java,
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.oarlock.server.Main",
                "up",
                "--port",
                "0",
                "--json")
            .redirectError(home.resolve("server.err").toFile());
    builder.environment().put("OARLOCK_HOME", home.toString());
    server = builder.start();
    var out = new InputStreamReader(server.getInputStream(), UTF_8);
    var ready = new BufferedReader(out).readLine();
    assertThat(ready).as(() -> errors()).contains("\"url\":\"https://");
    assertThat(run("login").exit()).isZero();
  }

  private static String errors() {
    try {
      return Files.readString(home.resolve("server.err"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    server.destroy();
    assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  /** What came of a command. */
  private record Result(int exit, String out, String err) {}

  private static Result run(String... words) {
    return typing("", Map.of(), words);
  }

  private static Result apply(String text, String... options) {
    var words = new ArrayList<>(List.of("apply", "-f", "-"));
    words.addAll(List.of(options));
    return typing(text, Map.of(), words.toArray(String[]::new));
  }

  private static Result typing(String input, Map<String, String> more, String... words) {
    var variables = new HashMap<>(more);
    variables.put("OARLOCK_HOME", home.toString());
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var exit =
        io.oarlock.cli.Main.run(
            variables,
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            words);
    return new Result(exit, out.toString(UTF_8), err.toString(UTF_8));
  }

  @Test
  void theVersionsOfBothSidesAreTold() {
    assertThat(run("version").out()).matches("oarlock  .+\nplatform [0-9.]+\\S*  https://\\S+\n");
  }

  @Test
  void theSocketOfTheHomeIsItsOwnersAlone() throws IOException {
    var run = home.resolve("run");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(run.resolve("api.sock"))))
        .isEqualTo("rw-------");
  }

  /** By the socket of the home, and once by TLS. */
  @Test
  void whatTheStartUpCacheIsRecordedFromSucceeds() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classPath = System.getProperty("java.class.path");
    var builder =
        new ProcessBuilder(java, "-cp", classPath, "io.oarlock.cli.Rehearsal")
            .redirectErrorStream(true);
    builder.environment().put("OARLOCK_HOME", home.toString());
    var rehearsal = builder.start();
    var said = new String(rehearsal.getInputStream().readAllBytes(), UTF_8);
    assertThat(rehearsal.waitFor()).as(said).isZero();
  }

  @Test
  void aFileIsAppliedOnceAndThenUnchanged() {
    var file =
        """
        kind: namespace
        name: apply
        ---
        kind: netpol
        namespace: /apply
        name: web-to-db
        subject: [[app=web]]
        object: [[app=db]]
        """;
    assertThat(apply(file, "--dry-run").out()).contains("created (dry run)");
    assertThat(run("get", "ns", "/apply").exit()).isEqualTo(NOT_FOUND);
    assertThat(apply(file).out().lines()).hasSize(2).allMatch(line -> line.endsWith("created"));
    assertThat(apply(file).out().lines()).allMatch(line -> line.endsWith("unchanged"));
    var changed = file.replace("app=db", "app=cache");
    assertThat(typing(changed, Map.of(), "diff", "-f", "-").exit()).isEqualTo(1);
    assertThat(apply(changed).out()).contains("web-to-db in /apply updated");
    var shown = run("get", "netpol", "web-to-db", "-n", "/apply", "-o", "yaml").out();
    assertThat(apply("kind: netpol\n" + shown).out()).endsWith("unchanged\n");
  }

  @Test
  void everythingIsToldOfABadDocumentAndNothingIsWritten() {
    var result =
        apply(
            """
            kind: namespace
            name: half
            ---
            kind: netpol
            name: p
            ports: [tcp/99999]
            colour: red
            """);
    assertThat(result.exit()).isEqualTo(CONFLICT);
    assertThat(result.err()).contains("standard input #2", "ports", "colour");
    assertThat(run("get", "ns", "half").exit()).isEqualTo(NOT_FOUND);
  }

  @Test
  void resourcesAreMadeChangedCountedAndDeleted() {
    assertThat(run("api", "create", "ns", "--set", "name=crud").exit()).isZero();
    assertThat(run("api", "create", "ns", "-n", "/crud", "--set", "name=below").exit()).isZero();
    assertThat(run("api", "count", "ns", "-n", "/crud").out()).isEqualTo("1\n");
    assertThat(run("api", "patch", "ns", "crud", "--set", "description=new").exit()).isZero();
    assertThat(run("get", "ns", "crud", "-o", "jsonpath=.description").out()).isEqualTo("new\n");
    var stale = run("api", "patch", "ns", "crud", "--if-match", "1", "--set", "description=x");
    assertThat(stale.exit()).isEqualTo(CONFLICT);
    assertThat(run("api", "search", "ns", "bel", "-r", "-o", "name").out())
        .isEqualTo("namespace//crud/below\n");
    assertThat(run("get", "ns", "-q", "nme == x").exit()).isEqualTo(CONFLICT);
    assertThat(run("delete", "ns", "-q", "name == \"/crud\"", "--yes").exit()).isZero();
    assertThat(run("delete", "ns", "crud").exit()).isEqualTo(NOT_FOUND);
  }

  @Test
  void aNarrowedTokenCannotLeaveItsNamespace() {
    run("api", "create", "ns", "--set", "name=narrow");
    var token = run("token", "issue", "--validity", "PT5M", "--restrict-namespace", "/narrow");
    var narrow = Map.of("OARLOCK_TOKEN", token.out().strip());
    assertThat(typing("", narrow, "get", "netpol", "-n", "/narrow").exit()).isZero();
    assertThat(typing("", narrow, "get", "netpol", "-n", "/").exit()).isEqualTo(AUTH);
    var forged = Map.of("OARLOCK_TOKEN", token.out().strip() + "x");
    assertThat(typing("", forged, "get", "netpol", "-n", "/narrow").exit()).isEqualTo(AUTH);
  }

  @Test
  void actionsAreAskedWithTypedInput() {
    run("api", "create", "ns", "--set", "name=act");
    run(
        "api",
        "create",
        "automation",
        "-n",
        "/act",
        "--set",
        "name=echo",
        "--set",
        "trigger.kind=OnCall",
        "--set",
        "source=export default async () => 1;");
    var made =
        run(
            "api",
            "act",
            "automation",
            "echo",
            "calltokens",
            "-n",
            "/act",
            "--set",
            "description=ci");
    assertThat(String.valueOf(Json.parseObject(made.out()).get("url"))).contains("/v1/calls/");
    var slots =
        run(
            "api",
            "act",
            "automation",
            "preview",
            "--set",
            "count=3",
            "--set",
            "schedule.cron=0 0 2 * * ?");
    assertThat((List<?>) Json.parseObject(slots.out()).get("slots")).hasSize(3);
    assertThat(run("api", "act", "automation", "echo", "calltoken", "-n", "/act").err())
        .contains("Did you mean \"calltokens\"?");
  }

  @Test
  void anAutomationsRunsAndLogsAreSeenAsTheyHappen() throws Exception {
    run("api", "create", "ns", "--set", "name=auto");
    var made =
        run(
            "api",
            "create",
            "automation",
            "-n",
            "/auto",
            "--set",
            "name=tell",
            "--set",
            "trigger.kind=OnEvent",
            "--set",
            "trigger.types=networkaccesspolicy",
            "--set",
            "trigger.operations=Create",
            "--set",
            "source=export default async (ctx) => { ctx.log.info('seen ' + ctx.event.object.name); }");
    assertThat(made.err()).isEmpty();
    var watched =
        CompletableFuture.supplyAsync(() ->
            run(
                "watch",
                "run",
                "-n",
                "/auto",
                "-q",
                "status == Succeeded",
                "--after",
                "0",
                "--count",
                "1",
                "-o",
                "json"));
    run(
        "api",
        "create",
        "netpol",
        "-n",
        "/auto",
        "--set",
        "name=p",
        "--set",
        "subject=a=b",
        "--set",
        "object=c=d");
    var line = watched.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).out().strip();
    var event = Json.parseObject(line);
    var run = (Map<?, ?>) requireNonNull(event.get("object"));
    var id = requireNonNull(run.get("id")).toString();
    assertThat(run("logs", "-n", "/auto", id).out()).contains("info", "seen p");
    assertThat(run("logs", "-n", "/auto", "tell").out()).contains("seen p");
    assertThat(run("runs", "-n", "/auto", "tell").out()).contains("Succeeded", "tell");
    assertThat(run("runs", "-n", "/auto", "--failed").err()).contains("No runs");
  }
}
