package io.oarlock.engine;

import io.oarlock.automations.AutomationRunner;
import io.oarlock.model.ResourceModel;
import io.oarlock.spi.SinkPlugin;
import io.oarlock.store.ResourceStore;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;

/**
 * What the engine is built on, made and closed by whoever starts it.
 *
 * @param model the types, the platform's own and those of plugins
 * @param runner runs scripts
 * @param crons the cron authority
 * @param tracing shows what goes on to whoever watches
 * @param sinks what event forwarders can send to
 * @param authority signs the certificates of app credentials
 */
public record Parts(
    ResourceModel model,
    ResourceStore store,
    Vertx vertx,
    AutomationRunner runner,
    Crons crons,
    CertificateAuthority authority,
    Clock clock,
    Tracing tracing,
    List<SinkPlugin> sinks) {
  public Parts {
    sinks = List.copyOf(sinks);
  }

  /** Without plugins. */
  public Parts(
      ResourceModel model,
      ResourceStore store,
      Vertx vertx,
      AutomationRunner runner,
      Crons crons,
      CertificateAuthority authority,
      Clock clock,
      Tracing tracing) {
    this(model, store, vertx, runner, crons, authority, clock, tracing, List.of());
  }

  /** Without anybody who watches. */
  public Parts(
      ResourceModel model,
      ResourceStore store,
      Vertx vertx,
      AutomationRunner runner,
      Crons crons,
      CertificateAuthority authority,
      Clock clock) {
    this(model, store, vertx, runner, crons, authority, clock, Tracing.none());
  }
}
