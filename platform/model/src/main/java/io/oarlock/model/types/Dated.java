package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Flattened;
import io.oarlock.model.Orderable;
import io.oarlock.model.ReadOnly;
import java.time.Instant;

/** When it was written. */
@Flattened
public record Dated(
    @Doc("When it was created.") @Example("2026-11-21T23:50:00.000Z") @Orderable @ReadOnly
        Instant createTime,
    @Doc("When it was last written.") @Example("2026-11-21T23:50:00.000Z") @Orderable @ReadOnly
        Instant updateTime) {}
