package io.oarlock.enforcer.datapath;

import io.oarlock.enforcer.policy.Side;
import java.net.InetSocketAddress;

/**
 * What became of a connection, for the flow log of this host; peers learn none of it.
 *
 * @param unit the unit of this host
 * @param peer what is known of the other end
 * @param address where the connection was opened to
 * @param reason in words, with the deciding rule or the reason of a refusal
 */
public record FlowEvent(
    Kind kind, Side side, String unit, String peer, InetSocketAddress address, String reason) {

  /** A moment in the life of a connection. */
  public enum Kind {
    ALLOWED,
    REFUSED,
    ENDED,
    CUT
  }

  /** Where flows are told; called on event loops, so it must not wait. */
  public interface Journal {
    void tell(FlowEvent event);
  }
}
