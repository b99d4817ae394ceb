package io.oarlock.store;

/** An expectation of a batch was not met, so nothing of it was written. */
public final class ConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What was not as expected. */
  public enum Reason {
    /** The stored version is another, or the document is not there. */
    VERSION,
    /** The id is taken. */
    EXISTS,
    /** Another document of the namespace has the same value in a unique index. */
    UNIQUE
  }

  private final Reason reason;
  private final String type;
  private final String id;
  private final String index;

  /**
   * A conflict.
   *
   * @param id of the document that was to be written
   * @param index attributes of the unique index, comma-separated; empty for other reasons
   */
  public ConflictException(Reason reason, String type, String id, String index) {
    super(reason + " " + type + " " + id + (index.isEmpty() ? "" : " on " + index));
    this.reason = reason;
    this.type = type;
    this.id = id;
    this.index = index;
  }

  public Reason reason() {
    return reason;
  }

  public String type() {
    return type;
  }

  public String id() {
    return id;
  }

  public String index() {
    return index;
  }
}
