package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Flattened;
import io.oarlock.model.Trait;

/** Counts only where nothing else did. */
@Flattened(Trait.FALLBACK)
public record Fallback(
    @Doc("Counts only where no other policy of the type resolved.") @Example("false")
        boolean fallback) {}
