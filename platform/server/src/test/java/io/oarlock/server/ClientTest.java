package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.client.ConnectionException;
import io.oarlock.client.Credentials;
import io.oarlock.client.Oarlock;
import io.oarlock.client.Patience;
import io.oarlock.client.ProblemException;
import io.oarlock.client.Resources;
import io.oarlock.client.Settings;
import io.oarlock.client.WatchOptions;
import io.oarlock.json.Json;
import io.oarlock.model.Operation;
import io.oarlock.model.types.ExternalNetwork;
import io.oarlock.model.types.Namespace;
import io.oarlock.model.types.ResourceTypes;
import io.oarlock.model.types.Revocation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The client in Java against a platform over TLS: what all clients do alike, and what it adds. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientTest {
  private static final Path SCRIPT = Path.of("..", "client", "conformance.json");
  private static final Patience BRISK =
      new Patience(4, Duration.ofMillis(1), Duration.ofMillis(50), Duration.ofSeconds(60));

  @TempDir static Path home;
  private static Program platform;
  private static Credentials admin;
  private static Oarlock oarlock;

  @BeforeAll
  static void start() throws Exception {
    platform = Program.up(home, "--port", "0");
    var password = Files.readString(Path.of(platform.text("passwordFile"))).strip();
    admin = Credentials.account(platform.text("adminUser"), password);
    oarlock = Oarlock.connect(settings(platform.text("url"), admin));
    oarlock.in("/").of(Namespace.class).create(Map.of("name", "clients"));
  }

  @AfterAll
  static void stop() throws Exception {
    oarlock.close();
    assertThat(platform.terminate()).isZero();
  }

  private static Settings settings(String url, Credentials credentials) throws Exception {
    return Settings.of(url, credentials).trusting(Path.of(platform.text("caFile"))).in("/");
  }

  /** All of one tenant, which has worker processes of its own. */
  private static String newNamespace() {
    var name = "t-" + UUID.randomUUID();
    return oarlock.in("/clients").of("namespace").create(Map.of("name", name)).name();
  }

  private static Stream<Named<Map<String, Object>>> script(String part) throws Exception {
    var script = Json.parseObject(Files.readAllBytes(SCRIPT));
    return ClientScript.list(script.get(part)).stream()
        .map(ClientScript::object)
        .map(each -> Named.of(String.valueOf(each.get("name")), each));
  }

  static Stream<Named<Map<String, Object>>> journeys() throws Exception {
    return script("journeys");
  }

  static Stream<Named<Map<String, Object>>> faults() throws Exception {
    return script("faults");
  }

  @ParameterizedTest
  @MethodSource("journeys")
  void aJourneyOfAllClients(Map<String, Object> journey) throws Exception {
    var namespace = newNamespace();
    try (var road = Road.to(platform.url().getPort());
        var far = Oarlock.connect(settings("https://localhost:" + road.port(), admin))) {
      var cutting = new ClientScript.Cutting(far.in(namespace), road);
      play(oarlock.in(namespace), journey, Optional.of(cutting));
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultIsMetAsByAllClients(Map<String, Object> fault) throws Exception {
    try (var server = new Faulty(ClientScript.list(fault.get("answers")));
        var near =
            Oarlock.connect(Settings.of(server.url() + "/", Credentials.token("x")).with(BRISK))) {
      play(near, fault, Optional.empty());
      assertThat((long) server.asked.size()).isEqualTo(fault.get("attempts"));
      if (fault.containsKey("keys")) {
        assertThat((long) new HashSet<>(server.asked).size()).isEqualTo(fault.get("keys"));
      }
    }
  }

  private static void play(
      Oarlock client, Map<String, Object> played, Optional<ClientScript.Cutting> cutting)
      throws Exception {
    new ClientScript(client, String.valueOf(played.get("type")), cutting)
        .play(ClientScript.list(played.get("steps")));
  }

  @Test
  void everyTypeIsThereByItsRecordAndByItsNames() {
    for (var record : ResourceTypes.all()) {
      assertThat(oarlock.of(record)).isNotNull();
    }
    assertThat(oarlock.of("extnet").list()).isNotNull();
    assertThatThrownBy(() -> oarlock.of("kite")).hasMessage("No resource type is called kite");
    assertThatThrownBy(() -> oarlock.of("run").create(Map.of()))
        .hasMessageContaining("run has no create; it has");
  }

  @Test
  void whatComesIsARecordAsWell() {
    var networks = oarlock.in(newNamespace()).of(ExternalNetwork.class);
    var made = networks.create(Map.of("name", "office", "entries", List.of("10.0.0.0/8")));
    assertThat(made.value().entries()).containsExactly("10.0.0.0/8");
    assertThat(made.value().meta().name()).isEqualTo("office");
    assertThat(networks.list().stream().map(each -> each.value().type()))
        .containsExactly(ExternalNetwork.Type.SUBNET);
    assertThat(networks.get(Resources.named("office"))).isEqualTo(made);
  }

  @Test
  void aWatchOfManyTypesKnowsEach() throws Exception {
    var namespace = newNamespace();
    var here = oarlock.in(namespace);
    here.of("externalnetwork").create(Map.of("name", "office", "entries", List.of("10.0.0.0/8")));
    here.of("networkaccesspolicy").create(Map.of("name", "web-to-db"));
    try (var watch =
        here.watch(
            WatchOptions.since(0)
                .types("externalnetwork", "networkaccesspolicy")
                .operations(Operation.CREATE))) {
      var events = watch.stream().limit(2).toList();
      assertThat(events.getFirst().object().value()).isInstanceOf(ExternalNetwork.class);
      assertThat(events.getLast().type()).isEqualTo("networkaccesspolicy");
      assertThat(watch.position()).hasValue(events.getLast().sequence());
    }
  }

  @Test
  void aTokenIsRenewedWhenItIsRevoked() throws Exception {
    var used = ConcurrentHashMap.<String>newKeySet();
    Credentials noting =
        (issuer, refused) -> {
          var given = admin.token(issuer, refused);
          used.add(given);
          return given;
        };
    try (var other = Oarlock.connect(settings(platform.text("url"), noting))) {
      other.of(Namespace.class).count();
      oarlock.of(Revocation.class).create(Map.of("tokenId", tokenId(used)));
      Program.until(() -> {
        other.of(Namespace.class).count();
        return used.size() == 2;
      });
    }
  }

  private static Object tokenId(Set<String> tokens) {
    var claims = tokens.iterator().next().split("\\.", -1)[1];
    var text = new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8);
    return String.valueOf(Json.parseObject(text).get("jti"));
  }

  @Test
  void aTokenIsRenewedWhenItsTimeIsOver() throws Exception {
    var password = Files.readString(Path.of(platform.text("passwordFile"))).strip();
    var metadata = Map.of("account", platform.text("adminUser"), "password", password);
    var brief =
        Credentials.proof(Map.of("realm", "Account", "metadata", metadata, "validity", "PT1S"));
    var used = ConcurrentHashMap.<String>newKeySet();
    Credentials noting =
        (issuer, refused) -> {
          var given = brief.token(issuer, refused);
          used.add(given);
          return given;
        };
    try (var other = Oarlock.connect(settings(platform.text("url"), noting))) {
      Program.until(() -> {
        other.of(Namespace.class).count();
        return used.size() > 2;
      });
    }
  }

  @Test
  void aWrongPasswordIsRefusedAtOnce() throws Exception {
    var wrong = Credentials.account("nobody", "wrong");
    try (var stranger = Oarlock.connect(settings(platform.text("url"), wrong))) {
      assertThatThrownBy(() -> stranger.of(Namespace.class).count())
          .isInstanceOf(ProblemException.Unauthenticated.class);
    }
  }

  @Test
  void aStrangersCertificateIsNotTrusted() {
    var once = new Patience(1, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(60));
    try (var trusting = Oarlock.connect(Settings.of(platform.text("url"), admin).with(once))) {
      assertThatThrownBy(() -> trusting.of(Namespace.class).count())
          .isInstanceOf(ConnectionException.class)
          .hasMessageContaining("did not answer");
    }
  }
}
