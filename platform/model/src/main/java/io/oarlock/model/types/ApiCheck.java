package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Format;
import io.oarlock.model.Keys;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import java.util.Map;
import java.util.Set;

@Resource(
    group = "Who",
    stored = false,
    operations = {Operation.CREATE},
    example =
        """
        {"namespace": "/acme", "operation": "Create", "types": ["automation", "hookpolicy"]}
        """)
@Doc("Tells whether the caller may do something, without doing it.")
public record ApiCheck(
    @Doc("Namespace it would be done in.") @Example("/acme") NamespacePath namespace,
    @Doc("What would be done.") @Example("Create") Operation operation,
    @Doc("Types of the resources it would be done to.")
        @Example("[\"automation\"]")
        @Format(TextFormat.RESOURCE_TYPE)
        @Size(min = 1, max = 64)
        Set<String> types,
    @Doc("Whether it is allowed, by type.")
        @Example("{\"automation\": true}")
        @Size(max = 64)
        @ReadOnly
        @Keys(format = TextFormat.RESOURCE_TYPE)
        Map<String, Boolean> authorized) {}
