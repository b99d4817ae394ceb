package io.oarlock.marketplace.bundle;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Keys;
import io.oarlock.model.Matches;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import io.oarlock.model.types.Automation;
import io.oarlock.model.types.Verb;
import java.util.Map;
import java.util.Set;

/** What an app asks to be allowed. None of its automations gets more. */
public record AppPermissions(
    @Doc("What its automations may do, by resource type.")
        @Example("{\"networkaccesspolicy\": [\"get\", \"list\"]}")
        @Size(max = 128)
        @Keys(format = TextFormat.PERMITTED_TYPE)
        Map<String, Set<Verb>> entitlements,
    @Doc("Names of the secrets its automations may use, or ${parameters.key} of a Secret.")
        @Example("[\"${parameters.token}\"]")
        @Matches(
            value = PARAMETER + "|[^$\\p{Cntrl}]{1,256}",
            message = "Write the name of a secret, or ${parameters.key}")
        @Size(max = 32)
        Set<String> secrets,
    @Doc(
            "Hosts that what it makes may send requests to: names, *. with a domain, * for any, or "
                + "${parameters.key}, of a URL its host; none when absent.")
        @Example("[\"hooks.slack.com\", \"${parameters.url}\"]")
        @Matches(
            value = PARAMETER + "|" + Automation.HOSTS,
            message = Automation.HOSTS_WORDS + ", or ${parameters.key}")
        @Size(max = 64)
        Set<String> hosts) {
  static final String PARAMETER = "\\$\\{parameters\\.[A-Za-z0-9]+}";

  /** Nothing. */
  static final AppPermissions NONE = new AppPermissions(Map.of(), Set.of(), Set.of());
}
