package io.oarlock.enforcer.datapath;

import io.oarlock.enforcer.policy.ExternalNetworks;
import io.oarlock.enforcer.policy.Policies;
import io.oarlock.enforcer.policy.Traffic;
import io.oarlock.model.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;

/**
 * Everything connections are decided by, replaced as a whole.
 *
 * @param managed addresses whose hosts have an enforcer: a connection to or from there needs the
 *     handshake, whatever else might allow it, unless an external network is more precise
 * @param peerEpochMin oldest version of policies a peer may have
 */
public record Snapshot(
    Policies policies, ExternalNetworks networks, List<Cidr> managed, long peerEpochMin) {
  /** Lets nothing through. */
  public static final Snapshot NOTHING =
      new Snapshot(Policies.none(), new ExternalNetworks(List.of()), List.of(), 0);

  public Snapshot {
    managed = List.copyOf(managed);
  }

  /** Whether the peer at that address must prove itself. */
  boolean needsHandshake(InetAddress address, Traffic traffic) {
    return needsHandshake(cidr -> cidr.contains(address), networks.find(address, traffic).prefix());
  }

  /** The same of a block of addresses, but for those that a smaller block speaks of. */
  boolean needsHandshake(Cidr block, Traffic traffic) {
    return needsHandshake(cidr -> cidr.contains(block), networks.find(block, traffic).prefix());
  }

  private boolean needsHandshake(Predicate<Cidr> around, int external) {
    var longest =
        managed.stream()
            .filter(around)
            .mapToInt(Cidr::prefix)
            .max()
            .orElse(ExternalNetworks.NOWHERE);
    return external == ExternalNetworks.NOWHERE || longest >= external;
  }
}
