package io.oarlock.enforcer.datapath;

import io.oarlock.enforcer.policy.ExternalNetworks;
import io.oarlock.enforcer.policy.Party;
import io.oarlock.enforcer.policy.Side;
import io.oarlock.enforcer.policy.Traffic;
import io.oarlock.enforcer.policy.Verdict;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/** Decides about peers that have no enforcer: by the external networks their address is of. */
final class Externals {
  private Externals() {}

  static Verdict decide(
      Snapshot snapshot, Unit unit, InetAddress peer, Traffic traffic, Side side, Instant at) {
    return decide(snapshot, unit, snapshot.networks().find(peer, traffic), traffic, side, at);
  }

  static Verdict decide(
      Snapshot snapshot,
      Unit unit,
      ExternalNetworks.Match found,
      Traffic traffic,
      Side side,
      Instant at) {
    var policies = snapshot.policies();
    Optional<Party> network =
        found.networks().stream().map(each -> policies.party(each.tags())).reduce(Party::or);
    if (network.isEmpty()) {
      return new Verdict(false, Optional.empty(), false, false, false, Optional.empty());
    }
    var own = policies.party(unit.tags());
    return side == Side.INITIATOR
        ? policies.decide(own, network.get(), traffic, side, at)
        : policies.decide(network.get(), own, traffic, side, at);
  }

  static void checkEncryption(Verdict verdict) {
    if (verdict.encrypt()) {
      throw new Refused(
          "the policy asks for encryption, and at that address is no enforcer to encrypt with");
    }
  }
}
