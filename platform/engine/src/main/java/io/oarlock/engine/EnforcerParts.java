package io.oarlock.engine;

import io.oarlock.model.Instants;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Problem;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import io.oarlock.store.ResourceStore;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Everything about enforcers: their certificates and rights, and the policies they hold. */
final class EnforcerParts implements AutoCloseable {
  /** When an enforcer was last heard of, and at which policies; apart, since it changes often. */
  static final String STATE = "enforcerstate";

  /** Longest that an enforcer may ask to wait for newer policies. */
  static final Duration WAIT_MAX = Duration.ofSeconds(30);

  /** How often being heard of is written down. */
  static final Duration HEARD_EVERY = Duration.ofMinutes(1);

  /** After that silence an enforcer that should be connected counts as unreachable. */
  static final Duration SILENCE_MAX = Duration.ofMinutes(5);

  private static final String HEARD = "lastSyncTime";
  private static final String EPOCH = "epoch";

  private final ResourceStore store;
  private final Clock clock;
  private final PolicySets sets;
  private final FlowIngest flows;
  private final Resolution resolution;
  private final Map<String, Processor> processors;

  EnforcerParts(Parts parts, Journal journal, Namespaces namespaces, Vault vault, Stamp stamp) {
    this.store = parts.store();
    this.clock = parts.clock();
    var authorities = new EnforcerAuthorities(store, namespaces, vault, clock);
    this.sets = new PolicySets(journal, namespaces, authorities, parts.crons(), clock);
    this.resolution = new Resolution(store, namespaces, parts.crons());
    this.flows = new FlowIngest(journal, namespaces, parts.model().require(FlowIngest.TYPE), clock);
    var grants = parts.model().require(Authorizer.TYPE);
    this.processors =
        Map.of(
            EnforcerProcessor.TYPE, new EnforcerProcessor(authorities, grants, stamp),
            UnitProcessor.TYPE, new UnitProcessor());
  }

  Map<String, Processor> processors() {
    return processors;
  }

  Map<String, Actions> actions() {
    return Map.of(
        EnforcerProcessor.TYPE + "/policyset", this::policySet,
        EnforcerProcessor.TYPE + "/flows", this::flows);
  }

  Map<String, Requests> requests(Authorizer authorizer) {
    var parties = new Parties(store, authorizer);
    return Map.of(
        ConnectionChecks.TYPE, new ConnectionChecks(authorizer, resolution, parties, clock),
        DependencyMaps.TYPE, new DependencyMaps(store, authorizer, clock));
  }

  /** The enforcer an action is asked of, which must be the one that asks. */
  private Document itself(ActionCall call, String otherwise) {
    var id = call.id().orElseThrow(() -> Problem.malformed("An id is missing"));
    if (EnforcerProcessor.caller(call.caller().principal()).filter(id::equals).isEmpty()) {
      throw Problem.forbidden("not-the-enforcer", otherwise);
    }
    return store
        .get(EnforcerProcessor.TYPE, id)
        .orElseThrow(() -> Problem.notFound("There is no enforcer " + id + " any more"));
  }

  private Map<String, Object> flows(ActionCall call) {
    return flows.take(itself(call, "An enforcer tells of the connections of its own units"), call);
  }

  private Map<String, Object> policySet(ActionCall call) {
    var enforcer =
        itself(
            call,
            "The signed policies are for the enforcer itself; read networkaccesspolicies instead");
    var after = number(call.parameters().getOrDefault("after", "0"));
    heard(enforcer, after);
    var found = sets.after(enforcer.namespace(), after, wait(call.parameters().get("wait")));
    var answer = new LinkedHashMap<String, Object>();
    answer.put(EPOCH, found.epoch());
    if (found.epoch() > after) {
      answer.put("signed", found.signed());
    }
    return answer;
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Problem.malformed("after is the epoch of the policies at hand, like 41");
    }
  }

  private static Duration wait(@org.jspecify.annotations.Nullable String text) {
    try {
      var asked = text == null ? Duration.ZERO : Duration.parse(text);
      return asked.compareTo(WAIT_MAX) < 0 ? asked : WAIT_MAX;
    } catch (DateTimeException e) {
      throw Problem.malformed("wait is how long to wait for newer policies, like PT20S");
    }
  }

  private void heard(Document enforcer, long epoch) {
    var now = clock.instant();
    var known = store.get(STATE, enforcer.id()).map(Document::body).orElse(Map.of());
    var recently =
        Trees.instant(known, HEARD).filter(at -> now.isBefore(at.plus(HEARD_EVERY))).isPresent();
    if (recently && Trees.number(known, EPOCH, 0) == epoch) {
      return;
    }
    var body = new LinkedHashMap<String, Object>();
    body.put("id", enforcer.id());
    body.put("namespace", enforcer.namespace().value());
    body.put("version", 1L);
    body.put(HEARD, Instants.text(now));
    body.put(EPOCH, epoch);
    put(enforcer.id(), enforcer.namespace(), body);
  }

  private void put(String id, NamespacePath namespace, Map<String, Object> body) {
    var document = new Document(STATE, id, namespace, 1, body, Optional.empty());
    store.commit(Batch.builder().write(new Batch.Write.Put(document)).build());
  }

  /** The enforcer as readers see it, with when it was heard of. */
  Map<String, Object> shown(Document enforcer, Map<String, Object> tree) {
    var state = store.get(STATE, enforcer.id()).map(Document::body);
    if (state.isEmpty()) {
      return tree;
    }
    var shown = new LinkedHashMap<>(tree);
    var heard = Trees.instant(state.get(), HEARD).orElseGet(clock::instant);
    shown.put(HEARD, Instants.text(heard));
    shown.put(EPOCH, Trees.number(state.get(), EPOCH, 0));
    var silent = heard.plus(SILENCE_MAX).isBefore(clock.instant());
    shown.put("unreachable", silent && "Connected".equals(tree.get("operationalStatus")));
    return shown;
  }

  /** Lets nobody wait any longer. */
  @Override
  public void close() {
    sets.close();
  }
}
