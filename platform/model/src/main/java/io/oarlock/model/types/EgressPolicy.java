package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Matches;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import java.util.Set;

@Resource(
    group = "What happens",
    aliases = {"egress"},
    example =
        """
        {
          "name": "local-receivers",
          "allow": ["127.0.0.0/8", "*.example.com"],
          "propagate": true
        }
        """)
@Doc(
    "Lets hooks, forwarders and scripts of the namespace reach destinations that the "
        + "outbound guard refuses: loopback, private and link-local addresses.")
public record EgressPolicy(
    Meta meta,
    @Doc("Networks in CIDR notation, and host names, with *. for every host of a domain.")
        @Example("[\"127.0.0.0/8\", \"*.example.com\"]")
        @Matches(
            value = NETWORK + "|" + HOST,
            message = "Write a network such as 127.0.0.0/8 or a host such as *.example.com")
        @Size(min = 1, max = 256)
        Set<String> allow,
    Propagated propagated,
    Disableable disableable,
    Expiring expiring) {
  static final String HOST =
      "(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_-]{1,63}){0,16}\\.?";
  static final String NETWORK = "[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}";
}
