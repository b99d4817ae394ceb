package io.oarlock.engine;

import io.oarlock.automations.AutomationRunner;
import io.oarlock.model.Formats;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import io.oarlock.model.TextCheck;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Validator;
import io.oarlock.spi.SinkPlugin;
import io.oarlock.spi.TypePlugin;
import io.oarlock.store.ResourceStore;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the engine is built on, made and closed by whoever starts it.
 *
 * @param model the types, the platform's own and those of plugins
 * @param runner runs scripts
 * @param crons the cron authority
 * @param tracing shows what goes on to whoever watches
 * @param sinks what event forwarders can send to
 * @param types what is special about the types of plugins
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
    List<SinkPlugin> sinks,
    List<TypePlugin> types) {
  public Parts {
    sinks = List.copyOf(sinks);
    types = List.copyOf(types);
  }

  /** Without plugins and without anybody who watches. */
  public Parts(
      ResourceModel model,
      ResourceStore store,
      Vertx vertx,
      AutomationRunner runner,
      Crons crons,
      CertificateAuthority authority,
      Clock clock) {
    this(
        model, store, vertx, runner, crons, authority, clock, Tracing.none(), List.of(), List.of());
  }

  /** Checks what is written against the model, its crons as {@link #crons} reads them. */
  Validator validator() {
    var names = model.types().stream().map(ResourceType::name).collect(Collectors.toSet());
    TextCheck cron = text -> crons.fault(text).flatMap(TextCheck.Fault::of);
    return new Validator(Formats.of(names, Map.of(TextFormat.CRON, cron)));
  }
}
