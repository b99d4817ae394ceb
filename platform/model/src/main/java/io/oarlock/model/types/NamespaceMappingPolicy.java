package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Resource;

@Resource(
    group = "Tenancy",
    aliases = {"nspolicy", "nspolicies", "nsmap", "nsmaps"},
    example =
        """
        {"name": "web-units", "subject": [["app=web"]], "mappedNamespace": "/acme/prod"}
        """)
@Doc(
    "Moves new processing units into a child namespace by their tags; looked at "
        + "again in each namespace reached, until none matches.")
public record NamespaceMappingPolicy(
    Meta meta,
    PolicySubject policy,
    @Doc("Namespace the units go to, below the policy's own.") @Example("/acme/prod")
        NamespacePath mappedNamespace,
    Disableable disableable) {}
