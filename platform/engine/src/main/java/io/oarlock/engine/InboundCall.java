package io.oarlock.engine;

import java.util.Map;
import java.util.Optional;

/**
 * A remote call of an automation: {@code POST /v1/calls/<token>}.
 *
 * @param headers lower-case names
 * @param body the UTF-8 text as it came, for signature checks
 */
public record InboundCall(
    String token, Map<String, String> headers, String body, Call.Origin origin) {

  /**
   * What the outside caller gets.
   *
   * @param body in tree form, or text when {@code headers} name another content type than JSON
   */
  public record Reply(int status, Map<String, String> headers, Optional<Object> body) {}
}
