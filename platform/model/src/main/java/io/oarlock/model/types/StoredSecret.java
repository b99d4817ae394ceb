package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Format;
import io.oarlock.model.Matches;
import io.oarlock.model.Resource;
import io.oarlock.model.Secret;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import java.util.Set;

@Resource(
    name = "secret",
    group = "What happens",
    indexes = {"unique:name"},
    example =
        """
        {"name": "slack-token", "value": "xoxb-1234", "destinations": ["hooks.slack.com"]}
        """)
@Doc(
    "A value that scripts and forwarders use without seeing it: it becomes bytes "
        + "only in requests to the destinations it is bound to.")
public record StoredSecret(
    Meta meta,
    @Doc("The value; never shown again.")
        @Example("xoxb-1234")
        @Format(TextFormat.MARKDOWN)
        @Size(min = 1, max = 65536)
        @Secret
        String value,
    @Doc(
            "Hosts it may be sent to, such as hooks.slack.com or *.example.com; nowhere when "
                + "empty.")
        @Example("[\"hooks.slack.com\"]")
        @Matches(
            value = EgressPolicy.HOST,
            message = "Write a host name, or *. and the domain, for example *.example.com")
        @Size(max = 64)
        Set<String> destinations,
    Expiring expiring) {}
