package io.oarlock.enforcer.wire;

import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What an end of a handshake has: who it is, whom it believes, which policies it holds.
 *
 * @param epoch version of its policies, told to the peer
 * @param epochMin oldest version of the peer's policies that is acceptable
 */
public record Local(
    Identity identity,
    Trust trust,
    Freshness freshness,
    InstantSource clock,
    SecureRandom random,
    long epoch,
    long epochMin) {

  void checkEpoch(long peers) {
    if (peers < epochMin) {
      throw new WireException(
          Reason.STALE_EPOCH,
          "The peer's policies are of epoch %d, at least %d is needed".formatted(peers, epochMin));
    }
  }
}
