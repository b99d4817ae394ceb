package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Format;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Wire;
import java.time.Instant;

/** One line a script logged. */
public record LogLine(
    @Doc("When it was logged.") @Example("2026-11-21T23:50:00.020Z") Instant at,
    @Doc("How grave it is.") @Example("info") Level level,
    @Doc("The text.") @Example("Create web-to-db") @Size(max = 65536) @Format(TextFormat.MARKDOWN)
        String message) {

  /** How grave a line is. */
  public enum Level {
    @Doc("For whoever hunts a fault.")
    @Wire("debug")
    DEBUG,
    @Doc("What happened.")
    @Wire("info")
    INFO,
    @Doc("Something to look at.")
    @Wire("warn")
    WARN,
    @Doc("Something went wrong.")
    @Wire("error")
    ERROR
  }
}
