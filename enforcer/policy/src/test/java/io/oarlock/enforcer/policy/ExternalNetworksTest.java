package io.oarlock.enforcer.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.oarlock.enforcer.policy.ExternalNetworks.Network;
import io.oarlock.model.Cidr;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExternalNetworksTest {
  private final ExternalNetworks networks =
      new ExternalNetworks(
          List.of(
              network("internet", "0.0.0.0/0", "::/0", "!10.9.0.0/16"),
              network("office", "10.0.0.0/8", "!10.9.9.0/24"),
              network("lab", "10.1.0.0/16"),
              network("annex", "10.1.0.0/16")));

  @Test
  void theLongestPrefixWins() {
    assertThat(names("8.8.8.8")).containsExactly("internet");
    assertThat(names("10.2.3.4")).containsExactly("office");
    assertThat(names("2001:db8::1")).containsExactly("internet");
  }

  @Test
  void networksOfTheSamePrecisionCountTogether() {
    assertThat(names("10.1.2.3")).containsExactly("lab", "annex");
  }

  @Test
  void anExclusionTakesAnAddressOutOfItsOwnNetworkOnly() {
    assertThat(names("10.9.1.1")).containsExactly("office");
    assertThat(names("10.9.9.1")).isEmpty();
  }

  @Test
  void aWrappedAddressIsTheOneItWraps() {
    assertThat(names("::ffff:10.1.2.3")).containsExactly("lab", "annex");
  }

  @Test
  void anotherPortIsNotOfTheNetwork() {
    var web =
        new ExternalNetworks(
            List.of(Network.of(Set.of("a=b"), Set.of("0.0.0.0/0"), Set.of("tcp/443"))));
    assertThat(web.find(Cidr.address("8.8.8.8"), Traffic.tcp(443)).networks()).hasSize(1);
    assertThat(web.find(Cidr.address("8.8.8.8"), Traffic.tcp(80)).networks()).isEmpty();
  }

  @Test
  void hostNamesAreRefusedRatherThanPassedOver() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network("web", "0.0.0.0/0", "!*.example.com"));
  }

  private List<String> names(String address) {
    return networks.find(Cidr.address(address), Traffic.tcp(80)).networks().stream()
        .flatMap(network -> network.tags().stream())
        .toList();
  }

  private static Network network(String name, String... entries) {
    return Network.of(Set.of(name), Set.of(entries), Set.of());
  }
}
