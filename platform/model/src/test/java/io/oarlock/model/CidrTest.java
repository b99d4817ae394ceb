package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidrTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.1.2.3/9, 10.127.255.255, true",
    "10.1.2.3/9, 10.128.0.0, false",
    "0.0.0.0/0, 203.0.113.7, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "192.0.2.1/32, 192.0.2.1, true",
    "192.0.2.1/32, 192.0.2.2, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::/0, fe80::1%eth0, true",
    "10.0.0.0/8, ::ffff:10.0.0.1, true",
    "::ffff:10.0.0.0/104, 10.0.0.1, true"
  })
  void anAddressIsInsideOrNot(String network, String address, boolean inside) {
    assertThat(Cidr.parse(network).contains(address)).isEqualTo(inside);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3/8, 10.0.0.0/8",
    "2001:DB8:0:0:1::/80, 2001:db8:0:0:1::/80",
    "2001:db8:0:1:0:0:0:0/64, 2001:db8:0:1::/64",
    "0:0:0:0:0:0:0:0/0, ::/0",
    "::1/128, ::1/128",
    "1:0:0:2:0:0:0:3/128, 1:0:0:2::3/128"
  })
  void aNetworkHasOneSpelling(String text, String canonical) {
    assertThat(Cidr.parse(text)).hasToString(canonical);
    assertThat(Cidr.parse(canonical)).isEqualTo(Cidr.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.1 | for one address add /32",
        "2001:db8::1 | for one address add /128",
        "example.com/8 | does not start with an IPv4 or IPv6 address",
        "10.1/16 | does not start with",
        "010.0.0.0/8 | does not start with",
        "fe80::1%eth0/64 | does not start with",
        "10.0.0.0/33 | 0 to 32",
        "::/129 | 0 to 128",
        "::ffff:10.0.0.0/8 | 0 to 32",
        "10.0.0.0/08 | no number",
        "10.0.0.0/-1 | no number"
      })
  void whatIsNoNetworkIsRefusedWithTheReason(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cidr.parse(text))
        .withMessageContaining("is not a network")
        .withMessageContaining(reason);
  }

  @Property(tries = 5_000)
  void aNetworkHoldsTheAddressesThatShareItsFirstBits(
      @ForAll @Size(4) byte[] one,
      @ForAll @Size(4) byte[] two,
      @ForAll @IntRange(max = 32) int prefix)
      throws UnknownHostException {
    var network = new Cidr(InetAddress.getByAddress(one), prefix);
    var same =
        new BigInteger(1, one)
            .shiftRight(32 - prefix)
            .equals(new BigInteger(1, two).shiftRight(32 - prefix));
    assertThat(network.contains(InetAddress.getByAddress(two))).isEqualTo(same);
  }

  @Property(tries = 2_000)
  void theSpellingOfAnyIpv6NetworkIsReadBack(
      @ForAll @Size(16) byte[] address,
      @ForAll @Size(8) boolean[] zeroed,
      @ForAll @IntRange(max = 128) int prefix)
      throws UnknownHostException {
    for (var i = 0; i < 16; i++) {
      address[i] = zeroed[i / 2] ? 0 : address[i];
    }
    address[0] = 0x20;
    var network = new Cidr(InetAddress.getByAddress(address), Math.max(prefix, 8));
    assertThat(Cidr.parse(network.toString())).isEqualTo(network);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.2.0.0/16, true",
    "10.2.0.0/16, 10.0.0.0/8, false",
    "10.0.0.0/8, 10.0.0.0/8, true",
    "0.0.0.0/0, ::/0, false"
  })
  void aNetworkHoldsNarrowerOnes(String wide, String narrow, boolean holds) {
    assertThat(Cidr.parse(wide).contains(Cidr.parse(narrow))).isEqualTo(holds);
  }
}
