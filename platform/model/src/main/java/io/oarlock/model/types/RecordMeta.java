package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Flattened;
import io.oarlock.model.Format;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Orderable;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Trait;
import java.time.Instant;

/**
 * What records of something that happened have. Callers do not edit them, so they have neither a
 * name nor a version of their own.
 */
@Flattened(Trait.STORED)
public record RecordMeta(
    @Doc("Identifier given by the platform.")
        @Example("6741f3a2c0de4b0f8a1d2e3f")
        @Format(TextFormat.ID)
        @Size(max = 64)
        @ReadOnly
        String id,
    @Doc("Namespace the record lives in.") @Example("/acme/prod") @ReadOnly NamespacePath namespace,
    @Doc("When it was created.") @Example("2026-11-21T23:50:00.000Z") @Orderable @ReadOnly
        Instant createTime,
    @Doc("When it last changed.") @Example("2026-11-21T23:50:00.000Z") @Orderable @ReadOnly
        Instant updateTime) {}
