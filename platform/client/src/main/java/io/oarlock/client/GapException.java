package io.oarlock.client;

/** Events that were missed are past their retention; a watch can go on after {@link #to}. */
public final class GapException extends OarlockException {
  private static final long serialVersionUID = 1L;

  private final long from;
  private final long to;

  GapException(Gap gap) {
    super(
        "Events %d to %d are past their retention: look at the present state, then watch after %d"
            .formatted(gap.from(), gap.to(), gap.to()),
        null);
    this.from = gap.from();
    this.to = gap.to();
  }

  /** First sequence that is missing. */
  public long from() {
    return from;
  }

  /** Last sequence that is missing. */
  public long to() {
    return to;
  }
}
