package io.oarlock.engine;

import java.net.InetAddress;
import java.util.Map;

/** The parts that reach the world outside, all through one guard. */
final class Outside implements AutoCloseable {
  private final Outbound outbound;
  private final OutboundGuard guard;
  private final Egress egress;
  private final Authorizer authorizer;
  private final ScriptFetches fetches;
  private final UrlHooks hooks;

  Outside(Parts parts, Journal journal, Authorizer authorizer, Vault vault) {
    var clock = parts.clock();
    this.authorizer = authorizer;
    this.outbound = new Outbound(parts.vertx(), parts.tracing());
    this.egress = new Egress(journal, parts.crons(), clock);
    this.guard = new OutboundGuard(egress, InetAddress::getAllByName);
    this.hooks = new UrlHooks(guard, outbound, parts.tracing(), clock);
    var type = parts.model().require(SecretHandles.TYPE);
    var secrets = new SecretHandles(parts.store(), type, vault, clock);
    this.fetches = new ScriptFetches(guard, outbound, secrets);
  }

  /** The ways of forwarders to the world outside. */
  Sinks sinks(Parts parts, Vault vault, String publicUrl) {
    return new Sinks(
        parts.sinks(),
        guard,
        outbound,
        parts.store(),
        parts.model().require(SecretHandles.TYPE),
        vault,
        publicUrl,
        parts.clock());
  }

  OutboundGuard guard() {
    return guard;
  }

  Map<String, Processor> processors() {
    return Map.of(
        Egress.TYPE, new EgressProcessor(egress, authorizer), Hook.TYPE, new HookProcessor(guard));
  }

  Brokers.Fetches fetches() {
    return fetches;
  }

  UrlHooks hooks() {
    return hooks;
  }

  @Override
  public void close() {
    outbound.close();
  }
}
