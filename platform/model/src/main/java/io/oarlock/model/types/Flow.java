package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Flattened;
import io.oarlock.model.Label;
import io.oarlock.model.Matches;
import io.oarlock.model.Orderable;
import io.oarlock.model.Range;
import io.oarlock.model.Size;
import java.time.Instant;
import java.util.Optional;

/** What became of connections that have all of this in common, within one window of time. */
@Flattened
public record Flow(
    @Doc("When the window began in which it happened.")
        @Example("2026-11-21T23:50:00.000Z")
        @Orderable
        Instant startTime,
    @Doc("When the window ended.") @Example("2026-11-21T23:50:10.000Z") Instant endTime,
    @Doc("What was decided.") @Example("Reject") Decision action,
    @Doc("Which end tells of it; of a connection between two hosts with enforcers both ends tell.")
        @Example("Receiver")
        End side,
    @Doc("What opened the connections.") @Example("ProcessingUnit") EndType sourceType,
    @Doc("The unit that opened them, as its enforcer calls it: the unit's clientLocalId.")
        @Example("frontend-1c9e02aa")
        @Size(min = 1, max = 300)
        @Filterable
        @Label("Source ID")
        Optional<String> sourceId,
    @Doc("Address they came from, when it proved to be no unit.")
        @Example("203.0.113.7")
        @Size(min = 1, max = 64)
        @Label("Source IP")
        Optional<String> sourceIp,
    @Doc("What they were opened to.") @Example("ProcessingUnit") EndType destinationType,
    @Doc("The unit they were opened to, as its enforcer calls it: the unit's clientLocalId.")
        @Example("backend-77d0b5e1")
        @Size(min = 1, max = 300)
        @Filterable
        @Label("Destination ID")
        Optional<String> destinationId,
    @Doc("Address they were opened to.")
        @Example("10.0.0.2")
        @Size(min = 1, max = 64)
        @Label("Destination IP")
        String destinationIp,
    @Doc("Port they were opened to.") @Example("8080") @Range(min = 0, max = 65535)
        int destinationPort,
    @Doc("Protocol they spoke.")
        @Example("tcp")
        @Matches(value = "tcp|udp|icmp|icmp6", message = "Write tcp, udp, icmp or icmp6")
        @Size(max = 8)
        String protocol,
    @Doc(
            "Identifier of the policy that decided; absent when the default did, or no policy was asked.")
        @Example("6741f3a2c0de4b0f8a1d2e3f")
        @Size(min = 1, max = 256)
        @Filterable
        @Label("Policy ID")
        Optional<String> policyId,
    @Doc("Why, in words.")
        @Example("rejected: no policy matches, the default decides")
        @Size(min = 1, max = 512)
        String reason,
    @Doc("Whether the policy that decided is being observed.") @Example("false") boolean observed,
    @Doc("Identifier of a policy observed without effect that would have decided.")
        @Example("6741f3a2c0de4b0f8a1d2e40")
        @Size(min = 1, max = 256)
        @Label("Observed policy ID")
        Optional<String> observedPolicyId,
    @Doc("What that policy would have done.") @Example("Reject")
        Optional<NetworkAccessPolicy.Action> observedAction,
    @Doc("Whether the bytes were encrypted on the way.") @Example("true") boolean encrypted,
    @Doc("Connections decided in the window; none when older ones only ended in it.")
        @Example("3")
        @Range(min = 0, max = 9007199254740991d)
        long connections,
    @Doc("Bytes the source sent over connections that ended in the window.")
        @Example("1024")
        @Range(min = 0, max = 9007199254740991d)
        long bytesSent,
    @Doc("Bytes the source received over connections that ended in the window.")
        @Example("65536")
        @Range(min = 0, max = 9007199254740991d)
        long bytesReceived) {

  /** What becomes of a connection. */
  public enum Decision {
    @Doc("It was allowed.")
    ACCEPT,
    @Doc("It was refused, or cut because policies changed.")
    REJECT
  }

  /** An end of a connection. */
  public enum End {
    @Doc("The end that opens it.")
    INITIATOR,
    @Doc("The end that is asked for it.")
    RECEIVER
  }

  /** What an end is. */
  public enum EndType {
    @Doc("A unit that proved who it is.")
    PROCESSING_UNIT,
    @Doc("An address that proved nothing: outside, or of a host without an enforcer.")
    EXTERNAL_NETWORK
  }
}
