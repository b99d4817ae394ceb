package io.oarlock.enforcer.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A real platform on the bridge of a lab, and the command line that speaks to it. */
final class Platform {
  static final String ADDRESS = "10.77.0.250";

  private final Lab lab;
  private final Path home;
  private final Process process;
  private final Map<String, Object> ready;
  private String token = "";

  Platform(Lab lab, Path home) throws Exception {
    this.lab = lab;
    this.home = home;
    Shell.must("ip -n " + lab.host("net") + " addr add " + ADDRESS + "/24 dev br0");
    Shell.must("ip -n " + lab.host("net") + " link set lo up");
    var words = List.of("up", "--json", "--host", ADDRESS, "--port", "0");
    this.process = lab.start(command(lab, "net", home, io.oarlock.server.Main.class, words));
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.ready = Json.parseObject(Objects.requireNonNull(out.readLine(), "the platform ended"));
    assertThat(String.valueOf(ready.get("url"))).contains(ADDRESS);
    this.token = signIn(Path.of(String.valueOf(ready.get("passwordFile"))));
    must("login");
  }

  /** A Java program on a host of the lab. */
  static List<String> command(
      Lab lab, String host, Path home, Class<?> main, List<String> arguments) {
    var java = ProcessHandle.current().info().command().orElse("java");
    var command =
        new ArrayList<>(
            List.of(
                "nsenter",
                "--net=/run/netns/" + lab.host(host),
                "env",
                "OARLOCK_HOME=" + home,
                java,
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(arguments);
    return command;
  }

  /** Runs a command of {@code oarlock}; gives what it says. */
  String must(String... words) {
    var result = Shell.run(command(lab, "net", home, io.oarlock.cli.Main.class, List.of(words)));
    assertThat(result.status()).as(String.join(" ", words) + ": " + result.words()).isZero();
    return result.words();
  }

  /** Asks the REST interface, as the administrator. */
  Map<String, Object> rest(String method, String namespace, String path, Map<String, ?> body) {
    var command = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + lab.host("net")));
    command.addAll(List.of("curl", "-sS", "--fail-with-body", "-X", method));
    command.addAll(List.of("--cacert", String.valueOf(ready.get("caFile"))));
    command.addAll(List.of("-H", "Content-Type: application/json"));
    command.addAll(List.of("-H", "X-Namespace: " + namespace));
    if (!token.isEmpty()) {
      command.addAll(List.of("-H", "Authorization: Bearer " + token));
    }
    if (!body.isEmpty()) {
      command.addAll(List.of("-d", Json.text(body)));
    }
    command.add(ready.get("url") + "/v1/" + path);
    var result = Shell.run(command);
    assertThat(result.status()).as(method + " " + path + ": " + result.words()).isZero();
    return Json.parseObject(
        "{\"answer\":" + (result.words().isBlank() ? "{}" : result.words()) + "}");
  }

  private String signIn(Path passwordFile) throws IOException {
    var proof = Map.of("account", "admin", "password", Files.readString(passwordFile).strip());
    var answer = rest("POST", "/", "issue", Map.of("realm", "Account", "metadata", proof));
    return String.valueOf(((Map<?, ?>) Objects.requireNonNull(answer.get("answer"))).get("token"));
  }

  void namespace(String above, String name) {
    rest("POST", above, "namespaces", Map.of("name", name));
  }

  /** Lets one tier talk to the next. */
  void allow(String namespace, String name, String from, String to) {
    rest(
        "POST",
        namespace,
        "networkaccesspolicies",
        Map.of(
            "name",
            name,
            "subject",
            List.of(List.of("app=myapp", "role=" + from)),
            "object",
            List.of(List.of("app=myapp", "role=" + to)),
            "propagate",
            true));
  }

  /** All of a type in a namespace. */
  List<Map<String, Object>> list(String namespace, String plural) {
    return AgentHost.objects(rest("GET", namespace, plural, Map.of()).get("answer"));
  }

  void stop() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }
}
