package io.oarlock.enforcer.wire;

import static io.oarlock.enforcer.wire.HandshakeTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.model.NamespacePath;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrustTest {
  private final Fixture fixture = new Fixture();
  private final EnforcerKey key = Fixture.key(fixture.authority, "host-a");

  @Test
  void eachFaultHasAReasonOfItsOwn() {
    var soon = key.identify("u", Fixture.PROD, Set.of(), Fixture.NOON.plusSeconds(60), later(3600));
    refused(Reason.NOT_YET_VALID, () -> fixture.trust.verify(soon.profile()));
    var identity = key.identify("u", Fixture.PROD, Set.of("a=b"), Fixture.NOON);
    var profile = fixture.trust.verify(identity.profile());
    fixture.trust.revoke(Set.of(profile.serial()));
    refused(Reason.REVOKED, () -> fixture.trust.verify(identity.profile()));
    assertThat(fixture.trust.isRevoked(profile)).isTrue();
    fixture.trust.revoke(Set.of());
    fixture.clock.now = later(3601);
    refused(Reason.EXPIRED, () -> fixture.trust.verify(identity.profile()));
    assertThat(fixture.trust.isRevoked(profile)).isFalse();
  }

  @Test
  void anotherAuthorityOfTheSameNameIsNotBelieved() {
    var impostor = Fixture.key(Fixture.authority("Acme"), "host-a");
    var identity = impostor.identify("u", Fixture.PROD, Set.of(), Fixture.NOON);
    refused(Reason.UNKNOWN_ISSUER, () -> fixture.trust.verify(identity.profile()));
  }

  @Test
  void nobodySpeaksForANamespaceThatIsNotTheirs() {
    var sibling = NamespacePath.of("/acme/test");
    var wrong = key.identify("u", sibling, Set.of(), Fixture.NOON);
    refused(Reason.WRONG_NAMESPACE, () -> fixture.trust.verify(wrong.profile()));
    var elsewhere =
        new Trust(
            List.of(new Trust.Anchor(fixture.authority.certificate(), NamespacePath.of("/other"))),
            fixture.clock);
    var right = key.identify("u", Fixture.PROD, Set.of(), Fixture.NOON);
    refused(Reason.WRONG_NAMESPACE, () -> elsewhere.verify(right.profile()));
  }

  @Test
  void aCertificateForSomethingElseVouchesForNobody() {
    var pair = Authority.keyPair();
    var client =
        fixture.authority.certify(
            "host-a",
            Fixture.PROD,
            pair.getPublic(),
            Duration.ofDays(1),
            Fixture.NOON,
            "1.3.6.1.5.5.7.3.2");
    var identity =
        new EnforcerKey("host-a", client, pair.getPrivate())
            .identify("u", Fixture.PROD, Set.of(), Fixture.NOON);
    refused(Reason.WRONG_PURPOSE, () -> fixture.trust.verify(identity.profile()));
  }

  @Test
  void anEnforcerCannotBorrowTheCertificateOfAnother() {
    var own = Authority.keyPair();
    var others =
        fixture.authority.certify(
            "host-a",
            Fixture.PROD,
            Authority.keyPair().getPublic(),
            Duration.ofDays(1),
            Fixture.NOON);
    var borrowed =
        new EnforcerKey("host-a", others, own.getPrivate())
            .identify("u", Fixture.PROD, Set.of(), Fixture.NOON);
    refused(Reason.FORGED, () -> fixture.trust.verify(borrowed.profile()));
    var renamed =
        new EnforcerKey("host-b", others, own.getPrivate())
            .identify("u", Fixture.PROD, Set.of(), Fixture.NOON);
    refused(Reason.FORGED, () -> fixture.trust.verify(renamed.profile()));
  }

  @Test
  void theTagsAreThoseTheEnforcerSigned() {
    var identity = key.identify("u", Fixture.PROD, Set.of("a=b", "c=d"), Fixture.NOON);
    assertThat(fixture.trust.verify(identity.profile()).tags()).containsOnly("a=b", "c=d");
    var parts = identity.profile().split("\\.", -1);
    var claims =
        new String(Base64Url.decode(parts[1]), java.nio.charset.StandardCharsets.UTF_8)
            .replace("a=b", "a=x");
    var forged =
        parts[0]
            + "."
            + Base64Url.encode(claims.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            + "."
            + parts[2];
    refused(Reason.FORGED, () -> fixture.trust.verify(forged));
  }

  private static java.time.Instant later(long seconds) {
    return Fixture.NOON.plusSeconds(seconds);
  }
}
