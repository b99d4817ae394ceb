package io.oarlock.spi;

import java.util.List;

/** Where the events of one forwarder go. Called by one thread at a time. */
public interface Sink extends AutoCloseable {
  /**
   * Sends a batch and returns when the receiver is known to have all of it, as far as its protocol
   * can tell. A batch that failed is sent again, whole or in halves: the receiver sees the same
   * ids.
   *
   * @throws SinkException when it is not known to have all of it
   */
  void send(List<Outgoing> batch) throws SinkException, InterruptedException;

  /** Gives back connections; it may be asked to send again, and connects anew. */
  @Override
  default void close() {}
}
