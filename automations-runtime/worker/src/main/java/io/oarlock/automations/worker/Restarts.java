package io.oarlock.automations.worker;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Makes tenants wait for their next worker who had the last ones killed: a start costs everybody
/// more than a kill costs them. The first deaths are free, since any script may be written wrongly;
/// each one after them doubles the pause. Who keeps a worker alive for a while begins anew.
///
/// Times are those of `System.nanoTime()`.
final class Restarts {

  /// Deaths of workers without a pause after them.
  static final int FREE = 3;

  /// The pause after the first death that is not free.
  static final Duration SHORTEST = Duration.ofSeconds(1);

  static final Duration LONGEST = Duration.ofSeconds(60);

  /// A death this long after the one before is a first one.
  static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(2);

  /// Tenants remembered at once; beyond, the one whose first death is longest ago is forgotten.
  static final int TENANTS_MAX = 10_000;

  private record Deaths(int count, long lastNanos) {
    boolean forgotten(long now) {
      return now - lastNanos > FORGOTTEN_AFTER.toNanos();
    }

    long pauseNanos() {
      var doublings = count - FREE - 1;
      return doublings < 0
          ? 0
          : Math.min(SHORTEST.toNanos() << Math.min(doublings, 16), LONGEST.toNanos());
    }
  }

  private final Map<String, Deaths> deaths =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deaths> eldest) {
          return size() > TENANTS_MAX;
        }
      };

  /// A worker of the tenant has died by what ran in it.
  void died(String tenant, long now) {
    var before = deaths.get(tenant);
    var count = before == null || before.forgotten(now) ? 1 : before.count + 1;
    deaths.put(tenant, new Deaths(count, now));
  }

  /// How long until the tenant may have another worker; 0 when it may now.
  long pauseNanos(String tenant, long now) {
    var its = deaths.get(tenant);
    return its == null ? 0 : Math.max(0, its.lastNanos + its.pauseNanos() - now);
  }

  /// Why a run of the tenant gets no worker.
  String reason(String tenant, long now) {
    var its = deaths.getOrDefault(tenant, new Deaths(0, now));
    return "scripts of this namespace had their worker killed %d times, the last time %d s ago; the next one is made in %d s. See which runs ended by a limit, and mend or disable their automation"
        .formatted(
            its.count,
            TimeUnit.NANOSECONDS.toSeconds(now - its.lastNanos),
            TimeUnit.NANOSECONDS.toSeconds(pauseNanos(tenant, now)) + 1);
  }
}
