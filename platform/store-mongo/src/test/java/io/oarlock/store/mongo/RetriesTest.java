package io.oarlock.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private static final String TRANSIENT = MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL;
  private static final String UNKNOWN = MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL;

  /** A server that fails as told, in order, and writes down what it was asked. */
  private static final class Scripted implements Retries.Attempt {
    private final List<String> asked = new ArrayList<>();
    private final Deque<String> commits = new ArrayDeque<>();

    @Override
    public void start() {
      asked.add("start");
    }

    @Override
    public void commit() {
      asked.add("commit");
      var outcome = commits.isEmpty() ? "" : commits.pop();
      if (!outcome.isEmpty()) {
        throw failure(outcome);
      }
    }

    @Override
    public void abort() {
      asked.add("abort");
    }
  }

  private static MongoException failure(String label) {
    var failure = new MongoException(112, "scripted");
    failure.addLabel(label);
    return failure;
  }

  private final Scripted server = new Scripted();
  private final Retries retries = new Retries(Duration.ofSeconds(10));

  @Test
  void aWriteConflictStartsAnew() {
    var conflicts = new ArrayDeque<>(List.of(TRANSIENT, TRANSIENT));

    var result =
        retries.run(
            server,
            () -> {
              if (!conflicts.isEmpty()) {
                throw failure(conflicts.pop());
              }
              return "done";
            });

    assertThat(result).isEqualTo("done");
    assertThat(server.asked).containsExactly("start", "abort", "start", "abort", "start", "commit");
  }

  @Test
  void aCommitWithUnknownOutcomeIsCommittedAgainAndNotWorkedAgain() {
    server.commits.addAll(List.of(UNKNOWN, UNKNOWN, ""));

    assertThat(retries.run(server, () -> 7)).isEqualTo(7);

    assertThat(server.asked).containsExactly("start", "commit", "commit", "commit");
  }

  @Test
  void aCommitThatFailedForSureStartsAnew() {
    server.commits.addAll(List.of(TRANSIENT, ""));

    assertThat(retries.run(server, () -> 7)).isEqualTo(7);

    assertThat(server.asked).containsExactly("start", "commit", "start", "commit");
  }

  @Test
  void otherErrorsAreNotTriedAgain() {
    assertThatThrownBy(() ->
            retries.run(
                server,
                () -> {
                  throw failure("SomethingElse");
                }))
        .hasMessage("scripted");
    assertThat(server.asked).containsExactly("start", "abort");
  }

  @Test
  void tryingEnds() {
    var brief = new Retries(Duration.ofMillis(20));

    assertThatThrownBy(() ->
            brief.run(
                server,
                () -> {
                  throw failure(TRANSIENT);
                }))
        .hasMessage("scripted");
  }
}
