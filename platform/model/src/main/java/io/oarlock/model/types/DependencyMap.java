package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Operation;
import io.oarlock.model.Range;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Resource;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.Size;
import io.oarlock.model.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@Resource(
    group = "What was seen",
    stored = false,
    aliases = {"depmap", "depmaps"},
    operations = {Operation.CREATE},
    example =
        """
        {
          "startTime": "2026-11-21T23:00:00.000Z",
          "endTime": "2026-11-22T00:00:00.000Z"
        }
        """)
@Doc(
    "Who talked to whom in a window of time, and who was refused: the flow reports of the namespace, "
        + "added up by source, destination and port. Nothing is stored.")
public record DependencyMap(
    @Doc("Reports that began then or later count; when absent, those of the hour before the end.")
        @Example("2026-11-21T23:00:00.000Z")
        Optional<Instant> startTime,
    @Doc("Reports that began before then count; when absent, all up to now.")
        @Example("2026-11-22T00:00:00.000Z")
        Optional<Instant> endTime,
    @Doc("Units and addresses that are an end of something.") @Size(max = 2 * EDGES_MAX) @ReadOnly
        List<Node> nodes,
    @Doc("Who talked to whom, or tried to, those with most connections first.")
        @Size(max = EDGES_MAX)
        @ReadOnly
        List<Edge> edges,
    @Doc("How many flow reports were added up.")
        @Example("1200")
        @Range(max = REPORTS_MAX)
        @ReadOnly
        Optional<Long> reports,
    @Doc("Whether that was all of them; the oldest are left out when there are too many.")
        @Example("true")
        @ReadOnly
        Optional<Boolean> complete)
    implements SelfChecking {
  /** Most edges of a map. */
  public static final int EDGES_MAX = 5000;

  /** Most flow reports that are added up for one map. */
  public static final int REPORTS_MAX = 100_000;

  /** An end of connections. */
  public record Node(
      @Doc("The unit, as its enforcer calls it, or the address.")
          @Example("frontend-1c9e02aa")
          @Size(min = 1, max = 300)
          String id,
      @Doc("What it is.") @Example("ProcessingUnit") Flow.EndType type) {}

  /**
   * Connections with the same ends and port. Both ends of a connection may tell of it; the one that
   * tells of more counts.
   */
  public record Edge(
      @Doc("What opened the connections.") @Example("frontend-1c9e02aa") @Size(min = 1, max = 300)
          String source,
      @Doc("What they were opened to.") @Example("backend-77d0b5e1") @Size(min = 1, max = 300)
          String destination,
      @Doc("Port they were opened to.") @Example("8080") @Range(min = 0, max = 65535) int port,
      @Doc("Protocol they spoke.") @Example("tcp") @Size(max = 8) String protocol,
      @Doc("Connections that were allowed.") @Example("12") @Range(max = 9007199254740991d)
          long accepted,
      @Doc("Connections that were refused, or cut because policies changed.")
          @Example("3")
          @Range(max = 9007199254740991d)
          long rejected,
      @Doc("Bytes the source sent.") @Example("1024") @Range(max = 9007199254740991d)
          long bytesSent,
      @Doc("Bytes the source received.") @Example("65536") @Range(max = 9007199254740991d)
          long bytesReceived,
      @Doc("Whether all that was allowed was encrypted.") @Example("true") boolean encrypted,
      @Doc("When the first report of it began.") @Example("2026-11-21T23:50:00.000Z")
          Instant firstSeen,
      @Doc("When the last report of it ended.") @Example("2026-11-21T23:50:10.000Z")
          Instant lastSeen) {}

  @Override
  public List<Violation> validate() {
    var rules = new Rules();
    rules.refuseIf(
        startTime.isPresent() && endTime.isPresent() && !startTime.get().isBefore(endTime.get()),
        "startTime",
        "empty-window",
        "The window ends before it begins.",
        "Give a startTime before the endTime.");
    return rules.violations();
  }
}
