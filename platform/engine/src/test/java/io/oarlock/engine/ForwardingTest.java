package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.automations.HostCalls;
import io.oarlock.automations.RunRequest;
import io.oarlock.automations.RunResult;
import io.oarlock.automations.Script;
import io.oarlock.automations.ScriptError;
import io.oarlock.automations.SourceProblem;
import io.oarlock.automations.Usage;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.spi.Outgoing;
import io.oarlock.spi.Sink;
import io.oarlock.spi.SinkContext;
import io.oarlock.spi.SinkException;
import io.oarlock.spi.SinkPlugin;
import io.oarlock.spi.SinkSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForwardingTest {
  @TempDir private Path directory;
  private final Memory memory = new Memory();
  private TestPlatform platform;
  private TestPlatform.Caller admin;

  /** A sink that remembers, and fails as the test says. */
  private static final class Memory implements SinkPlugin, Sink {
    final List<List<Outgoing>> batches = new CopyOnWriteArrayList<>();
    volatile boolean isDown;
    volatile String refuses = "";

    @Override
    public Set<String> kinds() {
      return Set.of("Http");
    }

    @Override
    public Sink open(SinkSettings settings, SinkContext context) {
      return this;
    }

    @Override
    public void send(List<Outgoing> batch) throws SinkException {
      if (isDown) {
        throw SinkException.later("nobody is there");
      }
      if (!refuses.isEmpty() && batch.stream().anyMatch(o -> refuses.equals(name(o)))) {
        throw SinkException.refused("it is called " + refuses);
      }
      batches.add(List.copyOf(batch));
    }

    List<String> names() {
      return batches.stream().flatMap(List::stream).map(Memory::name).toList();
    }

    private static String name(Outgoing outgoing) {
      return String.valueOf(outgoing.object().get("name"));
    }
  }

  /** Makes of each event its name, of "skipped" nothing; fails for "bad". */
  private static final class Naming extends TestPlatform.Scripts {
    @Override
    public List<SourceProblem> check(Script script) {
      return script.modules().values().stream()
          .filter(source -> source.contains("syntax error"))
          .map(_ -> new SourceProblem("transform.js", "unexpected token", 1, 2))
          .toList();
    }

    @Override
    public RunResult run(RunRequest request, HostCalls host) {
      var given = Trees.object(request.context().get("event")).get("events");
      var events = given instanceof List<?> list ? list : List.of();
      var made = new ArrayList<@Nullable Object>();
      for (var event : events) {
        var name = String.valueOf(Trees.object(Trees.object(event).get("object")).get("name"));
        if (name.equals("bad")) {
          return new RunResult.Failed(
              new ScriptError("no name for it", 3, 1, "transform.js"), Usage.none());
        }
        made.add(name.equals("skipped") ? null : Map.of("named", name));
      }
      return new RunResult.Succeeded(made, Usage.none());
    }
  }

  @BeforeEach
  void start() {
    platform = new TestPlatform(directory, new Naming(), List.of(memory));
    admin = platform.admin();
    admin.create("namespace", "/", Map.of("name", "acme"));
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private void forward(Map<String, Object> more) {
    var body = new HashMap<String, Object>();
    body.put("name", "out");
    body.put("types", List.of("externalnetwork"));
    body.put("sink", Map.of("kind", "Http", "url", "https://events.example.com/"));
    body.put("batch", Map.of("maxEvents", 10, "maxWait", "PT0.05S"));
    body.putAll(more);
    admin.create("eventforwarder", "/acme", body);
  }

  private void network(String name) {
    admin.create(
        "externalnetwork", "/acme", Map.of("name", name, "entries", List.of("10.0.0.0/8")));
  }

  private Map<String, Object> progress() {
    return Trees.object(admin.get("eventforwarder", "/acme", "name:out").get("progress"));
  }

  private void await(String... names) {
    Waiting.until(
        () -> memory.names().equals(List.of(names)), String.join(", ", names) + " in the sink");
  }

  @Test
  void whatIsChosenIsSentInOrderAndNothingFromBefore() {
    network("before");
    forward(Map.of("filter", "name != \"other\""));
    network("a");
    network("other");
    admin.create("egresspolicy", "/acme", Map.of("name", "x", "allow", List.of("10.0.0.0/8")));
    network("b");

    await("a", "b");
    Waiting.until(() -> Long.valueOf(0).equals(progress().get("lag")), "no lag");
    assertThat(progress()).containsEntry("sent", 2L).containsKey("acknowledgedAt");
  }

  @Test
  void anOutageLosesNothingAndIsSeen() {
    forward(Map.of());
    memory.isDown = true;
    network("a");
    Waiting.until(() -> progress().containsKey("lastError"), "a failure");
    assertThat(progress()).containsEntry("lastError", "nobody is there").containsEntry("sent", 0L);
    network("b");
    platform.close();

    memory.isDown = false;
    platform = new TestPlatform(directory, new Naming(), List.of(memory));
    admin = platform.admin();
    await("a", "b");
    Waiting.until(() -> !progress().containsKey("lastError"), "the failure to be over");
  }

  @Test
  void whatTheSinkRefusesIsGivenUpAloneAndSaid() {
    forward(Map.of("batch", Map.of("maxEvents", 100, "maxWait", "PT0.5S")));
    memory.refuses = "bad";
    for (var name : List.of("a", "b", "bad", "c", "d")) {
      network(name);
    }

    await("a", "b", "c", "d");
    Waiting.until(() -> Long.valueOf(1).equals(progress().get("givenUp")), "one given up");
    var row = admin.list("delivery", "/acme").getFirst();
    assertThat(row)
        .containsEntry("sourceType", "eventforwarder")
        .containsEntry("targetName", "bad")
        .containsEntry("status", "DeadLettered");
    assertThat(admin.list("alarm", "/acme"))
        .singleElement()
        .satisfies(alarm -> assertThat(alarm).containsEntry("kind", "forwarder:events-refused"));
  }

  @Test
  void aTransformSaysWhatIsSent() {
    forward(Map.of("transform", "export default (event) => ({named: event.object.name})"));
    for (var name : List.of("a", "skipped", "bad", "b")) {
      network(name);
    }

    await("a", "b");
    assertThat(memory.batches.getFirst().getFirst().payload()).isEqualTo(Map.of("named", "a"));
    Waiting.until(() -> Long.valueOf(1).equals(progress().get("givenUp")), "one given up");
    assertThatThrownBy(() -> forward(Map.of("name", "broken", "transform", "syntax error")))
        .isInstanceOfSatisfying(
            Problem.class,
            p -> assertThat(p.violations().getFirst().code()).isEqualTo("syntax-error"));
  }

  @Test
  void itIsRewoundToSendAgain() {
    forward(Map.of());
    network("a");
    await("a");
    Waiting.until(() -> Long.valueOf(1).equals(progress().get("sent")), "it is stored");

    admin.act("eventforwarder", "/acme", "name:out", "rewind", Map.of("after", 0L));

    await("a", "a");
  }

  @Test
  void aDisabledOneWaitsAndAnUnknownKindIsRefused() {
    forward(Map.of("disabled", true));
    network("a");
    admin.plain(Operation.PATCH, "eventforwarder", "/acme", "name:out", Map.of("disabled", false));

    await("a");
    assertThatThrownBy(() ->
            forward(
                Map.of("name", "none", "sink", Map.of("kind", "Syslog", "host", "a.example.com"))))
        .isInstanceOfSatisfying(
            Problem.class,
            p -> assertThat(p.violations().getFirst().code()).isEqualTo("no-plugin"));
  }
}
