package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Flattened;
import io.oarlock.model.Trait;
import java.time.Instant;
import java.util.Optional;

/** Ends by itself. */
@Flattened(Trait.EXPIRING)
public record Expiring(
    @Doc("When it is deleted by itself.") @Example("2027-01-01T00:00:00.000Z") @Filterable
        Optional<Instant> expirationTime) {}
