package io.oarlock.client;

import org.jspecify.annotations.Nullable;

/** Everything this client throws, but for arguments that make no sense. */
public abstract sealed class OarlockException extends RuntimeException
    permits CancelledException, ConnectionException, GapException, ProblemException {
  private static final long serialVersionUID = 1L;

  OarlockException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
