package io.oarlock.engine;

import io.oarlock.model.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Whether an address lies in one of some networks. */
final class Networks {
  private Networks() {}

  /** No network at all restricts nothing; an unknown address is in none. */
  static boolean allow(List<String> networks, Optional<String> address) {
    return networks.isEmpty()
        || address.map(InetAddress::ofLiteral).filter(a -> inOne(networks, a)).isPresent();
  }

  private static boolean inOne(List<String> networks, InetAddress address) {
    return networks.stream().anyMatch(network -> Cidr.parse(network).contains(address));
  }

  /** Whether all of the narrow network lies in the wide one. */
  static boolean contains(String wide, String narrow) {
    return Cidr.parse(wide).contains(Cidr.parse(narrow));
  }
}
