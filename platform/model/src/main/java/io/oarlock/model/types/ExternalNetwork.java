package io.oarlock.model.types;

import io.oarlock.model.Cidr;
import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Format;
import io.oarlock.model.Matches;
import io.oarlock.model.Resource;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Violation;
import io.oarlock.model.Wire;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

@Resource(
    group = "What runs",
    aliases = {"extnet", "extnets"},
    example =
        """
        {
          "name": "internet",
          "entries": ["0.0.0.0/0", "!10.0.0.0/8", "*.example.com"],
          "servicePorts": ["tcp/443"],
          "associatedTags": ["net=internet"]
        }
        """)
@Doc("Networks and hosts outside the platform that policies select by tags.")
public record ExternalNetwork(
    Meta meta,
    @Doc(
            "Networks in CIDR notation and host names, with *. for every host of a domain "
                + "and ! for what is excluded.")
        @Example("[\"0.0.0.0/0\", \"!10.0.0.0/8\"]")
        @Matches(
            value = "!?(" + EgressPolicy.NETWORK + "|" + EgressPolicy.HOST + ")",
            message =
                "Write a network such as 10.0.0.0/8 or a host such as *.example.com, with ! in "
                    + "front to exclude it")
        @Size(min = 1, max = 1024)
        Set<String> entries,
    @Doc("Protocols and ports that can be reached there; any when empty.")
        @Example("[\"tcp/443\"]")
        @Format(TextFormat.PORTS)
        @Size(max = 256)
        Set<String> servicePorts,
    @Doc("What the network is; it changes how consoles show it, nothing else.")
        @Example("Subnet")
        @Default("Subnet")
        Type type,
    Propagated propagated)
    implements SelfChecking {
  /** A name whose last part is a number, or that has a slash, can only be meant as a network. */
  private static final Pattern NUMERIC = Pattern.compile("(.*/.*)|((.*\\.)?[0-9]+\\.?)");

  @Override
  public List<Violation> validate() {
    var rules = new Rules();
    var index = 0;
    for (var entry : entries) {
      check("entries/" + index++, entry.startsWith("!") ? entry.substring(1) : entry, rules);
    }
    return rules.violations();
  }

  private static void check(String at, String entry, Rules rules) {
    if (!NUMERIC.matcher(entry).matches()) {
      return;
    }
    try {
      Cidr.parse(entry);
    } catch (IllegalArgumentException e) {
      rules.refuse(
          at, "bad-network", String.valueOf(e.getMessage()), "Write one such as 10.0.0.0/8.");
    }
  }

  /** What a network is. */
  public enum Type {
    @Doc("Any network.")
    SUBNET,
    @Doc("A security group of a cloud.")
    SECURITY_GROUP,
    @Doc("A network interface of a cloud.")
    @Wire("ENI")
    ENI,
    @Doc("A cluster of databases of a cloud.")
    @Wire("RDSCluster")
    RDS_CLUSTER,
    @Doc("A database of a cloud.")
    @Wire("RDSInstance")
    RDS_INSTANCE
  }
}
