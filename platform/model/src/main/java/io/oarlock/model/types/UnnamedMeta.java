package io.oarlock.model.types;

import io.oarlock.model.Flattened;
import io.oarlock.model.Trait;

/** Meta of the types whose name has rules of its own; they declare it themselves. */
@Flattened(Trait.STORED)
public record UnnamedMeta(Placed placed, Described described) {}
