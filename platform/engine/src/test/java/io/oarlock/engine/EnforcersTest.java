package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.json.Json;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.model.types.Enforcer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Enforcers of /acme/prod, and one of /evil that would like to be one. */
class EnforcersTest {
  private static final String PROD = "/acme/prod";
  private static final String EVIL = "/evil";

  @TempDir private Path directory;
  private TestPlatform platform;
  private TestPlatform.Caller admin;

  @BeforeEach
  void start() {
    platform = new TestPlatform(directory);
    admin = platform.admin();
    admin.create("namespace", "/", Map.of("name", "acme"));
    admin.create("namespace", "/acme", Map.of("name", "prod"));
    admin.create("namespace", "/", Map.of("name", "evil"));
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void whoEnrolsIsCertifiedByItsNamespaceAlone() throws Exception {
    var host = enrol(PROD, "host-1");
    var evil = enrol(EVIL, "host-1");

    var certificate = certificate(host.resource(), "certificate");
    certificate.verify(certificate(host.resource(), "certificateAuthority").getPublicKey());
    assertThat(certificate.getExtendedKeyUsage()).containsExactly(Enforcer.CERTIFICATE_PURPOSE);
    assertThat(certificate.getSubjectX500Principal().getName())
        .contains("CN=" + host.id(), "O=" + PROD);
    var other = certificate(evil.resource(), "certificateAuthority");
    assertThatThrownBy(() -> certificate.verify(other.getPublicKey()))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void aRegistrationCredentialEnrolsAndDoesNothingElse() throws Exception {
    var registration = TestHost.registration(platform, admin, PROD);

    refused("forbidden", () -> registration.list("networkaccesspolicy", PROD));
    refused("forbidden", () -> registration.list("enforcer", PROD));
    refused("forbidden", () -> registration.create("processingunit", PROD, unit("web")));
    refused(
        "forbidden", () -> registration.create("enforcer", EVIL, TestHost.body("x", request())));
  }

  @Test
  void policiesFromAboveAndItsOwnArriveSigned() throws Exception {
    var host = enrol(PROD, "host-1");
    policy("/acme", "from-above", true);
    policy("/acme", "not-handed-down", false);
    policy(PROD, "its-own", false);
    policy(EVIL, "somebody-elses", true);

    var set = opened(host, policies(host, 0, "PT0S"));

    assertThat(names(set)).containsExactlyInAnyOrder("from-above", "its-own");
    assertThat(set)
        .containsEntry("namespace", PROD)
        .containsEntry("incoming", "Reject")
        .containsEntry("outgoing", "Reject");
  }

  @Test
  void theEpochGrowsWithWhatCountsAndWithNothingElse() throws Exception {
    var host = enrol(PROD, "host-1");
    var first = policies(host, 0, "PT0S");
    policy(EVIL, "somebody-elses", true);
    var same = policies(host, epoch(first), "PT0S");
    policy("/acme", "from-above", true);
    var next = policies(host, epoch(first), "PT30S");

    assertThat(same).doesNotContainKey("signed").containsEntry("epoch", epoch(first));
    assertThat(epoch(next)).isGreaterThan(epoch(first));
    assertThat(names(opened(host, next))).containsExactly("from-above");
  }

  @Test
  void epochsGoOnAfterARestart() throws Exception {
    var host = enrol(PROD, "host-1");
    policy(PROD, "its-own", false);
    var before = policies(host, 0, "PT0S");
    platform.close();
    platform = new TestPlatform(directory);
    admin = platform.admin();
    var again = host.signIn(platform);

    assertThat(policies(again, 0, "PT0S")).containsEntry("epoch", epoch(before));
    policy(PROD, "another", false);
    assertThat(epoch(policies(again, epoch(before), "PT30S"))).isGreaterThan(epoch(before));
  }

  @Test
  void whoWaitsIsAnsweredWhenAPolicyIsTakenAway() throws Exception {
    var host = enrol(PROD, "host-1");
    var id = policy(PROD, "its-own", false);
    var epoch = epoch(policies(host, 0, "PT0S"));
    var waiting = CompletableFuture.supplyAsync(() -> policies(host, epoch, "PT30S"));

    admin.plain(Operation.DELETE, "networkaccesspolicy", PROD, id, Map.of());

    assertThat(names(opened(host, waiting.get(60, TimeUnit.SECONDS)))).isEmpty();
  }

  @Test
  void nobodyElseGetsTheSet() throws Exception {
    var host = enrol(PROD, "host-1");
    var neighbour = enrol(PROD, "host-2");
    var evil = enrol(EVIL, "host-3");

    refused("not-the-enforcer", () -> policies(neighbour, host, PROD));
    refused("forbidden", () -> policies(evil, host, PROD));
    refused("not-the-enforcer", () -> policies(evil, host, EVIL));
    refused("not-the-enforcer", () -> policies(new TestHost(admin, Map.of(), ""), host, PROD));
    for (var type : List.of("networkaccesspolicy", "externalnetwork", "enforcer", "secret")) {
      refused("forbidden", () -> evil.caller().list(type, PROD));
      refused("forbidden", () -> evil.caller().list(type, EVIL));
    }
  }

  @Test
  void anEnforcerChangesItselfAndItsUnitsAlone() throws Exception {
    var host = enrol(PROD, "host-1");
    var neighbour = enrol(PROD, "host-2");
    var unit = host.caller().create("processingunit", PROD, unit("web"));
    var id = Trees.required(unit, "id");
    var renamed = Map.<String, Object>of("description", "mine");

    assertThat(unit).containsEntry("enforcerId", host.id()).containsEntry("namespace", PROD);
    refused("not-its-unit", () -> patch(neighbour, "processingunit", id, renamed));
    refused("not-the-enforcer", () -> patch(neighbour, "enforcer", host.id(), renamed));
    patch(host, "enforcer", host.id(), renamed);
    patch(host, "processingunit", id, renamed);

    var nothing = Map.<String, Object>of();
    var type = EnforcerProcessor.TYPE;
    refused(
        "not-the-enforcer",
        () -> neighbour.caller().plain(Operation.DELETE, type, PROD, host.id(), nothing));
    host.caller().plain(Operation.DELETE, "processingunit", PROD, id, nothing);
    host.caller().plain(Operation.DELETE, type, PROD, host.id(), nothing);
    assertThat(admin.list(type, PROD)).hasSize(1);
  }

  @Test
  void onlyTheEnforcerItselfRenewsItsCertificate() throws Exception {
    var host = enrol(PROD, "host-1");
    var asked = Map.<String, Object>of("certificateRequest", request().certificate());

    assertThatThrownBy(() -> admin.plain(Operation.PATCH, "enforcer", PROD, host.id(), asked))
        .hasMessageContaining("Only the enforcer itself");
    var renewed = patch(host, "enforcer", host.id(), asked);

    assertThat(renewed.get("certificate")).isNotEqualTo(host.resource().get("certificate"));
  }

  @Test
  void aDeletedEnforcerHasNoRightsAndIsRevoked() throws Exception {
    var host = enrol(PROD, "host-1");
    var other = enrol(PROD, "host-2");
    var serial = certificate(host.resource(), "certificate").getSerialNumber().toString();

    admin.plain(Operation.DELETE, "enforcer", PROD, host.id(), Map.of());

    refused("forbidden", () -> policies(host, 0, "PT0S"));
    refused("wrong-credentials", () -> host.signIn(platform));
    assertThat(Trees.texts(opened(other, policies(other, 0, "PT0S")).get("revoked")))
        .containsExactly(serial);
  }

  @Test
  void whenItWasHeardOfIsShown() throws Exception {
    var host = enrol(PROD, "host-1");
    policies(host, 7, "PT0S");

    var shown = admin.get("enforcer", PROD, host.id());

    assertThat(shown).containsEntry("epoch", 7L).containsEntry("unreachable", false);
    assertThat(Trees.instant(shown, "lastSyncTime")).isPresent();
  }

  private TestHost enrol(String namespace, String name) throws Exception {
    return TestHost.enrol(platform, admin, namespace, name);
  }

  private static CertificateAuthority.Pair request() {
    return CertificateRequests.make();
  }

  private static Map<String, Object> unit(String name) {
    return Map.of("name", name, "type", "LinuxService");
  }

  private String policy(String namespace, String name, boolean propagate) {
    var made =
        admin.create(
            "networkaccesspolicy",
            namespace,
            Map.of(
                "name",
                name,
                "subject",
                List.of(List.of("app=web")),
                "object",
                List.of(List.of("app=db")),
                "propagate",
                propagate));
    return Trees.required(made, "id");
  }

  private static Map<String, Object> policies(TestHost host, long after, String wait) {
    var parameters = Map.of("after", Long.toString(after), "wait", wait);
    return host.caller().act("enforcer", PROD, host.id(), "policyset", Map.of(), parameters);
  }

  private static Map<String, Object> policies(TestHost caller, TestHost of, String namespace) {
    return caller.caller().act("enforcer", namespace, of.id(), "policyset", Map.of());
  }

  private static Map<String, Object> patch(
      TestHost host, String type, String id, Map<String, Object> change) {
    return TestPlatform.one(host.caller().plain(Operation.PATCH, type, PROD, id, change));
  }

  private static long epoch(Map<String, Object> answer) {
    return Trees.number(answer, "epoch", -1);
  }

  /** Verifies a set as an enforcer does. */
  private static Map<String, Object> opened(TestHost host, Map<String, Object> answer)
      throws Exception {
    var parts = Trees.required(answer, "signed").split("\\.", -1);
    var decoder = Base64.getUrlDecoder();
    assertThat(decoder.decode(parts[0])).asString().isEqualTo(Enforcer.POLICY_SET_HEADER);
    var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
    verifier.initVerify(certificate(host.resource(), "certificateAuthority").getPublicKey());
    verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(verifier.verify(decoder.decode(parts[2]))).isTrue();
    var set = new LinkedHashMap<>(Json.parseObject(decoder.decode(parts[1])));
    assertThat(set).containsEntry("epoch", epoch(answer));
    return set;
  }

  private static List<String> names(Map<String, Object> set) {
    return ((List<?>) set.getOrDefault("policies", List.of()))
        .stream().map(policy -> Trees.required(Trees.object(policy), "name")).toList();
  }

  private static X509Certificate certificate(Map<String, Object> tree, String name)
      throws GeneralSecurityException {
    var certificate = CredentialRealm.certificate(Trees.required(tree, name));
    assertThat(certificate.getNotAfter().toInstant()).isAfter(Instant.now());
    return certificate;
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
  }
}
