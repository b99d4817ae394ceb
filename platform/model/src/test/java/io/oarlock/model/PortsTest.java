package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"tcp/443", "udp/8000:8999", "any", "esp", "icmp", "icmp/8", "icmp6/1/0,2:4"})
  void whatIsReadIsWrittenTheSame(String text) {
    assertThat(Ports.parse(text)).hasToString(text);
  }

  @Test
  void aRangeCoversBothItsEnds() {
    var range = Ports.parse("tcp/80:89");
    assertThat(range.covers("tcp", 80)).isTrue();
    assertThat(range.covers("tcp", 89)).isTrue();
    assertThat(range.covers("tcp", 90)).isFalse();
    assertThat(range.covers("udp", 80)).isFalse();
    assertThat(range.coversIcmp("icmp", 80, 0)).isFalse();
  }

  @Test
  void anyCoversEverythingAndAProtocolAllOfItsOwn() {
    assertThat(Ports.parse("any").covers("gre", 0)).isTrue();
    assertThat(Ports.parse("gre").covers("gre", 0)).isTrue();
    assertThat(Ports.parse("icmp").coversIcmp("icmp", 8, 0)).isTrue();
    assertThat(Ports.parse("icmp").coversIcmp("icmp6", 128, 0)).isFalse();
  }

  @Test
  void icmpIsMatchedByTypeAndCode() {
    var unreachable = Ports.parse("icmp/3/0,2:4");
    assertThat(unreachable.coversIcmp("icmp", 3, 3)).isTrue();
    assertThat(unreachable.coversIcmp("icmp", 3, 1)).isFalse();
    assertThat(unreachable.coversIcmp("icmp", 8, 0)).isFalse();
    assertThat(Ports.parse("icmp/3").coversIcmp("icmp", 3, 1)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tcp | tcp needs a port",
        "tcp/ | tcp needs a port",
        "tcp/0 | from 1 to 65535",
        "tcp/90:80 | the lower one first",
        "udp/65536 | from 1 to 65535",
        "TCP/443 | did you mean tcp?",
        "tpc/443 | did you mean tcp?",
        "443 | known protocol",
        "any/1 | any takes no ports",
        "esp/50 | esp takes no ports",
        "icmp/ | a type and codes are numbers",
        "icmp/256 | from 0 to 255",
        "icmp/3/4:2 | the lower one first",
        "icmp/3/1,,2 | a type and codes are numbers"
      })
  void whatNamesNoPortsIsRefusedWithTheReason(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ports.parse(text))
        .withMessageContaining(reason);
  }

  @Test
  void aListIsCheckedAsAWhole() {
    assertThat(Ports.faults(List.of("tcp/80", "udp/53"))).isEmpty();
    assertThat(Ports.faults(List.of("tcp/80", "any", "tcp/80:80", "tcp")))
        .extracting(fault -> fault.pointer() + " " + fault.code())
        .containsExactly("/1 any-alone", "/2 duplicate", "/3 bad-ports");
  }
}
