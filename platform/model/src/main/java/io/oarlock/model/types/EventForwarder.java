package io.oarlock.model.types;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Format;
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
import java.util.List;
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
@Doc(
    "Sends events to a system outside, at least once and in order, from a cursor "
        + "that survives restarts.")
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
    @Doc("Sequence of the last event the sink acknowledged.")
        @Example("41")
        @Range(max = 9007199254740991d)
        @ReadOnly
        Optional<Long> acknowledged,
    @Doc("Events that wait behind it.")
        @Example("0")
        @Range(max = 9007199254740991d)
        @ReadOnly
        @Transient
        Optional<Long> lag,
    @Doc("Why the last attempt failed.") @Example("connection refused") @Size(max = 1024) @ReadOnly
        Optional<String> lastError,
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
  }

  @Override
  public List<Violation> validate() {
    var rules = new Rules();
    batch.ifPresent(found ->
        rules.within("batch/maxWait", found.maxWait(), Duration.ZERO, Duration.ofMinutes(1)));
    return rules.violations();
  }
}
