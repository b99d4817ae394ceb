package io.oarlock.model.types;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Resource;
import io.oarlock.model.TagExpression;

@Resource(
    group = "What runs",
    aliases = {"enfpol", "enfpols", "epm"},
    example =
        """
        {
          "name": "default-profile",
          "subject": [["$type=enforcer"]],
          "object": [["$name=default"]]
        }
        """)
@Doc("Says which enforcers take which enforcer profile.")
public record EnforcerProfileMappingPolicy(
    Meta meta,
    PolicySubject policy,
    @Doc("Tag expression that selects the profile.")
        @Example("[[\"$name=default\"]]")
        @Default("[]")
        TagExpression object,
    Propagated propagated,
    Fallback fallback,
    Disableable disableable) {}
