package io.oarlock.model.types;

import io.oarlock.model.Flattened;
import io.oarlock.model.Trait;

/**
 * What records of something that happened have. Callers do not edit them, so they have neither a
 * name nor a version of their own.
 */
@Flattened(Trait.STORED)
public record RecordMeta(Placed placed, Dated dated) {}
