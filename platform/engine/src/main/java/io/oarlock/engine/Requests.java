package io.oarlock.engine;

import java.util.Map;

/** What answers a type that is a request and never stored. */
interface Requests {
  /**
   * Answers a validated request.
   *
   * @return what the answer adds to the request
   */
  Map<String, Object> answer(Map<String, Object> request, Call call);

  /** Whether callers without a token may ask. */
  default boolean anonymous() {
    return false;
  }
}
