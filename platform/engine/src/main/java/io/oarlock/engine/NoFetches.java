package io.oarlock.engine;

import io.oarlock.automations.HostCallException;
import java.util.Map;

/** Default deny: no way out. */
final class NoFetches implements Brokers.Fetches {
  @Override
  public Map<String, Object> fetch(Automation automation, Map<String, Object> arguments)
      throws HostCallException {
    throw new HostCallException("egress-denied", "No egress policy allows requests");
  }

  @Override
  public void requireSecret(Automation automation, String name) throws HostCallException {
    throw new HostCallException("no-secret", "There is no secret " + name);
  }
}
