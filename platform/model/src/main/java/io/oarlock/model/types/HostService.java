package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Format;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import java.util.Set;

@Resource(
    group = "What runs",
    aliases = {"hostsrv", "hostsrvs"},
    example =
        """
        {"name": "ssh", "services": ["tcp/22"], "associatedTags": ["service=ssh"]}
        """)
@Doc("Ports of a host that enforcers guard as a processing unit of their own.")
public record HostService(
    Meta meta,
    @Doc("Protocols and ports that are guarded.")
        @Example("[\"tcp/22\"]")
        @Format(TextFormat.PORTS)
        @Size(max = 256)
        Set<String> services,
    @Doc("Guards the host as a whole.") @Example("false") boolean hostModeEnabled,
    Propagated propagated) {}
