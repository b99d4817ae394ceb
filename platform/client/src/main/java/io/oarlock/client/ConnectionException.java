package io.oarlock.client;

import org.jspecify.annotations.Nullable;

/** No answer came, or none that could be read; a write may or may not have happened. */
public final class ConnectionException extends OarlockException {
  private static final long serialVersionUID = 1L;

  ConnectionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static ConnectionException of(Throwable cause) {
    var why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new ConnectionException("The platform did not answer: " + why, cause);
  }
}
