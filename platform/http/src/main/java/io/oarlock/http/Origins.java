package io.oarlock.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Set;

/**
 * Pages of other sites that may use the API from a browser: the CORS protocol of the Fetch standard
 * (3.3). A browser shows no answer to a page whose origin is not named here. Being named gives no
 * right: the page's scripts bring a token of their own, and no cookie is ever looked at.
 */
record Origins(Set<String> known) {
  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
  private static final String SENT =
      "Accept, Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Last-Event-ID,"
          + " Prefer, X-Namespace, X-Request-Id, traceparent";
  private static final String SHOWN =
      "ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, X-Count-Estimated,"
          + " X-Count-Total, X-Query-Plan, X-Request-Id";

  /** Says to the browser what it wants to hear, before anything else is said. */
  void greet(HttpServerRequest request) {
    if (known.isEmpty()) {
      return;
    }
    var headers = request.response().headers();
    headers.add("Vary", "Origin");
    var origin = request.getHeader("Origin");
    if (origin == null || !known.contains(origin)) {
      return;
    }
    headers.set("Access-Control-Allow-Origin", origin);
    headers.set("Access-Control-Expose-Headers", SHOWN);
    if (request.method().equals(HttpMethod.OPTIONS)) {
      headers.set("Access-Control-Allow-Methods", METHODS);
      headers.set("Access-Control-Allow-Headers", SENT);
      headers.set("Access-Control-Max-Age", Long.toString(REMEMBERED.toSeconds()));
    }
  }
}
