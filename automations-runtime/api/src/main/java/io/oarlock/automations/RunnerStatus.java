package io.oarlock.automations;

import java.util.List;

/// What a runner says about itself, for the node's status and the boot message.
///
/// @param engine for example `GraalJS 25.0.3`
/// @param layers of isolation, those that are on and those this host cannot give
/// @param workers processes alive, spares included
/// @param spares processes that belong to no tenant yet
/// @param running scripts right now
/// @param queued runs that wait for a worker
public record RunnerStatus(
    String engine, List<Layer> layers, int workers, int spares, int running, int queued) {

  public RunnerStatus {
    layers = List.copyOf(layers);
  }

  /// One fence around the scripts.
  ///
  /// @param name for example `network`, `files`, `uid`
  /// @param detail by what means, or what is missing and how to get it
  public record Layer(String name, boolean on, String detail) {}
}
