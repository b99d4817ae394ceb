package io.oarlock.model.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.model.Formats;
import io.oarlock.model.ModelReader;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Validator;
import io.oarlock.model.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RulesAcrossAttributesTest {
  private final ResourceModel model = ModelReader.read(ResourceTypes.all());
  private final Validator validator =
      new Validator(Formats.of(model.types().stream().map(ResourceType::name).toList(), Map.of()));

  @Test
  void aHookThatCallsAUrlNeedsOneAndPicksNoAutomation() {
    var faults =
        faults("hookpolicy", Map.of("selectors", List.of(List.of("role=guard"))), "endpoint");

    assertThat(faults).containsExactly("/endpoint required", "/selectors not-allowed");
  }

  @Test
  void aHookWithoutSubjectIsRefused() {
    assertThat(faults("hookpolicy", Map.of("subject", List.of())))
        .containsExactly("/subject required");
  }

  @Test
  void aHookWaitsThirtySecondsAtMost() {
    assertThat(faults("hookpolicy", Map.of("timeout", "PT31S")))
        .containsExactly("/timeout out-of-range");
  }

  @Test
  void aScheduleHasEitherCronOrInterval() {
    var both = Map.of("kind", "OnSchedule", "cron", "0/2 * * * * ?", "every", "PT30M");

    assertThat(faults("automation", Map.of("trigger", both)))
        .containsExactly("/trigger/every not-allowed");
    assertThat(faults("automation", Map.of("trigger", Map.of("kind", "OnSchedule"))))
        .containsExactly("/trigger/cron required");
  }

  @Test
  void limitsBeyondTheHardMaximumAreRefused() {
    assertThat(faults("automation", Map.of("limits", Map.of("memory", "1GiB"))))
        .containsExactly("/limits/memory out-of-range");
  }

  @Test
  void anAuthorizationNamesOneRealmAndASecondClaim() {
    assertThat(faults("apiauthorizationpolicy", subject("@auth:account=alice", "@auth:team=a")))
        .containsExactly("/subject/0 realm-needed");
    assertThat(faults("apiauthorizationpolicy", subject("@auth:realm=account")))
        .containsExactly("/subject/0 too-broad");
    assertThat(faults("apiauthorizationpolicy", subject("@auth:realm=account", "env=prod")))
        .containsExactly("/subject/0 not-a-claim");
  }

  @Test
  void claimsOfADeclaredProviderNeedItsNamespace() {
    assertThat(faults("apiauthorizationpolicy", subject("@auth:realm=oidc", "@auth:sub=alice")))
        .containsExactly("/subject/0 namespace-needed");
  }

  @Test
  void anyStandsAloneAmongPorts() {
    assertThat(faults("networkaccesspolicy", Map.of("ports", List.of("any", "tcp/80"))))
        .containsExactly("/ports any-not-alone");
  }

  @Test
  void whatLooksLikeANetworkIsOne() {
    var entries =
        List.of("10.0.0.0/8", "!10.1.0.0/99", "10.0.0.1", "2001:db8::/129", "*.example.com");

    assertThat(faults("externalnetwork", Map.of("entries", entries)))
        .containsExactly(
            "/entries/1 bad-network", "/entries/2 bad-network", "/entries/3 bad-network");
  }

  private static Map<String, Object> subject(String... line) {
    return Map.of("subject", List.of(List.of(line)));
  }

  /** What is wrong with the type's example once changed. */
  private List<String> faults(String name, Map<String, ?> changes, String... without) {
    var type = model.require(name);
    var body = new LinkedHashMap<>(type.example());
    body.putAll(changes);
    List.of(without).forEach(body::remove);
    return validator.validate(type, body, Validator.Mode.CREATE, Optional.empty()).stream()
        .map(RulesAcrossAttributesTest::brief)
        .toList();
  }

  private static String brief(Violation violation) {
    return violation.pointer() + " " + violation.code();
  }
}
