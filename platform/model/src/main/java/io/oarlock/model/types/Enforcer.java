package io.oarlock.model.types;

import io.oarlock.model.ActionOf;
import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Immutable;
import io.oarlock.model.Label;
import io.oarlock.model.Matches;
import io.oarlock.model.Range;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Resource;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Transient;
import io.oarlock.model.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

@Resource(
    group = "What runs",
    aliases = {"enf"},
    indexes = {"unique:machineId"},
    example =
        """
        {
          "name": "host-1",
          "fqdn": "host-1.example.com",
          "machineId": "1b4e28ba-2fa1-11d2-883f-0016d3cca427"
        }
        """)
@ActionOf(
    name = "policyset",
    method = "GET",
    doc =
        "The policies of its namespace, signed, for the enforcer itself; with after=EPOCH and "
            + "wait=PT20S it waits for newer ones.",
    output = Enforcer.PolicySet.class)
@ActionOf(
    name = "flows",
    doc =
        "Takes what became of connections, from the enforcer itself; it is kept as flow reports. "
            + "A batch that was taken before is not taken again.",
    input = Enforcer.Flows.class,
    output = Enforcer.Taken.class)
@Doc(
    "An agent on a host, registered with the platform: it gives workloads their "
        + "identity and enforces the policies among them.")
public record Enforcer(
    Meta meta,
    @Doc("Full name of the host.")
        @Example("host-1.example.com")
        @Size(min = 1, max = 253)
        @Immutable
        @Filterable
        @Label("FQDN")
        String fqdn,
    @Doc("What the host says it is, stable over restarts.")
        @Example("1b4e28ba-2fa1-11d2-883f-0016d3cca427")
        @Size(max = 128)
        @Immutable
        Optional<String> machineId,
    @Doc("Certificate signing request of the agent, whose key never leaves the host.")
        @Example(
            "-----BEGIN CERTIFICATE REQUEST-----\nMIIBHTCBxQIBADA=\n-----END CERTIFICATE "
                + "REQUEST-----\n")
        @Format(TextFormat.PEM)
        @Size(max = 16384)
        @Transient
        Optional<String> certificateRequest,
    @Doc("Certificate of the agent.")
        @Example(
            "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n")
        @Format(TextFormat.PEM)
        @Size(max = 16384)
        @ReadOnly
        Optional<String> certificate,
    @Doc(
            "Authority over the enforcers of the namespace: it certifies them and signs their "
                + "policies.")
        @Example(
            "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n")
        @Format(TextFormat.PEM)
        @Size(max = 16384)
        @ReadOnly
        Optional<String> certificateAuthority,
    @Doc("Version the agent runs.")
        @Example("0.1.0")
        @Matches(value = VERSION, message = VERSION_RULE)
        @Size(max = 64)
        Optional<String> currentVersion,
    @Doc("Version the agent should move to.")
        @Example("0.2.0")
        @Matches(value = VERSION, message = VERSION_RULE)
        @Size(max = 64)
        Optional<String> nextAvailableVersion,
    @Doc("Whether the agent is connected.") @Example("Connected") @Default("Registered") @Filterable
        OperationalStatus operationalStatus,
    @Doc("Whether the agent enforces policies.") @Example("Active") @Default("Inactive") @Filterable
        EnforcementStatus enforcementStatus,
    @Doc("How much the agent logs.") @Example("Info") @Default("Info") LogLevel logLevel,
    @Doc("How long a changed log level lasts, at most PT24H.") @Example("PT10S") @Default("PT10S")
        Duration logLevelDuration,
    @Doc("Networks the host is in.")
        @Example("[\"10.0.0.0/8\"]")
        @Format(TextFormat.CIDR)
        @Size(max = 64)
        Set<String> subnets,
    @Doc("Policy version the agent is at.") @Example("41") @Range(max = 9007199254740991d)
        Optional<Long> epoch,
    @Doc("When the agent started.") @Example("2026-11-21T23:50:00.000Z")
        Optional<Instant> startTime,
    @Doc("When the agent was last heard of.") @Example("2026-11-21T23:50:00.000Z") @ReadOnly
        Optional<Instant> lastSyncTime,
    @Doc("Whether nothing was heard of the agent for five minutes.") @Example("false") @ReadOnly
        boolean unreachable)
    implements SelfChecking {
  /**
   * The one extended key usage of an agent's certificate, "vouches for units", so that it opens no
   * other door and no other certificate opens this one. Under 2.25 numbers need no registration
   * (X.667); this one is drawn from 27 bits, since OpenSSL takes a whole UUID there, and the
   * parsers of Go and Rust do not.
   */
  public static final String CERTIFICATE_PURPOSE = "2.25.148295711";

  /** The header of every signed set of policies (JWS, RFC 7515); there is no other. */
  public static final String POLICY_SET_HEADER =
      "{\"alg\":\"ES256\",\"typ\":\"oarlock-policyset\"}";

  static final String VERSION = "[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.+-]+)?";
  static final String VERSION_RULE = "Write a semantic version such as 1.2.3";

  /** What an agent holds. */
  public record PolicySet(
      @Doc("Version of the policies; it grows.") @Example("41") @Range(max = 9007199254740991d)
          long epoch,
      @Doc("The policies as a JWS signed by the authority, unless none are newer.")
          @Example("eyJhbGciOiJFUzI1NiJ9.e30.c2ln")
          @Size(max = POLICY_SET_MAX)
          Optional<String> signed) {}

  /** Most flows that are told of at once. */
  public static final int FLOWS_MAX = 500;

  /** What an agent tells of connections. */
  public record Flows(
      @Doc("Drawn at random by the agent; the same batch is sent again by the same name.")
          @Example("9f86d081884c7d659a2feaa0c55ad015")
          @Format(TextFormat.ID)
          @Size(min = 16, max = 64)
          String batch,
      @Doc("What became of connections.") @Size(min = 1, max = FLOWS_MAX) List<Flow> flows) {}

  /** What became of a batch. */
  public record Taken(
      @Doc("How many flows of the batch are kept.") @Example("12") @Range(max = FLOWS_MAX)
          long taken) {}

  /** Most characters of a signed set of policies. */
  public static final int POLICY_SET_MAX = 6 * 1024 * 1024;

  /** Whether an agent is connected. */
  public enum OperationalStatus {
    @Doc("It has enrolled and never connected.")
    REGISTERED,
    @Doc("It has started and not yet connected.")
    INITIALIZED,
    @Doc("It is connected.")
    CONNECTED,
    @Doc("It has said goodbye.")
    DISCONNECTED
  }

  /** How much an agent logs. */
  public enum LogLevel {
    @Doc("What went wrong.")
    ERROR,
    @Doc("What may go wrong, too.")
    WARN,
    @Doc("What happened, too.")
    INFO,
    @Doc("Facts for hunting a fault, too.")
    DEBUG,
    @Doc("Everything.")
    TRACE
  }

  @Override
  public List<Violation> validate() {
    var rules = new Rules();
    rules.within("logLevelDuration", logLevelDuration, Duration.ofSeconds(1), Duration.ofHours(24));
    return rules.violations();
  }
}
