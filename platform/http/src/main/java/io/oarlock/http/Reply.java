package io.oarlock.http;

import io.oarlock.json.Json;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a handler wants done with a request. */
sealed interface Reply {

  /**
   * Takes the connection over.
   *
   * @param begin called on the event loop of the connection
   * @param abandon called instead when the request has been answered otherwise meanwhile
   */
  record Stream(Consumer<HttpServerRequest> begin, Runnable abandon) implements Reply {}

  /** A whole answer. */
  final class Full implements Reply {
    private static final byte[] NOTHING = {};

    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private byte[] body;

    private Full(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    int status() {
      return status;
    }

    byte[] body() {
      return body;
    }

    Map<String, String> headers() {
      return headers;
    }

    Full with(String name, String value) {
      headers.put(name, value);
      return this;
    }

    /** Puts another form of the same content in place of the body. */
    Full encoded(String coding, byte[] bytes) {
      body = bytes;
      return with("Content-Encoding", coding);
    }
  }

  static Full empty(int status) {
    return new Full(status, Full.NOTHING);
  }

  static Full json(int status, @Nullable Object tree) {
    return bytes(status, MediaTypes.JSON, Json.write(tree));
  }

  static Full bytes(int status, String contentType, byte[] body) {
    return new Full(status, body).with("Content-Type", contentType);
  }
}
