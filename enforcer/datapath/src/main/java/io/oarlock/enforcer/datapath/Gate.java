package io.oarlock.enforcer.datapath;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.jspecify.annotations.Nullable;

/**
 * The one handler of a channel: holds what arrives until somebody is there to take it, and the end
 * of the stream as well. Epoll reads when a FIN arrives even if nobody asked for it (netty #6173),
 * so bytes and end can be there before the connection they are for.
 */
final class Gate extends ChannelInboundHandlerAdapter {
  private final EpollSocketChannel channel;
  private final ByteBuf held;
  private @Nullable Sink sink;
  private boolean ended;
  private boolean broken;
  private boolean delivering;
  private boolean replaced;

  /** Takes what a channel receives, on the channel's event loop. */
  interface Sink {
    /**
     * More bytes are there; what is not taken stays for the next call.
     *
     * @param bytes not to be kept
     */
    void bytes(ByteBuf bytes);

    /** The peer sends nothing more. */
    void ended();

    /** The connection is gone, without an orderly end. */
    void broken();

    /** Whether more can be written into the channel, or not any more. */
    default void writable(boolean now) {}
  }

  Gate(EpollSocketChannel channel) {
    this.channel = channel;
    this.held = channel.alloc().heapBuffer();
  }

  static Gate on(EpollSocketChannel channel) {
    var gate = new Gate(channel);
    channel.pipeline().addLast(gate);
    return gate;
  }

  EpollSocketChannel channel() {
    return channel;
  }

  /** From now on this sink takes everything, what is held first. */
  void open(Sink next) {
    sink = next;
    replaced = true;
    deliver();
  }

  /**
   * Reads or stops reading; a channel whose input is over must not be asked to (epoll_ctl fails).
   */
  void read(boolean on) {
    if (channel.isActive() && !channel.isInputShutdown()) {
      channel.config().setAutoRead(on);
    }
  }

  /** From now on everything is held again, an end of the stream too. */
  void hold() {
    sink = null;
  }

  /** Writes without sending yet; what cannot be written closes the channel, which the sink sees. */
  void write(byte[] bytes, int length) {
    var _ = channel.write(channel.alloc().buffer(length).writeBytes(bytes, 0, length));
  }

  void write(ByteBuf bytes) {
    var _ = channel.write(bytes);
  }

  void flush() {
    channel.flush();
  }

  /** Writes and sends. */
  void send(byte[] bytes) {
    write(bytes, bytes.length);
    flush();
  }

  /** Sends what was written, and then the end of the stream. */
  void end() {
    var _ =
        channel
            .writeAndFlush(Unpooled.EMPTY_BUFFER)
            .addListener(_ -> {
              var _ = channel.shutdownOutput();
            });
  }

  /** Sends what was written, and then closes. */
  void close() {
    var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** Sends this, and then closes so that the peer sees a reset. */
  void abort(byte[] lastWords) {
    var _ =
        channel
            .writeAndFlush(channel.alloc().buffer(lastWords.length).writeBytes(lastWords))
            .addListener(_ -> abort());
  }

  /** Closes so that the peer sees a reset. */
  void abort() {
    if (channel.isOpen()) {
      channel.config().setSoLinger(0);
      var _ = channel.close();
    }
  }

  private void deliver() {
    if (delivering) {
      return;
    }
    delivering = true;
    try {
      pass();
    } finally {
      delivering = false;
    }
  }

  /** A sink may put another in its place while it takes bytes; the rest is for that one. */
  private void pass() {
    var before = -1;
    while (sink != null
        && held.refCnt() > 0
        && held.isReadable()
        && (replaced || before != held.readableBytes())) {
      before = held.readableBytes();
      replaced = false;
      sink.bytes(held);
    }
    if (held.refCnt() > 0) {
      held.discardSomeReadBytes();
    }
    var taker = sink;
    if (taker != null && broken) {
      taker.broken();
    } else if (taker != null && ended) {
      ended = false;
      taker.ended();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var bytes = (ByteBuf) message;
    try {
      if (held.refCnt() == 0) {
        return;
      }
      held.writeBytes(bytes);
    } finally {
      bytes.release();
    }
    deliver();
    if (held.refCnt() > 0 && held.readableBytes() > Limits.HELD_MAX) {
      abort();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      ended = true;
      deliver();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    broken = true;
    deliver();
    held.release();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (sink != null) {
      sink.writable(channel.isWritable());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    abort();
  }
}
