package io.oarlock.store;

import io.oarlock.model.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Storage failed or cannot be used; the message names the reason and the fix, for whoever runs the
 * platform. Callers of the platform are told {@link #problem()}, which names no paths and hosts.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private enum Kind {
    UNAVAILABLE,
    OUT_OF_SPACE,
    OUTCOME_UNKNOWN
  }

  private final Kind kind;

  public StoreException(String message, @Nullable Throwable cause) {
    this(Kind.UNAVAILABLE, message, cause);
  }

  private StoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** There is no room to write; reading goes on. */
  public static StoreException outOfSpace(String message, @Nullable Throwable cause) {
    return new StoreException(Kind.OUT_OF_SPACE, message, cause);
  }

  /** A write may have happened, or not. */
  public static StoreException outcomeUnknown(String message, @Nullable Throwable cause) {
    return new StoreException(Kind.OUTCOME_UNKNOWN, message, cause);
  }

  /** The refusal for whoever asked for something that needs the store. */
  public Problem problem() {
    return switch (kind) {
      case UNAVAILABLE ->
          Problem.unavailable(
              "store-unavailable",
              "The platform cannot use its store now; its log has the cause. Try again later");
      case OUT_OF_SPACE ->
          new Problem(
              Problem.Kind.OUT_OF_SPACE,
              "out-of-space",
              "No room left",
              "The platform has no room left to write, nothing was changed. Its log has the"
                  + " details; writing resumes once there is room",
              List.of());
      case OUTCOME_UNKNOWN ->
          Problem.unavailable(
              "outcome-unknown",
              "The store was lost while it wrote, and whether it did is not known. Read before you"
                  + " try again");
    };
  }
}
