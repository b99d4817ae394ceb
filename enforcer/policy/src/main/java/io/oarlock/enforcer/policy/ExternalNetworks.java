package io.oarlock.enforcer.policy;

import io.oarlock.model.Cidr;
import io.oarlock.model.Ports;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which external networks an address is of, the most precise ones only.
 *
 * <p>Of all networks that contain the address, those with the longest prefix count: {@code
 * 10.1.0.0/16} hides {@code 10.0.0.0/8}. An entry with {@code !} takes its addresses out of its own
 * network.
 */
public final class ExternalNetworks {
  /** Most networks of one set. */
  public static final int NETWORKS_MAX = 4096;

  /** No prefix: the address is of no network here. */
  public static final int NOWHERE = -1;

  private final List<Network> networks;

  /**
   * A network.
   *
   * @param tags normalised tags policies select it by
   * @param entries networks, with {@code !} in front of what is excluded
   * @param ports what can be reached there; everything when empty
   */
  public record Network(
      Set<String> tags, List<Cidr> entries, List<Cidr> except, List<Ports> ports) {
    public Network {
      tags = Set.copyOf(tags);
      entries = List.copyOf(entries);
      except = List.copyOf(except);
      ports = List.copyOf(ports);
    }

    /**
     * Reads entries in their text form.
     *
     * @throws IllegalArgumentException for a host name: an exclusion that is not understood would
     *     allow what it forbids, so none is passed over
     */
    public static Network of(Set<String> tags, Set<String> entries, Set<String> ports) {
      var plain = new ArrayList<Cidr>();
      var except = new ArrayList<Cidr>();
      for (var entry : entries) {
        if (entry.startsWith("!")) {
          except.add(Cidr.parse(entry.substring(1)));
        } else {
          plain.add(Cidr.parse(entry));
        }
      }
      return new Network(tags, plain, except, ports.stream().sorted().map(Ports::parse).toList());
    }

    private int prefixOf(Predicate<Cidr> around) {
      for (var each : except) {
        if (around.test(each)) {
          return NOWHERE;
        }
      }
      var longest = NOWHERE;
      for (var each : entries) {
        if (each.prefix() > longest && around.test(each)) {
          longest = each.prefix();
        }
      }
      return longest;
    }

    private boolean serves(Traffic traffic) {
      return ports.isEmpty() || ports.stream().anyMatch(traffic::isOf);
    }
  }

  /** What an address is: networks that all claim it as precisely. */
  public record Match(int prefix, List<Network> networks) {}

  /**
   * An index of networks.
   *
   * @throws IllegalArgumentException for more than {@link #NETWORKS_MAX}
   */
  public ExternalNetworks(List<Network> networks) {
    if (networks.size() > NETWORKS_MAX) {
      throw new IllegalArgumentException(
          "A set has at most %d external networks, this one has %d; join some of them."
              .formatted(NETWORKS_MAX, networks.size()));
    }
    this.networks = List.copyOf(networks);
  }

  /** Every block of addresses that an entry names, exclusions among them. */
  public Set<Cidr> blocks() {
    return networks.stream()
        .flatMap(network -> Stream.concat(network.entries().stream(), network.except().stream()))
        .collect(Collectors.toSet());
  }

  /** Every port that a network names. */
  public Stream<Ports> ports() {
    return networks.stream().flatMap(network -> network.ports().stream());
  }

  /** The most precise networks that serve that traffic at that address; maybe none. */
  public Match find(InetAddress address, Traffic traffic) {
    return find(cidr -> cidr.contains(address), traffic);
  }

  /** The same for all addresses there that no more precise entry of any network speaks of. */
  public Match find(Cidr block, Traffic traffic) {
    return find(cidr -> cidr.contains(block), traffic);
  }

  private Match find(Predicate<Cidr> around, Traffic traffic) {
    var best = NOWHERE;
    var found = new ArrayList<Network>();
    for (var network : networks) {
      var prefix = network.prefixOf(around);
      if (prefix == NOWHERE || prefix < best || !network.serves(traffic)) {
        continue;
      }
      if (prefix > best) {
        found.clear();
        best = prefix;
      }
      found.add(network);
    }
    return new Match(best, List.copyOf(found));
  }
}
