package io.oarlock.spi;

import java.util.Set;

/**
 * Makes sinks: what event forwarders send to. Found by {@link java.util.ServiceLoader}. A sink is
 * called on virtual threads, so it may block, and must reach the world outside by its {@link
 * SinkContext} alone: there the namespace's egress policies are asked.
 */
public interface SinkPlugin {
  /** The kinds it makes, as {@code sink.kind} of an event forwarder names them. */
  Set<String> kinds();

  /** Opens a sink; connects to nothing yet. */
  Sink open(SinkSettings settings, SinkContext context);
}
