package io.oarlock.model.types;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Format;
import io.oarlock.model.Label;
import io.oarlock.model.Matches;
import io.oarlock.model.Resource;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.Size;
import io.oarlock.model.TagExpression;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

@Resource(
    group = "What runs",
    aliases = {"profile", "profiles"},
    example =
        """
        {
          "name": "default",
          "targetNetworks": ["10.0.0.0/8"],
          "excludedNetworks": ["127.0.0.0/8"]
        }
        """)
@Doc(
    "Settings that enforcers share; enforcerprofilemappingpolicies say which "
        + "enforcers take which profile.")
public record EnforcerProfile(
    Meta meta,
    @Doc("TCP networks whose hosts have enforcers; found out when empty.")
        @Example("[\"10.0.0.0/8\"]")
        @Format(TextFormat.CIDR)
        @Size(max = 256)
        Set<String> targetNetworks,
    @Doc("UDP networks whose hosts have enforcers.")
        @Example("[\"10.0.0.0/8\"]")
        @Format(TextFormat.CIDR)
        @Size(max = 256)
        @Label("Target UDP networks")
        Set<String> targetUDPNetworks,
    @Doc("Networks whose traffic is neither touched nor reported.")
        @Example("[\"127.0.0.0/8\"]")
        @Format(TextFormat.CIDR)
        @Size(max = 256)
        Set<String> excludedNetworks,
    @Doc("Network interfaces whose traffic is neither touched nor reported.")
        @Example("[\"docker0\"]")
        @Matches(
            value = "[^\\s/]{1,15}",
            message = "An interface name has 1 to 15 characters without spaces and /")
        @Size(max = 64)
        Set<String> excludedInterfaces,
    @Doc("Tag expression of the processing units to ignore.")
        @Example("[[\"@app:image=pause\"]]")
        @Default("[]")
        TagExpression ignoreExpression,
    @Doc("Further certificate authorities the enforcers trust.")
        @Example(
            "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n")
        @Format(TextFormat.PEM)
        @Size(max = 65536)
        @Label("Trusted CAs")
        Optional<String> trustedCAs,
    @Doc("How often flows are reported, PT1S to PT1H.") @Example("PT10S") @Default("PT10S")
        Duration flowReportInterval,
    Propagated propagated)
    implements SelfChecking {

  @Override
  public List<Violation> validate() {
    var rules = new Rules();
    rules.within(
        "flowReportInterval", flowReportInterval, Duration.ofSeconds(1), Duration.ofHours(1));
    return rules.violations();
  }
}
