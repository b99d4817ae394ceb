package io.oarlock.model.types;

import io.oarlock.model.ActionOf;
import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Hidden;
import io.oarlock.model.Orderable;
import io.oarlock.model.Range;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Resource;
import io.oarlock.model.Secret;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.ShownOnce;
import io.oarlock.model.Size;
import io.oarlock.model.TagExpression;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Transient;
import io.oarlock.model.Violation;
import io.oarlock.model.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

@Resource(
    group = "What happens",
    aliases = {"hook", "hooks", "hookpol", "hookpols"},
    example =
        """
        {
          "name": "policies-need-an-owner",
          "subject": [["$type=networkaccesspolicy"]],
          "triggerOperations": ["Create", "Update"],
          "mode": "Pre",
          "endpointType": "URL",
          "endpoint": "https://hooks.example.com/oarlock",
          "failurePolicy": "Fail",
          "timeout": "PT5S",
          "priority": 100
        }
        """)
@ActionOf(
    name = "rotate",
    doc =
        "Makes a new signing secret, shown once in the answer. The old one signs beside it for as "
            + "long as overlap says, so that no message is refused meanwhile.",
    input = HookPolicy.Rotation.class,
    output = HookPolicy.Rotated.class)
@ActionOf(
    name = "revalidate",
    doc =
        "Asks a Pre hook about the resources that had passed it unchecked, as they are now; "
            + "nothing is changed. Done by itself when the circuit breaker closes.",
    output = HookPolicy.Revalidated.class)
@Doc(
    "Calls a URL or an automation before or after a resource is written. A Pre hook "
        + "may refuse the write or replace the object; a Post hook is told about it, at "
        + "least once.")
public record HookPolicy(
    Meta meta,
    PolicySubject policy,
    @Doc("Which writes it is called for.")
        @Example("[\"Create\", \"Update\"]")
        @Default("[\"Create\", \"Update\", \"Delete\"]")
        @Size(min = 1, max = 3)
        Set<WriteOperation> triggerOperations,
    @Doc("Whether it is called before the write is stored, after it, or both.")
        @Example("Pre")
        @Default("Pre")
        @Filterable
        Mode mode,
    @Doc("What is called.") @Example("URL") @Default("URL") EndpointType endpointType,
    @Doc("URL that is called; for endpointType URL alone.")
        @Example("https://hooks.example.com/oarlock")
        @Format(TextFormat.URL)
        @Size(max = 2048)
        Optional<String> endpoint,
    @Doc(
            "Tag expression that picks the automations to call, which answer hooks; for "
                + "endpointType Automation alone.")
        @Example("[[\"role=guard\"]]")
        @Default("[]")
        TagExpression selectors,
    @Doc("What happens to the write when a Pre hook does not answer properly.")
        @Example("Fail")
        @Default("Fail")
        FailurePolicy failurePolicy,
    @Doc("Longest wait for an answer, at most PT30S.") @Example("PT5S") @Default("PT5S")
        Duration timeout,
    @Doc("Place among the hooks of a write: lower ones are called first, then by name.")
        @Example("100")
        @Default("100")
        @Range(max = 10000)
        @Orderable
        long priority,
    @Doc(
            "Whether a Pre hook may give another object in place of the one that is written. Hooks "
                + "that may not and follow each other are asked at the same time; an object from "
                + "one of them is no proper answer.")
        @Example("false")
        @Default("true")
        boolean mayChange,
    @Doc("Whether the messages of a Post hook about one resource wait for each other.")
        @Example("Resource")
        @Default("None")
        Ordering ordering,
    @Doc("Certificate authorities to trust at the endpoint instead of the usual ones.")
        @Example(
            "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n")
        @Format(TextFormat.PEM)
        @Size(max = 65536)
        Optional<String> certificateAuthority,
    @Doc("Certificate shown to the endpoint.")
        @Example(
            "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n")
        @Format(TextFormat.PEM)
        @Size(max = 65536)
        Optional<String> clientCertificate,
    @Doc("Private key of the client certificate; never shown again.")
        @Example("-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----\n")
        @Format(TextFormat.PEM)
        @Size(max = 16384)
        @Secret
        Optional<String> clientCertificateKey,
    @Doc(
            "Secret with which messages are signed, as Standard Webhooks say; shown once, in "
                + "the answer of the write that made it.")
        @Example("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD")
        @Size(max = 128)
        @ReadOnly
        @Transient
        @ShownOnce
        Optional<String> signingSecret,
    @Doc("Secrets that sign messages now: two while one replaces the other.")
        @Example("[\"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD\"]")
        @Size(max = 2)
        @ReadOnly
        @Hidden
        @Secret
        List<String> signingSecrets,
    @Doc("Until when the older of two secrets signs.")
        @Example("2026-11-22T23:50:00.000Z")
        @ReadOnly
        @Hidden
        Optional<Instant> oldSecretUntil,
    @Doc("Public key, Ed25519, that the v1a signatures of messages are verified with.")
        @Example("whpk_MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=")
        @Size(max = 256)
        @ReadOnly
        Optional<String> signingPublicKey,
    @Doc("Private half of signingPublicKey.")
        @Example("whsk_MC4CAQAwBQYDK2VwBCIEIA==")
        @Size(max = 256)
        @ReadOnly
        @Hidden
        @Secret
        Optional<String> signingPrivateKey,
    @Doc("State of the circuit breaker that spares an endpoint which keeps failing.")
        @Example(
            "{\"state\": \"Closed\", \"since\": \"2026-11-21T23:50:00.000Z\", \"failures\": "
                + "0, \"passedUnchecked\": 0}")
        @ReadOnly
        @Transient
        Optional<Breaker> breaker,
    Propagated propagated,
    Fallback fallback,
    Disableable disableable,
    Expiring expiring)
    implements SelfChecking {
  /** Longest timeout. */
  public static final Duration TIMEOUT_MAX = Duration.ofSeconds(30);

  /** When a hook is called. */
  public enum Mode {
    @Doc("Before the write is stored; it may refuse or replace.")
    PRE,
    @Doc("After the write is stored.")
    POST,
    @Doc("Before and after.")
    BOTH
  }

  /** What a hook calls. */
  public enum EndpointType {
    @Doc("An HTTP server.")
    @Wire("URL")
    URL,
    @Doc("An automation whose trigger is OnHook.")
    AUTOMATION
  }

  /** What a failing Pre hook means for the write. */
  public enum FailurePolicy {
    @Doc("The write is refused.")
    FAIL,
    @Doc("The write goes on unchecked.")
    CONTINUE
  }

  /** In which order messages arrive. */
  public enum Ordering {
    @Doc("In any order, as fast as the endpoint takes them.")
    NONE,
    @Doc("Those about one resource in the order of its writes.")
    RESOURCE
  }

  /** Body of the action rotate. */
  public record Rotation(
      @Doc("How long the old secret signs beside the new one, at most P7D.")
          @Example("PT24H")
          @Default("PT24H")
          Duration overlap) {}

  /** Answer of the action rotate. */
  public record Rotated(
      @Doc("The new secret; it cannot be shown again.")
          @Example("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD")
          @Size(max = 128)
          String signingSecret,
      @Doc("Until when the old secret signs as well.") @Example("2026-11-22T23:50:00.000Z")
          Instant oldSecretUntil) {}

  /** Answer of the action revalidate. */
  public record Revalidated(
      @Doc("Writes it was asked about.") @Example("12") @Range(max = 9007199254740991d) long asked,
      @Doc("Of these, those it would have refused or changed.")
          @Example("1")
          @Range(max = 9007199254740991d)
          long refused) {}

  /** A circuit breaker. */
  public record Breaker(
      @Doc("Whether calls go out.") @Example("Open") BreakerState state,
      @Doc("Since when it is in that state.") @Example("2026-11-21T23:50:00.000Z") Instant since,
      @Doc("Failures in a row.") @Example("5") @Range(max = 9007199254740991d) long failures,
      @Doc(
              "Writes that passed unchecked and were not looked at since: deliveries whose status is "
                  + "PassedUnchecked.")
          @Example("0")
          @Range(max = 9007199254740991d)
          long passedUnchecked) {}

  /** Whether calls go out. */
  public enum BreakerState {
    @Doc("Calls go out.")
    CLOSED,
    @Doc("No call goes out; failurePolicy decides at once.")
    OPEN,
    @Doc("One call goes out to find out whether the endpoint is back.")
    HALF_OPEN
  }

  @Override
  public List<Violation> validate() {
    var rules = new Rules();
    rules.within("timeout", timeout, Duration.ofMillis(100), TIMEOUT_MAX);
    rules.refuseIf(
        policy.subject().lines().isEmpty(),
        "subject",
        "required",
        "A hook without subject would never be called.",
        "Say which objects, for example [[\"$type=networkaccesspolicy\"]].");
    switch (endpointType) {
      case URL -> checkUrl(rules);
      case AUTOMATION -> checkAutomation(rules);
    }
    rules.refuseIf(
        clientCertificate.isPresent() != clientCertificateKey.isPresent(),
        clientCertificate.isPresent() ? "clientCertificateKey" : "clientCertificate",
        "required",
        "A client certificate and its private key come together.",
        "Give both or neither.");
    return rules.violations();
  }

  private void checkUrl(Rules rules) {
    rules.refuseIf(
        endpoint.isEmpty(),
        "endpoint",
        "required",
        "With endpointType URL, endpoint says what is called.",
        "Add endpoint, for example https://hooks.example.com/oarlock.");
    rules.refuseIf(
        !selectors.lines().isEmpty(),
        "selectors",
        "not-allowed",
        "Selectors pick automations; endpointType URL calls an endpoint.",
        "Remove selectors or set endpointType to Automation.");
  }

  private void checkAutomation(Rules rules) {
    rules.refuseIf(
        selectors.lines().isEmpty(),
        "selectors",
        "required",
        "With endpointType Automation, selectors picks the automation that answers.",
        "Add selectors, for example [[\"role=guard\"]].");
    rules.refuseIf(
        endpoint.isPresent(),
        "endpoint",
        "not-allowed",
        "With endpointType Automation no URL is called.",
        "Remove endpoint or set endpointType to URL.");
  }
}
