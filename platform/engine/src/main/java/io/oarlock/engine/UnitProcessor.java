package io.oarlock.engine;

import io.oarlock.model.Instants;
import io.oarlock.model.Problem;

/**
 * Processing units: an enforcer tells of its own, in its own namespace, and changes nobody else's.
 */
final class UnitProcessor implements Processor {
  static final String TYPE = "processingunit";

  private static final String ENFORCER = "enforcerId";

  @Override
  public void prepare(Write write) {
    EnforcerProcessor.caller(write.caller.principal()).ifPresent(id -> own(write, id));
  }

  private static void own(Write write, String enforcer) {
    if (write.puts()) {
      write.resource.put(ENFORCER, enforcer);
      write.resource.put("enforcerNamespace", write.namespace.value());
    }
  }

  @Override
  public void process(Write write) {
    var principal = write.caller.principal();
    var enforcer = EnforcerProcessor.caller(principal);
    if (enforcer.isEmpty()) {
      return;
    }
    var home = principal.claim("namespace");
    var owner =
        write.original.flatMap(unit -> Trees.text(unit.body(), ENFORCER)).or(() -> enforcer);
    if (!owner.equals(enforcer) || home.filter(write.namespace.value()::equals).isEmpty()) {
      throw Problem.forbidden(
          "not-its-unit", "An enforcer tells of its own units, in its own namespace");
    }
    if (write.puts()) {
      write.resource.put("lastSyncTime", Instants.text(write.now));
    }
  }
}
