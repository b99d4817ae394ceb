package io.oarlock.enforcer.datapath;

import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * What connections led here by {@link Interception} are about: where they were going to, as the
 * kernel remembers ({@code SO_ORIGINAL_DST}), and which unit they are of.
 */
public final class Intercepted {
  private static final int SOL_IP = 0;
  private static final int SOL_IPV6 = 41;
  private static final int SO_ORIGINAL_DST = 80;
  private static final RawUnixChannelOption IPV4 =
      new RawUnixChannelOption("SO_ORIGINAL_DST", SOL_IP, SO_ORIGINAL_DST, 16);
  private static final RawUnixChannelOption IPV6 =
      new RawUnixChannelOption("IP6T_SO_ORIGINAL_DST", SOL_IPV6, SO_ORIGINAL_DST, 28);

  private Intercepted() {}

  /** Connections of users that are units. */
  public static Entrance outgoing(SocketOwner owners, Map<Long, Unit> units) {
    return accepted -> {
      var target = original(accepted);
      var uid = owners.uidOf(accepted.remoteAddress(), target);
      var unit = uid.flatMap(user -> Optional.ofNullable(units.get(user)));
      return new Entrance.Wanted(
          unit.orElseThrow(
              () -> new Entrance.Unknown("no unit has the user " + uid + " of this connection")),
          target,
          target);
    };
  }

  /** Connections to the ports of units. */
  public static Entrance incoming(Map<Integer, Unit> services) {
    return accepted -> {
      var target = original(accepted);
      var unit = services.get(target.getPort());
      if (unit == null) {
        throw new Entrance.Unknown("no unit listens at " + target);
      }
      return new Entrance.Wanted(unit, target, target);
    };
  }

  private static InetSocketAddress original(EpollSocketChannel accepted) {
    var v4 = accepted.localAddress().getAddress() instanceof Inet4Address;
    try {
      var bytes = accepted.config().getOption(v4 ? IPV4 : IPV6);
      return read(bytes, v4);
    } catch (IOException | RuntimeException e) {
      throw new Entrance.Unknown("nobody led it here: it was opened to the enforcer itself");
    }
  }

  /** A {@code sockaddr_in} or {@code sockaddr_in6}. */
  private static InetSocketAddress read(ByteBuffer bytes, boolean v4) throws IOException {
    var address = new byte[v4 ? 4 : 16];
    bytes.get(v4 ? 4 : 8, address);
    return new InetSocketAddress(
        InetAddress.getByAddress(address), Short.toUnsignedInt(bytes.getShort(2)));
  }
}
