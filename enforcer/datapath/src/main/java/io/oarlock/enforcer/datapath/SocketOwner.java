package io.oarlock.enforcer.datapath;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Whose socket is at the other end of a connection on this host: one exact question to the kernel
 * (sock_diag(7), {@code inet_diag_req_v2} of linux/inet_diag.h), a few microseconds, where reading
 * {@code /proc/net/tcp} takes tens of milliseconds. It looks in the network namespace it was opened
 * in. For one thread at a time.
 */
public final class SocketOwner implements AutoCloseable {
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int NETLINK_SOCK_DIAG = 4;
  private static final short SOCK_DIAG_BY_FAMILY = 20;
  private static final short NLM_F_REQUEST = 1;
  private static final byte IPPROTO_TCP = 6;
  private static final int REQUEST_BYTES = 72;
  private static final int ANSWER_BYTES = 8192;
  private static final int HEADER_BYTES = 16;
  private static final int UID_AT = HEADER_BYTES + 64;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle SOCKET =
      function("socket", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
  private static final MethodHandle SEND = transfer("send");
  private static final MethodHandle RECEIVE = transfer("recv");
  private static final MethodHandle CLOSE = function("close", ValueLayout.JAVA_INT);

  private final Arena arena = Arena.ofShared();
  private final MemorySegment request = arena.allocate(REQUEST_BYTES);
  private final MemorySegment answer = arena.allocate(ANSWER_BYTES);
  private final int socket;

  /**
   * Opens a way to ask.
   *
   * @throws IOException when the kernel has no sock_diag
   */
  public SocketOwner() throws IOException {
    socket = call(SOCKET, AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_SOCK_DIAG);
    if (socket < 0) {
      arena.close();
      throw new IOException("The kernel gives no netlink socket for sock_diag");
    }
  }

  /** The user whose socket has that address here and that one there; empty when there is none. */
  public synchronized Optional<Long> uidOf(InetSocketAddress here, InetSocketAddress there) {
    write(here, there);
    if (call(SEND, socket, request, (long) REQUEST_BYTES, 0) != REQUEST_BYTES) {
      return Optional.empty();
    }
    var length = call(RECEIVE, socket, answer, (long) ANSWER_BYTES, 0);
    var bytes = answer.asByteBuffer().order(ByteOrder.nativeOrder());
    return length >= UID_AT + Integer.BYTES && bytes.getShort(4) == SOCK_DIAG_BY_FAMILY
        ? Optional.of(Integer.toUnsignedLong(bytes.getInt(UID_AT)))
        : Optional.empty();
  }

  private void write(InetSocketAddress here, InetSocketAddress there) {
    request.fill((byte) 0);
    var bytes = request.asByteBuffer().order(ByteOrder.nativeOrder());
    bytes.putInt(REQUEST_BYTES).putShort(SOCK_DIAG_BY_FAMILY).putShort(NLM_F_REQUEST);
    bytes.putInt(1).putInt(0);
    bytes.put((byte) (here.getAddress() instanceof Inet4Address ? AF_INET : AF_INET6));
    bytes.put(IPPROTO_TCP).putShort((short) 0);
    bytes.putInt(-1); // in any state
    bytes.order(ByteOrder.BIG_ENDIAN);
    bytes.putShort((short) here.getPort()).putShort((short) there.getPort());
    put(bytes, here);
    put(bytes, there);
    bytes.putInt(0).putLong(-1L); // on any interface, whatever its cookie
  }

  private static void put(ByteBuffer bytes, InetSocketAddress address) {
    var start = bytes.position();
    bytes.put(address.getAddress().getAddress());
    bytes.position(start + 16);
  }

  @SuppressWarnings("restricted") // the signature is that of send(2) and recv(2)
  private static MethodHandle transfer(String name) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT));
  }

  @SuppressWarnings("restricted") // the callers give the signatures of socket(2) and close(2)
  private static MethodHandle function(String name, ValueLayout... parameters) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
  }

  private static int call(MethodHandle function, Object... arguments) {
    try {
      return ((Number) function.invokeWithArguments(arguments)).intValue();
    } catch (Throwable e) {
      throw new IllegalStateException("A call into the C library failed", e);
    }
  }

  @Override
  public synchronized void close() {
    call(CLOSE, socket);
    arena.close();
  }
}
