package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.model.Instants;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Trait;
import io.oarlock.spi.Sink;
import io.oarlock.spi.SinkContext;
import io.oarlock.spi.SinkException;
import io.oarlock.spi.SinkPlugin;
import io.oarlock.spi.SinkSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What types share, tried on every type that has it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedTraitsTest {
  private final AtomicInteger count = new AtomicInteger();
  private TestPlatform platform;
  private TestPlatform.Caller admin;

  /** What the example of an event forwarder sends to; nothing is sent in these tests. */
  private static final class Nowhere implements SinkPlugin {
    @Override
    public Set<String> kinds() {
      return Set.of("SplunkHec");
    }

    @Override
    public Sink open(SinkSettings settings, SinkContext context) {
      return _ -> {
        throw SinkException.later("there is nobody");
      };
    }
  }

  @BeforeAll
  void start(@TempDir Path directory) {
    platform = new TestPlatform(directory, new TestPlatform.Scripts(), List.of(new Nowhere()));
    admin = platform.admin();
  }

  @AfterAll
  void stop() {
    platform.close();
  }

  /** A new namespace, with a child c. */
  private String namespace() {
    var name = "n" + count.incrementAndGet();
    admin.create("namespace", "/", Map.of("name", name));
    admin.create("namespace", "/" + name, Map.of("name", "c"));
    return "/" + name;
  }

  private static Stream<ResourceType> types(Predicate<ResourceType> wanted) {
    return TestPlatform.MODEL.types().stream()
        .filter(type -> type.has(Trait.STORED) && type.allows(Operation.CREATE))
        .filter(type -> !PluginProcessor.NEEDING_ONE.contains(type.name()))
        .filter(wanted);
  }

  static Stream<String> protectable() {
    return types(type -> type.attribute("protected").isPresent()).map(ResourceType::name);
  }

  static Stream<String> propagating() {
    return types(type -> type.has(Trait.PROPAGATED)).map(ResourceType::name);
  }

  /** The example of the type, where this test has its things. */
  private Map<String, Object> example(String type, String namespace, Map<String, Object> more) {
    var body = new LinkedHashMap<>(TestPlatform.MODEL.require(type).example());
    body.computeIfPresent("authorizedNamespace", (_, _) -> namespace);
    body.computeIfPresent("targetNamespace", (_, _) -> namespace);
    body.computeIfPresent(
        "allow", (_, _) -> List.of("*.n" + count.incrementAndGet() + ".example.com"));
    body.putAll(more);
    return body;
  }

  private String create(String type, String namespace, Map<String, Object> body) {
    return Trees.required(admin.create(type, namespace, body), "id");
  }

  private void patch(String type, String namespace, String id, Map<String, Object> change) {
    admin.plain(Operation.PATCH, type, namespace, id, change);
  }

  @Test
  void aTypeWhosePluginIsMissingIsNotStored() {
    assertThatThrownBy(() -> create("app", namespace(), Map.of("name", "a", "bundle", "UEs=")))
        .hasMessageContaining("no plugin that serves the type app");
  }

  @ParameterizedTest
  @MethodSource("protectable")
  void whatIsProtectedIsChangedOnPurposeOnly(String type) {
    var at = namespace();
    var id = create(type, at, example(type, at, Map.of("protected", true)));

    assertThatThrownBy(() -> patch(type, at, id, Map.of("description", "x")))
        .hasMessageContaining("protected");
    assertThatThrownBy(() -> admin.plain(Operation.DELETE, type, at, id, Map.of()))
        .hasMessageContaining("protected");
    admin.call(
        Operation.DELETE,
        type,
        at,
        Optional.of(id),
        Map.of(),
        Call.Reading.DEFAULT,
        new Call.Writing(Optional.empty(), Optional.empty(), false, true));
  }

  @ParameterizedTest
  @MethodSource("propagating")
  void whatPropagatesIsSeenBelowUnlessItHides(String type) {
    var at = namespace();
    var always = List.of("apiauthorizationpolicy", "quotapolicy").contains(type);
    var id = create(type, at, example(type, at, Map.of("propagate", false)));
    assertThat(seenBelow(type, at, id)).isEqualTo(always);

    patch(type, at, id, Map.of("propagate", true));
    assertThat(seenBelow(type, at, id)).isTrue();

    patch(type, at, id, Map.of("propagationHidden", true));
    assertThat(seenBelow(type, at, id)).isFalse();
    assertThat(admin.get(type, at, id)).containsEntry("id", id);
  }

  private boolean seenBelow(String type, String at, String id) {
    var propagated =
        new Call.Reading(
            false,
            true,
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.of(1000),
            Optional.empty(),
            Optional.empty(),
            false,
            false);
    var answer =
        admin.call(
            Operation.LIST,
            type,
            at + "/c",
            Optional.empty(),
            Map.of(),
            propagated,
            Call.Writing.DEFAULT);
    return ((Answer.Many) answer).resources().stream().anyMatch(seen -> id.equals(seen.get("id")));
  }

  @Test
  void whatExpiresIsDeletedByItself() {
    var soon =
        Map.<String, Object>of("expirationTime", Instants.text(Instant.now().plusMillis(500)));
    var made = new LinkedHashMap<String, String>();
    types(type -> type.has(Trait.EXPIRING))
        .map(ResourceType::name)
        .forEach(type -> {
          var at = namespace();
          made.put(at, type + "/" + create(type, at, example(type, at, soon)));
        });

    assertThat(made).hasSizeGreaterThan(10);
    made.forEach((at, what) -> {
      var parts = what.split("/", 2);
      Waiting.until(() -> isGone(parts[0], at, parts[1]), parts[0] + " to be deleted");
    });
  }

  private boolean isGone(String type, String at, String id) {
    try {
      admin.get(type, at, id);
      return false;
    } catch (Problem e) {
      return e.kind() == Problem.Kind.NOT_FOUND;
    }
  }
}
