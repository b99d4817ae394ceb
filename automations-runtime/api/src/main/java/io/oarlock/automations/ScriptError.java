package io.oarlock.automations;

/// An error in the author's terms: positions are those of the source as it was saved.
///
/// @param message what was thrown
/// @param line from 1; 0 when unknown
/// @param column from 1; 0 when unknown
/// @param stack the author's frames, one per line, innermost first; empty when unknown
public record ScriptError(String message, int line, int column, String stack) {}
