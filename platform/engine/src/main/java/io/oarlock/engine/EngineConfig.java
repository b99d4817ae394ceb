package io.oarlock.engine;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * What the engine is told at start.
 *
 * @param node name of this node, unique in a cluster
 * @param publicUrl where callers reach the platform: the issuer of its tokens and the base of the
 *     URLs it hands out
 * @param vaultKeys keys of 32 bytes by number, for secrets at rest; the greatest number seals
 * @param adminPassword of the first administrator, used when there is no account yet
 * @param eventRetention how long the event log keeps what was committed
 */
public record EngineConfig(
    String node,
    URI publicUrl,
    Map<Integer, byte[]> vaultKeys,
    String adminPassword,
    Duration eventRetention) {
  /** The name of the first administrator. */
  public static final String ADMIN = "admin";

  /** How long the event log keeps what was committed, unless told otherwise. */
  public static final Duration EVENT_RETENTION = Duration.ofDays(7);

  public EngineConfig {
    requireNonNull(node, "node is null");
    requireNonNull(publicUrl, "publicUrl is null");
    vaultKeys = Map.copyOf(vaultKeys);
    requireNonNull(adminPassword, "adminPassword is null");
  }

  @Override
  public String toString() {
    return "EngineConfig[node=" + node + ", publicUrl=" + publicUrl + "]";
  }
}
