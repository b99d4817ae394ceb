package io.oarlock.store;

import org.jspecify.annotations.Nullable;

/** Storage failed or cannot be used; the message names the reason and the fix. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
