package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Immutable;
import io.oarlock.model.Keys;
import io.oarlock.model.Matches;
import io.oarlock.model.Orderable;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import java.util.Map;
import java.util.Set;

@Resource(
    group = "Who",
    indexes = {"unique:name"},
    example =
        """
        {
          "name": "automation.operator",
          "description": "May look after automations.",
          "authorizations": {"automation": ["get", "list", "update"], "run": ["*"]}
        }
        """)
@Doc(
    "A named set of permissions that authorizations and app credentials refer to as "
        + "@role=name, in its namespace and, when it propagates, in those below.")
public record Role(
    UnnamedMeta meta,
    @Doc("Name the role is referred to by.")
        @Example("automation.operator")
        @Matches(
            value = "[a-z0-9][a-z0-9._-]{0,127}",
            message =
                "A role name has 1 to 128 lower-case letters, digits or . _ - and starts with a "
                    + "letter or digit")
        @Size(min = 1, max = 128)
        @Immutable
        @Filterable
        @Orderable
        String name,
    @Doc("What the role allows, by resource type; the type * means every type.")
        @Example("{\"automation\": [\"get\", \"list\"]}")
        @Size(max = 128)
        @Keys(format = TextFormat.PERMITTED_TYPE)
        Map<String, Set<Verb>> authorizations,
    @Doc("Whether the role comes with the platform.") @Example("false") @ReadOnly boolean builtIn,
    Propagated propagated) {}
