package io.oarlock.enforcer.agent;

import io.oarlock.enforcer.datapath.FlowEvent;
import io.oarlock.enforcer.datapath.FlowEvent.Facts;
import io.oarlock.enforcer.policy.Side;
import io.oarlock.enforcer.policy.Verdict;
import io.oarlock.model.types.Flow;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of connections since somebody last took it, those alike counted together. Told on
 * event loops, taken by one thread.
 */
final class FlowWindow implements FlowEvent.Journal {
  /** Most kinds of connections told apart in a window; those of further kinds are only counted. */
  static final int KINDS_MAX = 5000;

  /** Most characters of a reason: what the platform takes. */
  private static final int REASON_MAX = 512;

  private final InstantSource clock;
  private Map<Alike, Totals> totals = new HashMap<>();
  private Instant begun;
  private long lost;

  /** What connections must have in common to be counted together. */
  private record Alike(
      Flow.Decision decision,
      Side side,
      String unit,
      Optional<String> peerUnit,
      Optional<String> from,
      InetSocketAddress to,
      Optional<String> policy,
      String reason,
      boolean observed,
      Optional<Verdict.Watched> watched,
      boolean encrypted) {}

  /** What is counted of them. */
  private record Totals(long connections, long sent, long received) {
    Totals plus(Totals other) {
      return new Totals(
          connections + other.connections, sent + other.sent, received + other.received);
    }
  }

  /**
   * A window that is over.
   *
   * @param lost moments of connections that were of no kind there was room for
   */
  record Taken(List<Flow> flows, long lost) {}

  FlowWindow(InstantSource clock) {
    this.clock = clock;
    this.begun = clock.instant();
  }

  @Override
  public void tell(FlowEvent event) {
    event.facts().ifPresent(facts -> tell(event, facts));
  }

  private void tell(FlowEvent event, Facts facts) {
    var carried = new Totals(0, facts.sent(), facts.received());
    switch (event.kind()) {
      case ALLOWED -> count(alike(event, facts, Flow.Decision.ACCEPT), new Totals(1, 0, 0));
      case ENDED -> count(alike(event, facts, Flow.Decision.ACCEPT), carried);
      case REFUSED -> count(alike(event, facts, Flow.Decision.REJECT), new Totals(1, 0, 0));
      case CUT ->
          count(alike(event, facts, Flow.Decision.REJECT), carried.plus(new Totals(1, 0, 0)));
      case FAILED -> {} // no decision, so nothing to report
    }
  }

  private static Alike alike(FlowEvent event, Facts facts, Flow.Decision decision) {
    var opened = event.side() == Side.INITIATOR;
    var accepted = decision == Flow.Decision.ACCEPT;
    return new Alike(
        decision,
        event.side(),
        event.unit(),
        facts.peerUnit(),
        opened || facts.peerUnit().isPresent() ? Optional.empty() : Optional.of(text(facts.from())),
        event.address(),
        facts.verdict().flatMap(Verdict::rule),
        cut(accepted ? facts.verdict().map(Verdict::reason).orElse("") : event.reason()),
        facts.verdict().filter(Verdict::observed).isPresent(),
        facts.verdict().flatMap(Verdict::watched),
        facts.encrypted());
  }

  private static String cut(String reason) {
    var said = reason.isBlank() ? "no reason is known" : reason;
    return said.length() <= REASON_MAX ? said : said.substring(0, REASON_MAX);
  }

  private static String text(InetAddress address) {
    return address.getHostAddress().split("%", 2)[0];
  }

  private synchronized void count(Alike alike, Totals more) {
    if (totals.size() >= KINDS_MAX && !totals.containsKey(alike)) {
      lost++;
    } else {
      totals.merge(alike, more, Totals::plus);
    }
  }

  /** Ends the window and begins the next. */
  synchronized Taken take() {
    var end = clock.instant();
    var start = begun;
    var flows =
        totals.entrySet().stream().map(each -> flow(each.getKey(), each.getValue(), start, end));
    var taken = new Taken(flows.toList(), lost);
    totals = new HashMap<>();
    begun = end;
    lost = 0;
    return taken;
  }

  private static Flow flow(Alike alike, Totals totals, Instant start, Instant end) {
    var opened = alike.side() == Side.INITIATOR;
    var own = Optional.of(alike.unit());
    var source = opened ? own : alike.peerUnit();
    var destination = opened ? alike.peerUnit() : own;
    return new Flow(
        start,
        end,
        alike.decision(),
        opened ? Flow.End.INITIATOR : Flow.End.RECEIVER,
        type(source),
        source,
        alike.from(),
        type(destination),
        destination,
        text(alike.to().getAddress()),
        alike.to().getPort(),
        "tcp",
        alike.policy(),
        alike.reason(),
        alike.observed(),
        alike.watched().map(Verdict.Watched::rule),
        alike.watched().map(Verdict.Watched::action),
        alike.encrypted(),
        totals.connections(),
        totals.sent(),
        totals.received());
  }

  private static Flow.EndType type(Optional<String> unit) {
    return unit.isPresent() ? Flow.EndType.PROCESSING_UNIT : Flow.EndType.EXTERNAL_NETWORK;
  }
}
