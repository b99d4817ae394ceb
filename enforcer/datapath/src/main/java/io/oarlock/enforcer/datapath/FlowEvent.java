package io.oarlock.enforcer.datapath;

import io.oarlock.enforcer.policy.Side;
import io.oarlock.enforcer.policy.Verdict;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What became of a connection, for the flow log of this host; peers learn none of it.
 *
 * @param unit the unit of this host
 * @param peer what is known of the other end
 * @param address where the connection was opened to
 * @param reason in words, with the deciding rule or the reason of a refusal
 * @param facts for reports; empty when it was of no unit here
 */
public record FlowEvent(
    Kind kind,
    Side side,
    String unit,
    String peer,
    InetSocketAddress address,
    String reason,
    Optional<Facts> facts) {

  /** A moment in the life of a connection. */
  public enum Kind {
    ALLOWED,
    REFUSED,
    /** Nobody decided against it: the network, or the program it was meant for, did not answer. */
    FAILED,
    ENDED,
    CUT
  }

  /**
   * A connection of a unit, as a report counts it.
   *
   * @param peerUnit identifier of the unit at the other end, when it proved to be one
   * @param from address of the end that opened it
   * @param verdict what policies decided last; empty when they were not asked
   * @param sent bytes the end that opened it has sent up to now
   * @param received bytes it has received up to now
   */
  public record Facts(
      Optional<String> peerUnit,
      InetAddress from,
      Optional<Verdict> verdict,
      boolean encrypted,
      long sent,
      long received) {}

  /** Where flows are told; called on event loops, so it must not wait. */
  public interface Journal {
    void tell(FlowEvent event);
  }
}
