package io.oarlock.http;

import io.oarlock.engine.Call;
import io.vertx.core.http.HttpMethod;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a request leads.
 *
 * @param template names the route in metrics and documentation: {@code /v1/automations/{id}}
 * @param bodyMax bytes of body read; 0 when it reads none
 */
record Route(String template, Access access, int bodyMax, Handler handler) {

  /** Who may come this way, before anything else is asked. */
  enum Access {
    /** Everybody; no identity is looked at. */
    OPEN,
    /** Everybody, at the rate of their address: the body brings the proof of who it is. */
    PROOF,
    /** Callers on this machine, others with a valid token. */
    LOCAL,
    /** Callers with a valid token. */
    TOKEN
  }

  /** Answers on a virtual thread; may block, refuses with a Problem. */
  interface Handler {
    Reply handle(ApiRequest request, Call.Caller caller);
  }

  /** A route found, with the variable parts of its path. */
  record Match(Route route, List<String> arguments) {}

  static Route open(String template, Handler handler) {
    return new Route(template, Access.OPEN, 0, handler);
  }

  static Route reading(String template, Handler handler) {
    return new Route(template, Access.TOKEN, 0, handler);
  }

  static Route writing(String template, int bodyMax, Handler handler) {
    return new Route(template, Access.TOKEN, bodyMax, handler);
  }

  /**
   * What lies below {@code /v1/<word>}.
   *
   * @param whole methods on the word itself
   * @param item methods on one thing below it
   * @param wholeActions last path part to methods
   * @param itemActions last path part to methods
   */
  record Branch(
      Map<HttpMethod, Route> whole,
      Map<HttpMethod, Route> item,
      Map<String, Map<HttpMethod, Route>> wholeActions,
      Map<String, Map<HttpMethod, Route>> itemActions) {

    static Branch of(Map<HttpMethod, Route> whole, Map<HttpMethod, Route> item) {
      return new Branch(whole, item, Map.of(), Map.of());
    }
  }

  /** The value of an {@code Allow} header. */
  static String allow(Collection<HttpMethod> methods) {
    return methods.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
  }
}
