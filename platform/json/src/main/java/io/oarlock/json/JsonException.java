package io.oarlock.json;

/** Text that is not the JSON this platform reads. */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  public JsonException(String message, int line, int column) {
    super(message + " (line " + line + ", column " + column + ")", null, false, false);
    this.line = line;
    this.column = column;
  }

  /** Line of the fault, from 1. */
  public int line() {
    return line;
  }

  /** Column of the fault, from 1. */
  public int column() {
    return column;
  }
}
