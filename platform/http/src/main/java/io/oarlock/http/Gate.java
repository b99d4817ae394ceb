package io.oarlock.http;

import io.oarlock.engine.Platform;
import io.oarlock.engine.Principal;
import io.oarlock.model.Problem;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Who is asking, and whether so often. Blocks: for virtual threads. */
final class Gate {
  /** Carries the token of a WebSocket opened by a browser, which can send no header. */
  static final String TOKEN_PROTOCOL = "oarlock.bearer.";

  private static final String BEARER = "bearer ";

  private final Platform platform;
  private final RateLimiter principals;
  private final RateLimiter addresses;

  Gate(Platform platform, HttpConfig.Rates rates) {
    this.platform = platform;
    this.principals =
        new RateLimiter(
            "principal",
            rates.principalPerSecond(),
            rates.principalBurst(),
            rates.keysMax(),
            System::nanoTime);
    this.addresses =
        new RateLimiter(
            "address",
            rates.addressPerSecond(),
            rates.addressBurst(),
            rates.keysMax(),
            System::nanoTime);
  }

  /** A caller who got through; no ticket where no rate is kept. */
  record Visit(Principal principal, Optional<RateLimiter.Ticket> ticket) {}

  Visit identify(Route.Access access, ApiRequest request) {
    return switch (access) {
      case OPEN -> new Visit(Principal.NOBODY, Optional.empty());
      case PROOF -> new Visit(Principal.NOBODY, Optional.of(byAddress(request)));
      case LOCAL ->
          isLocal(request) ? new Visit(Principal.NOBODY, Optional.empty()) : withToken(request);
      case TOKEN -> withToken(request);
    };
  }

  private Visit withToken(ApiRequest request) {
    var token = token(request);
    if (token.isEmpty()) {
      return strange(
          request,
          Problem.unauthenticated(
              "no-token", "Send a token: Authorization: Bearer …; POST /v1/issue gives one"));
    }
    Principal principal;
    try {
      principal = platform.authenticate(token.get(), request.origin());
    } catch (Problem problem) {
      return strange(request, problem);
    }
    return new Visit(principal, Optional.of(principals.take(key(principal, request))));
  }

  /** Whoever shows no valid token pays for it with his address's rate. */
  private Visit strange(ApiRequest request, Problem problem) {
    var ticket = byAddress(request);
    if (ticket.allowed()) {
      throw problem;
    }
    return new Visit(Principal.NOBODY, Optional.of(ticket));
  }

  /** All tokens of one subject share a bucket. */
  private static String key(Principal principal, ApiRequest request) {
    return principal
        .claim("account")
        .or(() -> principal.claim("credential"))
        .or(() -> principal.claim("subject"))
        .or(principal::tokenId)
        .orElseGet(() -> address(request));
  }

  private RateLimiter.Ticket byAddress(ApiRequest request) {
    return addresses.take(address(request));
  }

  private static String address(ApiRequest request) {
    return request.origin().address().orElse("");
  }

  /** Addresses here are numeric, so that no name is looked up. */
  private static boolean isLocal(ApiRequest request) {
    return request.origin().address().map(InetAddress::ofLiteral).stream()
        .anyMatch(InetAddress::isLoopbackAddress);
  }

  static Optional<String> token(ApiRequest request) {
    return request
        .header("Authorization")
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).strip())
        .or(() -> fromProtocols(request));
  }

  private static Optional<String> fromProtocols(ApiRequest request) {
    return request.header("Sec-WebSocket-Protocol").stream()
        .flatMap(offered -> List.of(offered.split(",", -1)).stream())
        .map(String::strip)
        .filter(protocol -> protocol.startsWith(TOKEN_PROTOCOL))
        .map(protocol -> protocol.substring(TOKEN_PROTOCOL.length()))
        .findFirst();
  }
}
