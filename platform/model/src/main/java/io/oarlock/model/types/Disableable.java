package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Flattened;
import io.oarlock.model.Trait;

/** Can be switched off without being deleted. */
@Flattened(Trait.DISABLEABLE)
public record Disableable(
    @Doc("Switches it off without deleting it.") @Example("false") boolean disabled) {}
