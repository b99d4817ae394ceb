package io.oarlock.enforcer.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.enforcer.agent.Main;
import io.oarlock.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A host of the lab with a real agent on it. */
final class AgentHost {
  private static final long PATIENCE_SECONDS = 60;
  private static final long STEP_NANOS = 50_000_000;

  private final Lab lab;
  private final String name;
  private final Path folder;
  private final Path credential;
  private final List<String> around;
  private final List<Process> units = new ArrayList<>();
  private final Map<String, UnitShell> shells = new HashMap<>();
  private Process agent;

  /** What the agent said when it was ready. */
  Map<String, Object> ready;

  AgentHost(Lab lab, String name, Path folder, Path credential) throws IOException {
    this(lab, name, folder, credential, List.of());
  }

  /** An agent that is started by another program, which then becomes it. */
  AgentHost(Lab lab, String name, Path folder, Path credential, List<String> around)
      throws IOException {
    this.lab = lab;
    this.name = name;
    this.folder = folder;
    this.credential = credential;
    this.around = List.copyOf(around);
    this.agent = start();
    this.ready = awaitReady(agent);
  }

  Path state() {
    return folder.resolve("state-" + name);
  }

  private Process start() {
    var command = new ArrayList<>(around);
    command.addAll(
        command(
            "run",
            "--credential",
            credential.toString(),
            "--name",
            "host-" + name,
            "--flows-every",
            "PT1S",
            "--json"));
    return lab.start(command);
  }

  private static Map<String, Object> awaitReady(Process process) throws IOException {
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return Json.parseObject(Objects.requireNonNull(out.readLine(), "the agent ended"));
  }

  private List<String> command(String word, String... more) {
    var words = new ArrayList<>(List.of(word, "--state", state().toString()));
    words.addAll(List.of(more));
    return Platform.command(lab, name, folder.resolve("home-" + name), Main.class, words);
  }

  /** Starts a program as a unit of the tier with that name. */
  Process unit(String role, String... program) {
    var words = new ArrayList<>(List.of("--name", role, "--tag", "app=myapp"));
    words.addAll(List.of("--tag", "role=" + role, "--"));
    words.addAll(List.of(program));
    return exec(words.toArray(String[]::new));
  }

  /** Starts a unit by those words. */
  Process exec(String... words) {
    var process = lab.start(command("exec", words));
    units.add(process);
    return process;
  }

  /** Tries to start a unit; gives what was said about it. */
  Shell.Result tryExec(String... words) {
    return Shell.run(command("exec", words));
  }

  /** What curl gets, as a unit of that tier. */
  String get(String role, String url) {
    return shells
        .computeIfAbsent(role, _ -> new UnitShell(unit(role, "sh")))
        .run("curl -s -g -m 20 '" + url + "'");
  }

  /** Ends its units; they are gone when this returns. */
  void endUnits() throws InterruptedException {
    for (var unit : units) {
      assertThat(unit.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** The status for people. */
  String said() {
    return Shell.run(command("status")).words();
  }

  /** The status as the agent tells it on its socket. */
  Map<String, Object> status() {
    var socket = UnixDomainSocketAddress.of(state().resolve("agent.sock"));
    try (var channel = SocketChannel.open(socket)) {
      channel.write(ByteBuffer.wrap("{\"op\":\"status\"}\n".getBytes(StandardCharsets.UTF_8)));
      return Json.parseObject(Channels.newInputStream(channel).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The ports of all units the agent knows. */
  List<Object> ports() {
    return ports("ports");
  }

  /** The UDP ports of all units the agent knows. */
  List<Object> udpPorts() {
    return ports("udpPorts");
  }

  private List<Object> ports(String kind) {
    return objects(status().get("units")).stream()
        .flatMap(unit -> ((List<?>) Objects.requireNonNull(unit.get(kind))).stream())
        .map(port -> (Object) port)
        .toList();
  }

  /** Ends the agent in an orderly way. */
  void stop() throws InterruptedException {
    agent.destroy();
    assertThat(agent.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(agent.exitValue()).isZero();
  }

  void startAgain() throws IOException {
    agent = start();
    ready = awaitReady(agent);
  }

  static void await(String what, BooleanSupplier fact) {
    var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!fact.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(until);
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  @SuppressWarnings("unchecked") // lists of resources are lists of objects
  static List<Map<String, Object>> objects(@Nullable Object value) {
    return value instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
  }
}
