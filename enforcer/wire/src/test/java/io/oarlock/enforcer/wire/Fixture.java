package io.oarlock.enforcer.wire;

import io.oarlock.model.NamespacePath;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A namespace with an authority and two enforcers, each with a unit; time stands still in it. */
final class Fixture {
  static final NamespacePath PROD = NamespacePath.of("/acme/prod");
  static final String AUDIENCE = "10.0.0.2:8080";
  static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");

  final Authority authority = authority("Acme");
  final Clock clock = new Clock();
  final Trust trust = new Trust(List.of(authority.anchor()), clock);
  final Local frontend = local("host-a", "frontend-1", Set.of("app=web", "role=frontend"));
  final Local backend = local("host-b", "backend-1", Set.of("app=web", "role=backend"));

  /** A clock a test sets. */
  static final class Clock implements InstantSource {
    Instant now = NOON;

    @Override
    public Instant instant() {
      return now;
    }
  }

  /** Remembers what it gave, for those who check keys from outside. */
  static final class Recording extends SecureRandom {
    private static final long serialVersionUID = 1L;
    final transient List<byte[]> given = new ArrayList<>();

    @Override
    public void nextBytes(byte[] bytes) {
      super.nextBytes(bytes);
      given.add(bytes.clone());
    }
  }

  static Authority authority(String name) {
    return Authority.make(name, NamespacePath.of("/acme"), Duration.ofDays(365), NOON);
  }

  Local local(String enforcer, String unit, Set<String> tags) {
    return local(key(authority, enforcer).identify(unit, PROD, tags, NOON));
  }

  Local local(Identity identity) {
    return new Local(identity, trust, new Freshness(clock), clock, new Recording(), 7, 5);
  }

  static EnforcerKey key(Authority by, String enforcer) {
    KeyPair pair = Authority.keyPair();
    var certificate = by.certify(enforcer, PROD, pair.getPublic(), Duration.ofDays(1), NOON);
    return new EnforcerKey(enforcer, certificate, pair.getPrivate());
  }

  Initiator initiator() {
    return new Initiator(frontend, AUDIENCE, Protection.AUTHORISE);
  }

  Responder asked(byte[] syn) {
    return Responder.asked(backend, syn, Set.of(AUDIENCE));
  }

  /** A whole handshake. */
  Pair shake(Protection byInitiator, Protection byResponder) {
    var initiator = initiator();
    var answer = asked(initiator.syn()).answer(byResponder);
    var agreed = initiator.answered(answer.synAck()).agree(byInitiator);
    return new Pair(agreed.session(), answer.agreed(agreed.ack()));
  }

  /** The sessions of both ends. */
  record Pair(Session initiator, Session responder) {}
}
