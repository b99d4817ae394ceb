package io.oarlock.store.mongo;

import com.mongodb.MongoException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import io.oarlock.store.StoreException;
import java.util.function.Supplier;

/** What errors of the driver mean for who runs the platform. */
final class Failures {
  private Failures() {}

  /** Whether the server works, so that it is what was to be written that does not fit. */
  static boolean isOfTheData(RuntimeException e) {
    return !(e instanceof MongoTimeoutException || e instanceof MongoSocketException)
        && !isUnknown(e)
        && !hasLabel(e, MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL);
  }

  private static boolean isUnknown(RuntimeException e) {
    return hasLabel(e, MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL);
  }

  private static boolean hasLabel(RuntimeException e, String label) {
    return e instanceof MongoException failure && failure.hasErrorLabel(label);
  }

  static StoreException ofWriting(RuntimeException e) {
    return isUnknown(e)
        ? StoreException.outcomeUnknown(
            "MongoDB was lost while it committed, and whether it did is not known: "
                + e.getMessage()
                + ". Read the resource again before trying once more",
            e)
        : failure("written to", e);
  }

  static <R> R reading(Supplier<R> read) {
    try {
      return read.get();
    } catch (MongoException e) {
      throw failure("read", e);
    }
  }

  private static StoreException failure(String what, RuntimeException e) {
    return e instanceof MongoTimeoutException
        ? new StoreException(
            "No MongoDB answers: "
                + e.getMessage()
                + ". See that the server runs and that the address given as store is right",
            e)
        : new StoreException("MongoDB cannot be " + what + ": " + e.getMessage(), e);
  }
}
