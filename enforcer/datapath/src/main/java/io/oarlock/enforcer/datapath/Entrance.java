package io.oarlock.enforcer.datapath;

import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells what a connection that was accepted is about.
 *
 * @see #fixed one unit and one target, where nothing is intercepted
 */
public interface Entrance {
  /**
   * What is wanted.
   *
   * @param unit the unit of this host it is about
   * @param dialled where the connection was opened to, as the initiator knows it
   * @param target where to go on to
   * @param aliases other addresses the unit is dialled at, such as that of a load balancer
   */
  record Wanted(
      Unit unit,
      InetSocketAddress dialled,
      InetSocketAddress target,
      Set<InetSocketAddress> aliases) {
    public Wanted(Unit unit, InetSocketAddress dialled, InetSocketAddress target) {
      this(unit, dialled, target, Set.of());
    }

    /** Whom a handshake may be meant for. */
    Set<String> audiences() {
      return Stream.concat(Stream.of(dialled), aliases.stream())
          .map(Datapath::audience)
          .collect(Collectors.toSet());
    }
  }

  /**
   * Looks at a connection, on its event loop.
   *
   * @throws Unknown when it is nobody's
   */
  Wanted look(EpollSocketChannel accepted);

  /** A connection that belongs to no unit here; it is refused. */
  final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unknown(String message) {
      super(message, null, false, false);
    }
  }

  /** Every connection is of one unit, and goes to one target. */
  static Entrance fixed(Unit unit, InetSocketAddress target) {
    return fixed(unit, target, Set.of());
  }

  /** The same, for a unit that is also dialled at other addresses. */
  static Entrance fixed(Unit unit, InetSocketAddress target, Set<InetSocketAddress> aliases) {
    return accepted -> new Wanted(unit, accepted.localAddress(), target, aliases);
  }
}
