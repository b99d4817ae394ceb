package io.oarlock.client;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Flow;

/**
 * Sends requests with a token that is renewed, and again where that is safe.
 *
 * <p>Repeated is what the platform, or a proxy before it, has certainly not done: 429 and 503. What
 * may have happened, since its answer was lost, is repeated only when that does no more than once.
 *
 * @param budget for one call with all its attempts; empty for as long as they take
 */
record Exchange(
    Transport transport,
    Credentials credentials,
    Patience patience,
    Optional<String> namespace,
    Optional<Duration> budget) {
  private static final Set<Integer> NOT_DONE = Set.of(429, 503);
  private static final Set<Integer> PERHAPS_DONE = Set.of(502, 504);

  /** The platform's word for an answer that came too late; the write may still have happened. */
  private static final String TIMED_OUT = "timed-out";

  private static final int UNAUTHENTICATED = 401;
  private static final int NOT_FOUND = 404;

  /** The answer, which is no refusal: that is a {@link ProblemException}. */
  Answer send(Request request) {
    var deadline = Deadline.from(budget);
    var wasLost = false;
    for (var attempt = 1; ; attempt++) {
      try {
        var answer = authorized(request, deadline);
        if (answer.status() < 400) {
          return answer;
        }
        var problem = answer.problem();
        if (wasLost && request.method().equals("DELETE") && problem.status() == NOT_FOUND) {
          // The first attempt did it, though its answer was lost.
          return answer.withoutBody();
        }
        wasLost |= isPerhapsDone(problem);
        if (!mayRepeat(problem, request) || attempt >= patience.attempts()) {
          throw problem;
        }
        deadline.pause(patience.rest(attempt, answer.retryAfter()));
      } catch (ConnectionException e) {
        if (deadline.isOver()) {
          throw deadline.over();
        }
        wasLost = true;
        if (!request.isRepeatable() || attempt >= patience.attempts()) {
          throw e;
        }
        deadline.pause(patience.rest(attempt, Duration.ZERO));
      }
    }
  }

  private static boolean isPerhapsDone(ProblemException problem) {
    return PERHAPS_DONE.contains(problem.status()) || problem.code().equals(TIMED_OUT);
  }

  private static boolean mayRepeat(ProblemException problem, Request request) {
    return isPerhapsDone(problem) ? request.isRepeatable() : NOT_DONE.contains(problem.status());
  }

  /** One attempt; with another token when the first is refused. */
  private Answer authorized(Request request, Deadline deadline) {
    var used = token(deadline, Optional.empty());
    var answer = attempt(request, used, deadline);
    if (answer.status() != UNAUTHENTICATED) {
      return answer;
    }
    var other = token(deadline, Optional.of(used));
    return other.equals(used) ? answer : attempt(request, other, deadline);
  }

  private Answer attempt(Request request, String token, Deadline deadline) {
    return transport.send(request, as(token), deadline.atMost(patience.timeout()));
  }

  private Transport.As as(String token) {
    return new Transport.As(Optional.of(token), namespace);
  }

  private String token(Deadline deadline, Optional<String> refused) {
    return credentials.token(proof -> issued(proof, deadline), refused);
  }

  private Map<String, Object> issued(Map<String, ?> proof, Deadline deadline) {
    var request = Request.of("POST", "issue").body(proof);
    var timeout = deadline.atMost(patience.timeout());
    var answer = transport.send(request, Transport.As.NOBODY, timeout);
    if (answer.status() >= 400) {
      throw answer.problem();
    }
    return Trees.object(answer.tree());
  }

  /** One attempt at a stream; a refusal is a {@link ProblemException}. */
  HttpResponse<Flow.Publisher<List<ByteBuffer>>> stream(Request request) {
    var deadline = Deadline.from(Optional.empty());
    var used = token(deadline, Optional.empty());
    var response = transport.stream(request, as(used), patience.timeout());
    if (response.statusCode() == UNAUTHENTICATED) {
      var other = token(deadline, Optional.of(used));
      if (!other.equals(used)) {
        Chunks.discard(response.body());
        response = transport.stream(request, as(other), patience.timeout());
      }
    }
    if (response.statusCode() >= 400) {
      var body = Chunks.whole(response.body(), patience.timeout());
      throw Answer.of(response.statusCode(), response.headers(), body).problem();
    }
    return response;
  }
}
