package io.oarlock.enforcer.datapath;

import io.netty.buffer.ByteBuf;
import io.oarlock.enforcer.wire.Frame;
import java.util.function.Consumer;

/** Takes exactly one frame of the handshake and leaves the rest for whoever comes next. */
final class FrameSink implements Gate.Sink {
  private final Consumer<byte[]> taker;
  private final Consumer<RuntimeException> failed;
  private boolean done;

  FrameSink(Consumer<byte[]> taker, Consumer<RuntimeException> failed) {
    this.taker = taker;
    this.failed = failed;
  }

  @Override
  public void bytes(ByteBuf bytes) {
    if (done || bytes.readableBytes() < Frame.HEAD_BYTES) {
      return;
    }
    try {
      var head = new byte[Frame.HEAD_BYTES];
      bytes.getBytes(bytes.readerIndex(), head);
      var length = Frame.lengthOf(head);
      if (bytes.readableBytes() < length) {
        return;
      }
      var frame = new byte[length];
      bytes.readBytes(frame);
      done = true;
      taker.accept(frame);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void fail(RuntimeException e) {
    done = true;
    failed.accept(e);
  }

  @Override
  public void ended() {
    if (!done) {
      fail(new Refused("the peer ended the connection in the middle of the handshake"));
    }
  }

  @Override
  public void broken() {
    if (!done) {
      fail(new Refused("the peer broke the connection in the middle of the handshake"));
    }
  }
}
