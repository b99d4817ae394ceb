package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Flattened;
import io.oarlock.model.Format;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;

/** Which resource it is, and where. */
@Flattened
public record Placed(
    @Doc("Identifier given by the platform.")
        @Example("6741f3a2c0de4b0f8a1d2e3f")
        @Format(TextFormat.ID)
        @Size(max = 64)
        @ReadOnly
        String id,
    @Doc("Namespace it lives in.") @Example("/acme/prod") @ReadOnly NamespacePath namespace) {}
