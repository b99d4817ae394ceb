package io.oarlock.automations;

/// Why a source cannot be saved.
///
/// @param module path of the module, or the script's name for its main source
/// @param line from 1; 0 when unknown
/// @param column from 1; 0 when unknown
public record SourceProblem(String module, String message, int line, int column) {}
