package io.oarlock.spi;

import java.time.Duration;
import java.util.Optional;

/** A batch is not known to have arrived. The message is for users: it names no secret. */
public final class SinkException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean refused;
  private final transient Optional<Duration> wait;

  private SinkException(String message, boolean refused, Optional<Duration> wait) {
    super(message);
    this.refused = refused;
    this.wait = wait;
  }

  /** The receiver may take it another time. */
  public static SinkException later(String message) {
    return new SinkException(message, false, Optional.empty());
  }

  /** The same, with the wait the receiver asked for. */
  public static SinkException later(String message, Optional<Duration> wait) {
    return new SinkException(message, false, wait);
  }

  /**
   * The receiver will never take all of it: it is sent in halves, to find what it is that is bad.
   */
  public static SinkException refused(String message) {
    return new SinkException(message, true, Optional.empty());
  }

  /** Whether it will never be taken. */
  public boolean isRefused() {
    return refused;
  }

  /** The wait the receiver asked for. */
  public Optional<Duration> askedWait() {
    return wait;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
