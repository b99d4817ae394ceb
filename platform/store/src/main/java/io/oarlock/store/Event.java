package io.oarlock.store;

/**
 * A committed event.
 *
 * @param sequence its place in the log: grows by exactly one from event to event, in commit order
 */
public record Event(long sequence, NewEvent content) {}
