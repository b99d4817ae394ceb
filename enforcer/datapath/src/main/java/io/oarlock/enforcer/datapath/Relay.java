package io.oarlock.enforcer.datapath;

import io.netty.buffer.ByteBuf;
import io.oarlock.enforcer.wire.Opener;
import io.oarlock.enforcer.wire.Records;
import io.oarlock.enforcer.wire.Sealer;
import io.oarlock.enforcer.wire.Session;
import io.oarlock.enforcer.wire.WireException;
import java.util.Optional;

/**
 * Carries bytes both ways between a unit and the wire, sealed on the wire if a session says so.
 * Ends and resets pass as they are: half a close is half a close on the other side, a reset a
 * reset. An end on the wire that is not authenticated is a reset for the unit.
 */
final class Relay {
  private final Gate unit;
  private final Gate wire;
  private final Optional<Sealed> sealed;
  private final Runnable finished;
  private boolean unitEnded;
  private boolean wireEnded;
  private boolean over;
  private long fromUnit;
  private long fromWire;

  /** Bytes of the application that were passed on. */
  record Carried(long fromUnit, long fromWire) {
    static final Carried NOTHING = new Carried(0, 0);
  }

  /** What it takes to send and receive records; staged on the heap, where AES-GCM is fastest. */
  private static final class Sealed {
    final Sealer sealer;
    final Opener opener;
    final byte[] plain = new byte[Records.PLAIN_MAX];
    final byte[] record = new byte[Records.BYTES_MAX];

    Sealed(Session session) {
      this.sealer = session.sealer();
      this.opener = session.opener();
    }
  }

  private Relay(Gate unit, Gate wire, Optional<Session> session, Runnable finished) {
    this.unit = unit;
    this.wire = wire;
    this.sealed = session.map(Sealed::new);
    this.finished = finished;
  }

  /**
   * Begins to carry. Both channels must be connected and of the same event loop.
   *
   * @param session present when bytes travel in records
   * @param finished called once, when both channels are gone
   */
  static Relay start(Gate unit, Gate wire, Optional<Session> session, Runnable finished) {
    var relay = new Relay(unit, wire, session, finished);
    unit.open(relay.new FromUnit());
    wire.open(relay.new FromWire());
    unit.read(wire.channel().isWritable());
    wire.read(unit.channel().isWritable());
    return relay;
  }

  Carried carried() {
    return new Carried(fromUnit, fromWire);
  }

  /** Ends the connection at once; both sides see a reset. */
  void cut() {
    if (over) {
      return;
    }
    over = true;
    unit.abort();
    if (sealed.isPresent() && !unitEnded && wire.channel().isActive()) {
      unitEnded = true;
      wire.abort(sealed.get().sealer.abort());
    } else {
      wire.abort();
    }
    finished.run();
  }

  private void closeIfBothEnded() {
    if (unitEnded && wireEnded && !over) {
      over = true;
      unit.close();
      wire.close();
      finished.run();
    }
  }

  private final class FromUnit implements Gate.Sink {
    @Override
    public void bytes(ByteBuf bytes) {
      if (over) {
        bytes.skipBytes(bytes.readableBytes());
        return;
      }
      fromUnit += bytes.readableBytes();
      if (sealed.isPresent()) {
        seal(bytes, sealed.get());
      } else {
        wire.write(bytes.readBytes(bytes.readableBytes()));
        wire.flush();
      }
    }

    private void seal(ByteBuf bytes, Sealed with) {
      while (bytes.isReadable()) {
        var length = Math.min(bytes.readableBytes(), Records.PLAIN_MAX);
        bytes.readBytes(with.plain, 0, length);
        var size = with.sealer.data(with.plain, 0, length, with.record, 0);
        wire.write(with.record, size);
      }
      wire.flush();
    }

    @Override
    public void ended() {
      if (over || unitEnded) {
        return;
      }
      unitEnded = true;
      sealed.ifPresent(with -> wire.send(with.sealer.end()));
      wire.end();
      closeIfBothEnded();
    }

    @Override
    public void broken() {
      cut();
    }

    @Override
    public void writable(boolean now) {
      wire.read(now);
    }
  }

  private final class FromWire implements Gate.Sink {
    @Override
    public void bytes(ByteBuf bytes) {
      if (over) {
        bytes.skipBytes(bytes.readableBytes());
        return;
      }
      if (sealed.isEmpty()) {
        fromWire += bytes.readableBytes();
        unit.write(bytes.readBytes(bytes.readableBytes()));
        unit.flush();
        return;
      }
      try {
        open(bytes, sealed.get());
      } catch (WireException e) {
        cut();
      }
    }

    private void open(ByteBuf bytes, Sealed with) {
      while (!over && bytes.readableBytes() >= Records.HEAD_BYTES) {
        bytes.getBytes(bytes.readerIndex(), with.record, 0, Records.HEAD_BYTES);
        var length = Records.lengthOf(with.record, 0);
        if (bytes.readableBytes() < length) {
          break;
        }
        bytes.readBytes(with.record, 0, length);
        var opened = with.opener.open(with.record, 0, length, with.plain, 0);
        switch (opened.type()) {
          case DATA -> {
            fromWire += opened.length();
            unit.write(with.plain, opened.length());
          }
          case END -> endOfWire();
          case ABORT -> cut();
        }
      }
      unit.flush();
    }

    @Override
    public void ended() {
      if (over || wireEnded) {
        return;
      }
      if (sealed.isPresent()) {
        cut(); // no record said so: somebody on the way ended it
        return;
      }
      endOfWire();
    }

    private void endOfWire() {
      wireEnded = true;
      unit.end();
      closeIfBothEnded();
    }

    @Override
    public void broken() {
      cut();
    }

    @Override
    public void writable(boolean now) {
      unit.read(now);
    }
  }
}
