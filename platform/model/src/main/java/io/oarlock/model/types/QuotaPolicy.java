package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Format;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Range;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import java.util.Set;

@Resource(
    group = "Tenancy",
    aliases = {"quota", "quotas", "quotapol", "quotapols"},
    example =
        """
        {
          "name": "few-automations",
          "types": ["automation"],
          "quota": 100,
          "targetNamespace": "/acme"
        }
        """)
@Doc(
    "Caps how many resources of some types may exist in and below a namespace. It always "
        + "propagates.")
public record QuotaPolicy(
    Meta meta,
    @Doc("Types of the resources that are counted.")
        @Example("[\"automation\"]")
        @Format(TextFormat.RESOURCE_TYPE)
        @Size(min = 1, max = 64)
        Set<String> types,
    @Doc("Most resources of each of the types.") @Example("100") @Range(max = 1000000000)
        long quota,
    @Doc("Namespace whose resources, and those below it, are counted.") @Example("/acme")
        NamespacePath targetNamespace,
    Propagated propagated,
    Fallback fallback,
    Disableable disableable,
    Expiring expiring) {}
