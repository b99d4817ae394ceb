package io.oarlock.enforcer.agent;

import io.oarlock.enforcer.datapath.Datapath;
import io.oarlock.enforcer.datapath.Snapshot;
import io.oarlock.enforcer.wire.Trust;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the policies of this host those of the platform, and its certificate fresh. It asks for a
 * newer set and is answered when there is one; asking tells the platform at the same time that this
 * agent lives, and at which epoch it is. While the platform is away, what was applied last holds.
 * One thread works; others read what it reports.
 */
final class PolicySync implements AutoCloseable {
  /** How long the platform is asked to wait for a newer set. */
  private static final Duration WAIT = Duration.ofSeconds(20);

  private static final Duration PATIENCE = WAIT.plusSeconds(20);

  /** An answer without news that came sooner: the platform has no room for one more who waits. */
  private static final Duration TOO_SOON = Duration.ofSeconds(1);

  private static final Duration ASK_AGAIN = Duration.ofSeconds(5);
  private static final Duration AGAIN_MIN = Duration.ofMillis(500);
  private static final Duration AGAIN_MAX = Duration.ofSeconds(15);

  private final StateFolder state;
  private final PlatformClient platform;
  private final PolicyCache cache;
  private final Trust trust;
  private final Datapath path;
  private final InstantSource clock;
  private final Instant started;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("policies").unstarted(this::work);
  private volatile Enrolment enrolment;
  private volatile Report report = new Report(0, 0, "none", false, "not asked yet", "", List.of());

  /**
   * How the policies of this host are.
   *
   * @param source where they came from: platform, cache or none
   * @param away why the platform cannot be asked; empty when it can
   * @param problem what keeps newer policies from being applied; empty when nothing does
   * @param omitted what of the policies is not enforced, with reasons
   */
  record Report(
      long epoch,
      int rules,
      String source,
      boolean connected,
      String away,
      String problem,
      List<String> omitted) {

    Report away(String reason) {
      return new Report(epoch, rules, source, false, reason, problem, omitted);
    }

    Report answered(String newProblem) {
      return new Report(epoch, rules, source, true, "", newProblem, omitted);
    }

    Report broken(String newProblem) {
      return new Report(epoch, rules, source, connected, away, newProblem, omitted);
    }

    Map<String, Object> tree() {
      var tree = new LinkedHashMap<String, Object>();
      tree.put("epoch", epoch);
      tree.put("rules", rules);
      tree.put("source", source);
      tree.put("problem", problem);
      tree.put("omitted", omitted);
      return tree;
    }
  }

  PolicySync(
      StateFolder state,
      Enrolment enrolment,
      PlatformClient platform,
      Trust trust,
      Datapath path,
      InstantSource clock) {
    this.state = state;
    this.enrolment = enrolment;
    this.platform = platform;
    this.cache = new PolicyCache(state, enrolment);
    this.trust = trust;
    this.path = path;
    this.clock = clock;
    this.started = clock.instant();
  }

  /** Applies what was cached, and begins to ask. */
  void start() {
    try {
      cache.load().ifPresent(policies -> apply(policies, "cache"));
    } catch (AgentException e) {
      path.apply(Snapshot.NOTHING);
      report = report.broken(e.reason());
    }
    thread.start();
  }

  /** Waits until the platform was asked once, with or without success. */
  void awaitFirst(Duration patience) throws InterruptedException {
    var _ = asked.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  Report report() {
    return report;
  }

  Enrolment enrolment() {
    return enrolment;
  }

  private void work() {
    var pause = AGAIN_MIN;
    var announced = false;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (!announced) {
          tell(
              Map.of(
                  "operationalStatus",
                  "Connected",
                  "enforcementStatus",
                  "Active",
                  "subnets",
                  Enrolling.subnets(),
                  "startTime",
                  started.toString()));
          announced = true;
        }
        renewWhenDue();
        ask();
        pause = AGAIN_MIN;
      } catch (IOException | RuntimeException e) {
        report = report.away(String.valueOf(e.getMessage()));
        asked.countDown();
        rest(pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis())));
        pause = pause.multipliedBy(2).compareTo(AGAIN_MAX) < 0 ? pause.multipliedBy(2) : AGAIN_MAX;
      }
    }
  }

  private void tell(Map<String, Object> change) throws IOException {
    platform.patch("/v1/enforcers/" + enrolment.id(), change, PATIENCE);
  }

  private void renewWhenDue() throws IOException {
    if (clock.instant().isAfter(enrolment.renewal())) {
      enrolment = Enrolling.renew(enrolment, platform);
      state.save(enrolment);
      path.rekey(enrolment.enforcerKey());
    }
  }

  private void ask() throws IOException {
    var began = clock.instant();
    var epoch = report.epoch();
    var answer =
        platform.get(
            "/v1/enforcers/%s/policyset?after=%d&wait=%s"
                .formatted(enrolment.id(), epoch, asked.getCount() > 0 ? "PT0S" : WAIT),
            PATIENCE);
    var signed = Tree.text(answer, "signed");
    var problem = take(answer, epoch, signed);
    report = report.answered(problem);
    var first = asked.getCount() > 0;
    asked.countDown();
    if (!first
        && (signed.isEmpty() || !report.problem().isEmpty())
        && Duration.between(began, clock.instant()).compareTo(TOO_SOON) < 0) {
      rest(ASK_AGAIN);
    }
  }

  /** Applies a set that was sent; tells what keeps it from being applied. */
  private String take(Map<String, Object> answer, long epoch, Optional<String> signed) {
    if (Tree.number(answer, "epoch") < epoch) {
      return "The platform's policies are of epoch %d, those here of %d: it was set back. Those here stay in force"
          .formatted(Tree.number(answer, "epoch"), epoch);
    }
    if (signed.isEmpty()) {
      return epoch > 0 ? "" : report.problem();
    }
    try {
      var policies = SignedPolicies.verify(signed.get(), enrolment);
      if (policies.epoch() <= epoch) {
        return "The platform sent policies of epoch %d again".formatted(policies.epoch());
      }
      apply(policies, "platform");
      cache.save(policies);
      return "";
    } catch (AgentException e) {
      return e.reason();
    }
  }

  /** Revocations first: nobody whom the new set refuses is let in by it. */
  private void apply(SignedPolicies policies, String source) {
    trust.revoke(policies.revoked());
    path.apply(policies.snapshot());
    var rules = policies.snapshot().policies().rules().size();
    report =
        new Report(
            policies.epoch(),
            rules,
            source,
            report.connected(),
            report.away(),
            "",
            policies.omitted());
  }

  private static void rest(Duration length) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says goodbye, if the platform is there to hear it. */
  @Override
  public void close() {
    thread.interrupt();
    if (report.connected()) {
      try {
        platform.patch(
            "/v1/enforcers/" + enrolment.id(),
            Map.of("operationalStatus", "Disconnected", "enforcementStatus", "Inactive"),
            Duration.ofSeconds(3));
      } catch (IOException | RuntimeException e) {
        // It finds out by the silence.
      }
    }
  }
}
