package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.TagExpression;
import io.oarlock.store.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A hook policy, ready to be asked. */
record Hook(
    String id,
    NamespacePath namespace,
    String name,
    boolean propagate,
    boolean fallback,
    Timing timing,
    TagExpression subject,
    Set<String> operations,
    Mode mode,
    Optional<String> endpoint,
    TagExpression selectors,
    boolean failsClosed,
    Duration timeout,
    long priority,
    boolean mayChange,
    boolean ordered,
    Outbound.Tls tls,
    Signer signer) {
  static final String TYPE = "hookpolicy";

  /** The order in which hooks are asked. */
  static final Comparator<Hook> ORDER =
      Comparator.comparingLong(Hook::priority).thenComparing(Hook::name).thenComparing(Hook::id);

  /** When it is called. */
  enum Mode {
    PRE,
    POST,
    BOTH;

    private static Mode of(String wire) {
      return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    boolean isPre() {
      return this != POST;
    }

    boolean isPost() {
      return this != PRE;
    }
  }

  /**
   * Reads a stored policy.
   *
   * @param body with secrets in the clear
   */
  static Hook of(Document document, Map<String, Object> body) {
    var isUrl = !"Automation".equals(body.get("endpointType"));
    return new Hook(
        document.id(),
        document.namespace(),
        Trees.text(body, "name").orElse(document.id()),
        Trees.truth(body, "propagate"),
        Trees.truth(body, "fallback"),
        Timing.of(body),
        Trees.expression(body.get("subject")),
        Set.copyOf(Trees.texts(body.get("triggerOperations"))),
        Mode.of(Trees.text(body, "mode").orElse("Pre")),
        Trees.text(body, "endpoint").filter(_ -> isUrl),
        Trees.expression(body.get("selectors")),
        !"Continue".equals(body.get("failurePolicy")),
        Trees.text(body, "timeout").map(Duration::parse).orElse(Duration.ofSeconds(5)),
        Trees.number(body, "priority", 100),
        !Boolean.FALSE.equals(body.get("mayChange")),
        "Resource".equals(body.get("ordering")),
        new Outbound.Tls(
            Trees.text(body, "certificateAuthority"),
            Trees.text(body, "clientCertificate"),
            Trees.text(body, "clientCertificateKey")),
        new Signer(
            Trees.texts(body.get("signingSecrets")),
            Trees.instant(body, "oldSecretUntil"),
            Trees.text(body, "signingPrivateKey")));
  }

  /** Whether it counts in that namespace now, for that operation. */
  boolean counts(NamespacePath at, String operation, Instant now, Crons crons) {
    return (namespace.equals(at) || (propagate && namespace.isAbove(at)))
        && operations.contains(operation)
        && timing.inForce(now, crons);
  }
}
