package io.oarlock.client;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param total how many there are in all
 * @param isEstimated whether the total is an estimate, since counting would have cost too much
 * @param next what {@link ListOptions#after} takes for the next page; empty on the last
 */
public record Page<R extends Record>(
    List<Stored<R>> items, long total, boolean isEstimated, Optional<String> next) {}
