package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Flattened;
import io.oarlock.model.Orderable;
import io.oarlock.model.Size;
import io.oarlock.model.Trait;

/** What every named resource has. */
@Flattened(Trait.STORED)
public record Meta(
    Placed placed,
    @Doc("Name people call it by; it may be given in place of the id, as name:web-to-db.")
        @Example("web-to-db")
        @Size(min = 1, max = 256)
        @Filterable
        @Orderable
        String name,
    Described described) {}
