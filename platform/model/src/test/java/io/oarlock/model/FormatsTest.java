package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {
  private final Formats formats = Formats.of(List.of("automation", "run"), Map.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSTANT       | 2026-11-21T23:50:00Z
          INSTANT       | 2026-11-22T00:50:00.5+01:00
          DURATION      | P1DT2H
          TAG           | env=prod
          TAG_TERM      | !env=prod
          NAMESPACE     | /acme/prod
          CIDR          | 10.0.0.0/8
          CIDR          | 2001:db8::/32
          CIDR          | ::/0
          CRON          | 0/2 * * * * ?
          CRON          | 0 3 * * MON-FRI
          TIME_ZONE     | Europe/Berlin
          PEM           | -----BEGIN X-----YWJj-----END X-----
          URL           | https://example.com:8443/a?b=c
          EMAIL         | ada@example.com
          PORTS         | any
          PORTS         | tcp/443
          PORTS         | udp/8000:8999
          PORTS         | icmp/8/0
          PORTS         | icmp/3/0:4
          PORTS         | gre
          RESOURCE_TYPE | automation
          PERMISSION    | automation:get,list
          FILTER        | action == Reject
          PERMISSION    | *
          PERMISSION    | @role=auditor
          ID            | 6741f3a2c0de4b0f8a1d2e3f
          """)
  void textOfItsSyntaxPasses(TextFormat format, String text) {
    assertThat(formats.check(format).fault(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSTANT       | 2026-11-21
          INSTANT       | +12026-11-21T23:50:00Z
          DURATION      | 30s
          DURATION      | -PT1S
          DURATION      | P9999D
          TAG           | env
          NAMESPACE     | acme
          CIDR          | 10.0.0.0
          CIDR          | 10.0.0/8
          CIDR          | 010.0.0.0/8
          CIDR          | 10.0.0.0/33
          CIDR          | example.com/8
          CIDR          | fe80::1%eth0/64
          CRON          | every day
          CRON          | 0 3 * * $(id)
          TIME_ZONE     | Europe/Berln
          PEM           | -----BEGIN X-----YWJj-----END Y-----
          PEM           | hello
          URL           | ftp://example.com/
          URL           | https://user:pass@example.com/
          URL           | https:///path
          URL           | /relative
          EMAIL         | ada
          PORTS         | tcp
          PORTS         | tcp/0
          PORTS         | tcp/65536
          PORTS         | tcp/90:80
          PORTS         | any/80
          PORTS         | icmp/256
          PORTS         | tpc/80
          RESOURCE_TYPE | automatoin
          PERMISSION    | automation
          PERMISSION    | automation:fly
          PERMISSION    | autom:get
          FILTER        | action ==
          ID            | a b
          """)
  void textOfAnotherSyntaxIsRefused(TextFormat format, String text) {
    assertThat(formats.check(format).fault(text)).isPresent();
  }
}
