package io.oarlock.model.types;

import io.oarlock.model.ActionOf;
import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Format;
import io.oarlock.model.Keys;
import io.oarlock.model.Matches;
import io.oarlock.model.Range;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Resource;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.Size;
import io.oarlock.model.TagExpression;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Transient;
import io.oarlock.model.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

@Resource(
    group = "What happens",
    aliases = {"forwarder", "forwarders"},
    example =
        """
        {
          "name": "to-splunk",
          "types": ["networkaccesspolicy"],
          "operations": ["Create"],
          "sink": {
            "kind": "SplunkHec",
            "url": "https://splunk.example.com:8088",
            "secret": "splunk-token",
            "index": "oarlock"
          }
        }
        """)
@ActionOf(
    name = "rewind",
    doc =
        "Sends again what followed an event, as far back as the log reaches; with a later one, "
            + "leaves out what is before it.",
    input = EventForwarder.Rewind.class)
@Doc(
    "Sends events to a system outside, at least once and in order, from a cursor "
        + "that survives restarts. Begins with the first event after it was made.")
public record EventForwarder(
    Meta meta,
    @Doc("Types of the resources whose events are sent; all when empty.")
        @Example("[\"networkaccesspolicy\"]")
        @Format(TextFormat.RESOURCE_TYPE)
        @Size(max = 64)
        Set<String> types,
    @Doc("Which writes are sent.")
        @Example("[\"Create\"]")
        @Default("[\"Create\", \"Update\", \"Delete\"]")
        @Size(min = 1, max = 3)
        Set<WriteOperation> operations,
    @Doc("Tag expression the resource matches; any resource when absent.")
        @Example("[[\"env=prod\"]]")
        Optional<TagExpression> subject,
    @Doc("Condition on the attributes of the resource.")
        @Example("action == Reject")
        @Format(TextFormat.FILTER)
        @Size(max = 4096)
        Optional<String> filter,
    @Doc("Sends the events of the namespaces below as well.") @Example("true") boolean recursive,
    @Doc(
            "ES module whose default export turns an event into what is sent; nothing is "
                + "sent for what it returns as null.")
        @Example("export default (event) => ({name: event.object.name})")
        @Format(TextFormat.JAVASCRIPT)
        @Size(max = 65536)
        Optional<String> transform,
    @Doc("Where the events go.")
        @Example("{\"kind\": \"Http\", \"url\": \"https://events.example.com/\"}")
        Sink sink,
    @Doc("How events are gathered before they are sent.")
        @Example("{\"maxEvents\": 100, \"maxWait\": \"PT1S\"}")
        Optional<Batching> batch,
    @Doc("Certificate authorities to trust at the sink instead of the usual ones.")
        @Example(
            "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n")
        @Format(TextFormat.PEM)
        @Size(max = 65536)
        Optional<String> certificateAuthority,
    @Doc("Where it stands.")
        @Example(
            "{\"acknowledged\": 41, \"acknowledgedAt\": \"2026-11-21T23:50:00.000Z\", "
                + "\"lag\": 0, \"sent\": 12, \"givenUp\": 0, \"lost\": 0, \"failures\": 0}")
        @ReadOnly
        @Transient
        Optional<Progress> progress,
    Disableable disableable)
    implements SelfChecking {

  /** How events are gathered. */
  public record Batching(
      @Doc("Most events in one message.")
          @Example("100")
          @Default("100")
          @Range(min = 1, max = 1000)
          long maxEvents,
      @Doc("Longest wait for a batch to fill, at most PT1M.") @Example("PT1S") @Default("PT1S")
          Duration maxWait) {}

  /** How far a forwarder is. */
  public record Progress(
      @Doc("Sequence of the last event that was acknowledged, or not meant for the sink.")
          @Example("41")
          @Range(max = 9007199254740991d)
          long acknowledged,
      @Doc("When the sink acknowledged something last.") @Example("2026-11-21T23:50:00.000Z")
          Optional<Instant> acknowledgedAt,
      @Doc("Events in the log after that one.") @Example("0") @Range(max = 9007199254740991d)
          long lag,
      @Doc("Events the sink took since the forwarder was made.")
          @Example("12")
          @Range(max = 9007199254740991d)
          long sent,
      @Doc("Events the sink or the transform refused: deliveries that were given up.")
          @Example("0")
          @Range(max = 9007199254740991d)
          long givenUp,
      @Doc("Events that were past their retention before they could be sent.")
          @Example("0")
          @Range(max = 9007199254740991d)
          long lost,
      @Doc("Why the last attempt failed; absent when it did not.")
          @Example("connection refused")
          @Size(max = 1024)
          Optional<String> lastError,
      @Doc("When it failed.") @Example("2026-11-21T23:50:00.000Z") Optional<Instant> failedAt,
      @Doc("Failures in a row.") @Example("0") @Range(max = 9007199254740991d) long failures) {}

  /** Body of the action rewind. */
  public record Rewind(
      @Doc("Sequence of the event after which it goes on; 0 for all that are kept.")
          @Example("41")
          @Range(max = 9007199254740991d)
          long after) {}

  /** Where events go. */
  @Doc("Where events go.")
  public sealed interface Sink {
    /** An HTTP server that takes CloudEvents. */
    @Doc("An HTTP server that takes CloudEvents in batches.")
    record Http(
        @Doc("URL to post to.")
            @Example("https://events.example.com/")
            @Format(TextFormat.URL)
            @Size(max = 2048)
            String url,
        @Doc("Name of the secret sent as bearer token.") @Example("receiver-token") @Size(max = 256)
            Optional<String> secret)
        implements Sink {}

    /** A Splunk HTTP event collector. */
    @Doc("A Splunk HTTP event collector.")
    record SplunkHec(
        @Doc("URL of the collector, without path.")
            @Example("https://splunk.example.com:8088")
            @Format(TextFormat.URL)
            @Size(max = 2048)
            String url,
        @Doc("Name of the secret that holds the collector's token.")
            @Example("splunk-token")
            @Size(min = 1, max = 256)
            String secret,
        @Doc("Index the events go to; the token's own when absent.")
            @Example("oarlock")
            @Size(max = 256)
            Optional<String> index,
        @Doc("Waits for the indexers to acknowledge.") @Example("true") boolean acknowledge)
        implements Sink {}

    /** A syslog server. */
    @Doc("A syslog server (RFC 5424).")
    record Syslog(
        @Doc("Host name or address.")
            @Example("syslog.example.com")
            @Matches(value = EgressPolicy.HOST, message = "Write a host name or an address")
            @Size(min = 1, max = 253)
            String host,
        @Doc("TCP port.") @Example("6514") @Default("6514") @Range(min = 1, max = 65535) long port,
        @Doc("Speaks TLS to the server.") @Example("true") @Default("true") boolean tls,
        @Doc("Facility of the messages.") @Example("1") @Default("1") @Range(max = 23)
            long facility)
        implements Sink {}

    /** An OpenTelemetry collector. */
    @Doc("An OpenTelemetry collector: log records over OTLP/HTTP, as JSON.")
    record Otlp(
        @Doc("URL of the logs endpoint.")
            @Example("https://collector.example.com:4318/v1/logs")
            @Format(TextFormat.URL)
            @Size(max = 2048)
            String url,
        @Doc("Name of the secret sent as bearer token.")
            @Example("collector-token")
            @Size(max = 256)
            Optional<String> secret)
        implements Sink {}

    /** Elasticsearch or OpenSearch. */
    @Doc("Elasticsearch or OpenSearch, through _bulk; a repeated event is stored once.")
    record Elastic(
        @Doc("URL of the cluster, without path.")
            @Example("https://elastic.example.com:9200")
            @Format(TextFormat.URL)
            @Size(max = 2048)
            String url,
        @Doc("Index or data stream the events go to.")
            @Example("oarlock-events")
            @Matches(
                value = "[a-z0-9][a-z0-9_.-]*",
                message = "Write small letters, digits, dots, dashes and underscores")
            @Size(min = 1, max = 255)
            String index,
        @Doc("Name of the secret sent as API key.") @Example("elastic-key") @Size(max = 256)
            Optional<String> secret)
        implements Sink {}

    /** A mail server. */
    @Doc("A mail server (SMTP): one mail for each batch.")
    record Smtp(
        @Doc("Host name or address.")
            @Example("mail.example.com")
            @Matches(value = EgressPolicy.HOST, message = "Write a host name or an address")
            @Size(min = 1, max = 253)
            String host,
        @Doc("TCP port.") @Example("587") @Default("587") @Range(min = 1, max = 65535) long port,
        @Doc("How the connection is protected.") @Example("StartTls") @Default("StartTls")
            MailSecurity security,
        @Doc("Address mails come from.")
            @Example("oarlock@example.com")
            @Format(TextFormat.EMAIL)
            @Size(max = 254)
            String from,
        @Doc("Who gets them; the emails of an alarm are told of it as well.")
            @Example("[\"ops@example.com\"]")
            @Format(TextFormat.EMAIL)
            @Size(max = 32)
            Set<String> to,
        @Doc("User name, when the server asks for one.") @Example("oarlock") @Size(max = 256)
            Optional<String> user,
        @Doc("Name of the secret that holds the password.")
            @Example("mail-password")
            @Size(max = 256)
            Optional<String> secret)
        implements Sink {}

    /** What a plugin of the operator brings. */
    @Doc("What a plugin in a folder of the platform sends to.")
    record Plugin(
        @Doc("The kind of sink, as the plugin names it.")
            @Example("Kafka")
            @Matches(
                value = "[A-Z][A-Za-z0-9]*",
                message = "Write letters and digits, a capital letter first")
            @Size(min = 1, max = 64)
            String type,
        @Doc("What the plugin asks for; of secrets their names.")
            @Example("{\"topic\": \"oarlock\"}")
            @Size(max = 64)
            @Keys(max = 64)
            Map<String, Object> settings)
        implements Sink {}
  }

  /** How a connection to a mail server is protected. */
  public enum MailSecurity {
    @Doc("Begins in the clear and changes to TLS; refused where the server cannot.")
    START_TLS,
    @Doc("TLS from the beginning, usually port 465.")
    TLS,
    @Doc("Not at all: for a relay on the same machine.")
    NONE
  }

  @Override
  public List<Violation> validate() {
    var rules = new Rules();
    batch.ifPresent(found ->
        rules.within("batch/maxWait", found.maxWait(), Duration.ZERO, Duration.ofMinutes(1)));
    return rules.violations();
  }
}
