package io.oarlock.enforcer.datapath;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.oarlock.enforcer.wire.EnforcerKey;
import io.oarlock.enforcer.wire.Freshness;
import io.oarlock.enforcer.wire.Identity;
import io.oarlock.enforcer.wire.Local;
import io.oarlock.enforcer.wire.Trust;
import io.oarlock.model.NamespacePath;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Carries the connections of a host's units, and only those both ends allow. It begins with
 * policies that allow nothing.
 */
public final class Datapath implements AutoCloseable {
  private static final int SOL_SOCKET = 1;
  private static final int SO_MARK = 36;
  private static final IntegerUnixChannelOption MARK =
      new IntegerUnixChannelOption("SO_MARK", SOL_SOCKET, SO_MARK);

  private final Setup setup;
  private final Limits limits;
  private final FlowEvent.Journal journal;
  private final Freshness freshness;
  private final SecureRandom random = new SecureRandom();
  private final EventLoopGroup loops;
  private final Map<String, Identity> identities = new ConcurrentHashMap<>();
  private final Set<Flow> live = ConcurrentHashMap.newKeySet();
  private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger deciding = new AtomicInteger();
  private volatile Snapshot snapshot = Snapshot.NOTHING;
  private volatile EnforcerKey key;

  /**
   * What a datapath is given once.
   *
   * @param key vouches for the units, until {@link #rekey}
   * @param mark of the enforcer's own packets, by which interception passes them over; 0 for none
   * @param services the unit that listens at an address of this host, if any does
   */
  public record Setup(
      EnforcerKey key,
      NamespacePath namespace,
      Trust trust,
      InstantSource clock,
      int mark,
      Function<InetSocketAddress, Optional<Unit>> services) {}

  public Datapath(Setup setup, Limits limits, FlowEvent.Journal journal, int threads) {
    this.setup = setup;
    this.key = setup.key();
    this.limits = limits;
    this.journal = journal;
    this.freshness = new Freshness(setup.clock());
    this.loops = new MultiThreadIoEventLoopGroup(threads, EpollIoHandler.newFactory());
    var every = Limits.WINDOW_CHECK.toMillis();
    var _ =
        loops
            .next()
            .scheduleWithFixedDelay(this::watchWindows, every, every, TimeUnit.MILLISECONDS);
  }

  /** Accepts connections units open; gives the address it listens at. */
  public InetSocketAddress listenOutgoing(InetSocketAddress at, Entrance entrance) {
    return listen(at, entrance, Outgoing::new);
  }

  /** Accepts connections to units; gives the address it listens at. */
  public InetSocketAddress listenIncoming(InetSocketAddress at, Entrance entrance) {
    return listen(at, entrance, Incoming::new);
  }

  private InetSocketAddress listen(
      InetSocketAddress at, Entrance entrance, BiFunction<Datapath, Gate, Flow> kind) {
    var bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(EpollServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<EpollSocketChannel>() {
                  @Override
                  protected void initChannel(EpollSocketChannel channel) {
                    accept(channel, entrance, kind);
                  }
                });
    configure(bootstrap::childOption);
    var address =
        (InetSocketAddress) bootstrap.bind(at).syncUninterruptibly().channel().localAddress();
    ports.add(address.getPort());
    return address;
  }

  private void accept(
      EpollSocketChannel channel, Entrance entrance, BiFunction<Datapath, Gate, Flow> kind) {
    var gate = Gate.on(channel);
    if (held.get() >= limits.flowsMax() || deciding.get() >= limits.handshakesMax()) {
      gate.abort();
      return;
    }
    held.incrementAndGet();
    deciding.incrementAndGet();
    var _ = channel.closeFuture().addListener(_ -> held.decrementAndGet());
    channel.eventLoop().execute(() -> kind.apply(this, gate).begin(entrance));
  }

  private interface Options {
    <T> Object set(ChannelOption<T> option, T value);
  }

  private static void configure(Options options) {
    options.set(ChannelOption.ALLOW_HALF_CLOSURE, true);
    options.set(ChannelOption.TCP_NODELAY, true);
    options.set(
        ChannelOption.WRITE_BUFFER_WATER_MARK,
        new WriteBufferWaterMark(Limits.WAITING_MAX / 2, Limits.WAITING_MAX));
    options.set(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(Limits.READ_MAX));
  }

  void connect(
      EventLoop loop,
      InetSocketAddress target,
      Consumer<Gate> made,
      Runnable connected,
      Consumer<Throwable> failed) {
    var bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                Math.toIntExact(limits.handshake().toMillis()))
            .handler(
                new ChannelInitializer<EpollSocketChannel>() {
                  @Override
                  protected void initChannel(EpollSocketChannel channel) {
                    made.accept(Gate.on(channel));
                  }
                });
    configure(bootstrap::option);
    if (setup.mark() != 0) {
      bootstrap.option(MARK, setup.mark());
    }
    var _ =
        bootstrap
            .connect(target)
            .addListener(result -> {
              if (result.isSuccess()) {
                connected.run();
              } else {
                failed.accept(result.cause());
              }
            });
  }

  /** Decides by these from now on; live connections they no longer allow are cut. */
  public void apply(Snapshot next) {
    snapshot = next;
    recheck();
  }

  /** Vouches for units by that key from now on: the same enforcer's certificate was renewed. */
  public void rekey(EnforcerKey next) {
    key = next;
    identities.clear();
  }

  /** Forgets the identity of a unit that ended, or whose tags are others now. */
  public void forget(String unit) {
    identities.remove(unit);
  }

  /** Looks at every live connection again, for example because a certificate was revoked. */
  public void recheck() {
    live.forEach(flow -> flow.loop().execute(() -> flow.recheck(snapshot)));
  }

  /** Policies can end by themselves; what they carried ends with them. */
  private void watchWindows() {
    if (snapshot.policies().isTimed()) {
      recheck();
    }
  }

  /** How many connections live. */
  public int liveFlows() {
    return live.size();
  }

  /** How many connections were accepted and are not closed yet. */
  public int heldConnections() {
    return held.get();
  }

  /** What connections are decided by now. */
  public Snapshot snapshot() {
    return snapshot;
  }

  Limits limits() {
    return limits;
  }

  InstantSource clock() {
    return setup.clock();
  }

  Trust trust() {
    return setup.trust();
  }

  FlowEvent.Journal journal() {
    return journal;
  }

  /** A connection that was being decided is, or never will be. */
  void decided() {
    deciding.decrementAndGet();
  }

  void register(Flow flow) {
    live.add(flow);
  }

  void forget(Flow flow) {
    live.remove(flow);
  }

  /** What a unit shakes hands with; its identity is renewed before half its time has passed. */
  Local local(Unit unit) {
    var now = setup.clock().instant();
    var half = EnforcerKey.IDENTITY_VALIDITY.dividedBy(2);
    var identity =
        identities.compute(
            unit.id(),
            (id, old) ->
                old != null && now.isBefore(old.until().minus(half))
                    ? old
                    : key.identify(id, setup.namespace(), unit.tags(), now));
    var current = snapshot;
    return new Local(
        identity,
        setup.trust(),
        freshness,
        setup.clock(),
        random,
        current.policies().epoch(),
        current.peerEpochMin());
  }

  Optional<Unit> localService(InetSocketAddress target) {
    return isLocal(target) ? setup.services().apply(target) : Optional.empty();
  }

  boolean isOwnListener(InetSocketAddress target) {
    return ports.contains(target.getPort()) && isLocal(target);
  }

  private static boolean isLocal(InetSocketAddress target) {
    var address = target.getAddress();
    try {
      return address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      throw new Refused("the addresses of this host cannot be read: " + e.getMessage());
    }
  }

  /** An address as both ends of a handshake write it. */
  static String audience(InetSocketAddress address) {
    var text = address.getAddress().getHostAddress();
    var zone = text.indexOf('%');
    return (zone < 0 ? text : text.substring(0, zone)) + ":" + address.getPort();
  }

  /** Stops listening and ends every connection. */
  @Override
  public void close() {
    live.forEach(flow -> flow.loop().execute(() -> flow.cut("the enforcer stops")));
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
