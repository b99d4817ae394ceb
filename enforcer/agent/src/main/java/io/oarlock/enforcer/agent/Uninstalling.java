package io.oarlock.enforcer.agent;

import io.oarlock.enforcer.datapath.Interception;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Takes an agent off its host: the agent, its place at the platform, its rules and its files, in
 * this order, so that nothing opens before it is alone. Units are never set free: as long as one
 * runs nothing is taken away, unless it is to be ended, too.
 */
final class Uninstalling {
  private static final Duration STOP_MAX = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final int NOT_FOUND = 404;

  private final StateFolder state;
  private final boolean endUnits;
  private final Consumer<String> said;
  private final InstantSource clock = InstantSource.system();

  /**
   * Does nothing yet.
   *
   * @param endUnits whether programs that still run as units are ended, or are a reason to stop
   * @param said is told each thing that was done
   */
  Uninstalling(StateFolder state, boolean endUnits, Consumer<String> said) {
    this.state = state;
    this.endUnits = endUnits;
    this.said = said;
  }

  /** Does it; what fails has an {@link AgentException} that says what is left to do. */
  void run() throws InterruptedException {
    if (!state.exists()) {
      throw new AgentException(
          "There is no agent's folder at %s; name it with --state DIR".formatted(state.folder()));
    }
    requireNoUnits(units());
    stopAgent();
    state.take();
    var units = units();
    requireNoUnits(units);
    endUnits(units);
    leavePlatform(units);
    removeRules();
    state.remove();
    said.accept("the folder " + state.folder() + " is removed");
  }

  private List<RunningUnit> units() {
    return state.units().stream().map(RunningUnit::of).toList();
  }

  private void requireNoUnits(List<RunningUnit> units) {
    var running = endUnits ? List.<String>of() : running(units);
    if (!running.isEmpty()) {
      throw new AgentException(
          "Units still run here, and would be free of every policy: %s. End them first, or add --end-units"
              .formatted(String.join(", ", running)));
    }
    var starting = units.stream().filter(this::isStarting).map(RunningUnit::name).toList();
    if (!starting.isEmpty()) {
      throw new AgentException(
          "Units are about to start: %s. Try again in %d seconds"
              .formatted(String.join(", ", starting), Units.START_MAX.toSeconds()));
    }
  }

  private static List<String> running(List<RunningUnit> units) {
    var found = Processes.witnesses(users(units));
    return units.stream()
        .filter(unit -> found.containsKey(unit.uid()))
        .map(RunningUnit::name)
        .sorted()
        .toList();
  }

  private static Set<Long> users(List<RunningUnit> units) {
    return units.stream().map(RunningUnit::uid).collect(Collectors.toSet());
  }

  /** One that has no process yet, and was asked for a moment ago. */
  private boolean isStarting(RunningUnit unit) {
    return clock.instant().isBefore(unit.since().plus(Units.START_MAX))
        && Processes.witnesses(Set.of(unit.uid())).isEmpty();
  }

  private void stopAgent() throws InterruptedException {
    if (!Files.exists(state.socket())) {
      said.accept("no agent was running");
      return;
    }
    Map<String, Object> status;
    try {
      status = ControlSocket.ask(state, Map.of("op", "status"));
    } catch (AgentException _) {
      said.accept("no agent was running"); // one that was killed leaves its socket behind
      return;
    }
    var pid = Tree.number(status, "pid");
    requireHere(pid);
    var agent = ProcessHandle.of(pid);
    if (agent.isPresent()) {
      agent.get().destroy();
      awaitEnd(agent.get());
    }
    said.accept("the agent, process " + pid + ", has ended");
  }

  private static void requireHere(long pid) {
    try {
      ControlSocket.requireHere(pid);
    } catch (IOException e) {
      throw new AgentException("The agent %d cannot be looked at: %s".formatted(pid, e), e);
    }
  }

  private static void awaitEnd(ProcessHandle agent) throws InterruptedException {
    try {
      agent.onExit().orTimeout(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      throw new AgentException(
          "The agent %d does not end; end it with: kill -9 %d".formatted(agent.pid(), agent.pid()),
          e);
    }
  }

  private void endUnits(List<RunningUnit> units) throws InterruptedException {
    var users = users(units);
    var until = System.nanoTime() + STOP_MAX.toNanos();
    for (var left = Processes.witnesses(users);
        !left.isEmpty();
        left = Processes.witnesses(users)) {
      if (System.nanoTime() > until) {
        throw new AgentException("The processes " + left.values() + " of units do not end");
      }
      left.values().stream()
          .flatMap(pid -> ProcessHandle.of(pid).stream())
          .forEach(ProcessHandle::destroyForcibly);
      Thread.sleep(LOOK_AGAIN);
    }
    if (!units.isEmpty()) {
      said.accept("units have ended: " + units.stream().map(RunningUnit::name).toList());
    }
  }

  /** The platform may be away for good: that is told, and keeps nothing from going. */
  private void leavePlatform(List<RunningUnit> units) {
    Optional<Enrolment> known;
    try {
      known = state.enrolment();
    } catch (AgentException e) {
      said.accept(e.reason());
      return;
    }
    if (known.isEmpty()) {
      said.accept("it had not enrolled");
      return;
    }
    var enrolment = known.get();
    try (var platform =
        new PlatformClient(
            enrolment.url(),
            enrolment.platformAuthority(),
            enrolment.id(),
            enrolment.privateKey(),
            enrolment.namespace().value(),
            clock)) {
      for (var unit : units) {
        if (unit.platformId().isPresent()) {
          delete(platform, "/v1/processingunits/" + unit.platformId().get());
        }
      }
      delete(platform, "/v1/enforcers/" + enrolment.id());
      said.accept("the enforcer %s is deleted at %s".formatted(enrolment.id(), enrolment.url()));
    } catch (IOException e) {
      said.accept(
          "the platform still has it (%s); delete it there: ./oarlock api delete enforcer %s -n %s"
              .formatted(e.getMessage(), enrolment.id(), enrolment.namespace()));
    }
  }

  private static void delete(PlatformClient platform, String path) throws IOException {
    try {
      platform.delete(path, PATIENCE);
    } catch (PlatformClient.Refusal refusal) {
      if (refusal.status() != NOT_FOUND) {
        throw refusal;
      }
    }
  }

  private void removeRules() {
    try (var _ = new ServerSocket(Agent.PORTS.outgoing())) {
      Interception.remove();
      said.accept("no rule of it is left in this network namespace");
    } catch (IOException e) {
      throw new AgentException(
          "The rules stay: %s. Another agent guards this network namespace, or nft is missing"
              .formatted(e.getMessage()),
          e);
    }
  }
}
