package io.oarlock.spi;

import java.util.List;
import java.util.Set;

/**
 * Makes sinks: what event forwarders send to. Found by {@link java.util.ServiceLoader}, on the
 * class path of the platform or in a folder of its plugins. A sink is called on virtual threads, so
 * it may block, and must reach the world outside by its {@link SinkContext} alone: there the
 * namespace's egress policies are asked.
 */
public interface SinkPlugin {
  /**
   * The kinds it makes, as {@code sink.kind} of an event forwarder names them; {@code sink.type}
   * where the model does not know the kind. No other plugin makes them.
   */
  Set<String> kinds();

  /**
   * What is wrong with the settings of a kind that the model does not know; whoever writes the
   * forwarder is told all of it at once.
   */
  default List<Fault> faults(SinkSettings settings) {
    return List.of();
  }

  /**
   * Something that is wrong.
   *
   * @param setting its name; empty when it is about all of them
   * @param message a sentence that tells how it would be right
   */
  record Fault(String setting, String message) {}

  /** Opens a sink; connects to nothing yet. */
  Sink open(SinkSettings settings, SinkContext context);
}
