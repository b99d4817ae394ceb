package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Flattened;
import io.oarlock.model.Trait;

/** Counts in the namespaces below as well. */
@Flattened(Trait.PROPAGATED)
public record Propagated(
    @Doc("Counts in the namespaces below as well.") @Example("true") boolean propagate,
    @Doc("Hides it from the namespaces below, where it counts all the same.") @Example("false")
        boolean propagationHidden) {}
