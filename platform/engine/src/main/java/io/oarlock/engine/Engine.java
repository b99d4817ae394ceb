package io.oarlock.engine;

import io.oarlock.model.Masking;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.Trait;
import io.oarlock.store.StoreException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The platform behind its edges: hands each call to the part that answers it. */
public final class Engine implements Platform, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Engine.class.getName());

  /** The claim of the platform itself; tokens never carry it, since it is no {@code @auth:} tag. */
  static final String SYSTEM_CLAIM = "$system=oarlock";

  /** Most writes of one batch call. */
  static final int BATCH_MAX = 500;

  private final Parts parts;
  private final Journal journal;
  private final Namespaces namespaces;
  private final Authorizer authorizer;
  private final Tokens tokens;
  private final Lookup lookup;
  private final Reads reads;
  private final Pipeline pipeline;
  private final Deletions deletions;
  private final Feeds feeds;
  private final Expiry expiry;
  private final Refusals refusals;
  private final AutomationParts automations;
  private final Unstored unstored;
  private final List<LogConsumer> consumers;
  private final Ticker ticker;
  private final Outside outside;
  private final HookParts hooks;
  private final Alarms alarms;
  private final Forwarding forwarding;
  private final EnforcerParts enforcers;

  /** Builds every part and starts none. */
  public Engine(Parts parts, EngineConfig config) {
    this.parts = parts;
    var model = parts.model();
    var store = parts.store();
    var clock = parts.clock();
    var vault = new Vault(config.vaultKeys());
    var answers = new Answers(new Masking());
    var validator = parts.validator();
    this.journal = new Journal(store, parts.tracing());
    this.namespaces = new Namespaces(journal);
    var roles = new Roles(journal);
    this.authorizer = new Authorizer(journal, roles, parts.crons(), clock);
    var stamp = new Stamp(namespaces);
    this.lookup = new Lookup(store);
    this.reads = new Reads(store, lookup, namespaces, authorizer, answers, clock);
    this.tokens =
        new Tokens(
            parts.vertx(),
            new SigningKeys(store, vault, clock),
            new Revocations(journal),
            config.publicUrl().toString(),
            clock);
    this.deletions = new Deletions(journal, model, namespaces, answers, clock);
    this.feeds = new Feeds(store.events(), model, authorizer, clock);
    this.expiry = new Expiry(journal, model, answers, clock);
    var processors = new HashMap<String, Processor>();
    var entitlements = new Entitlements(model);
    processors.put("automationtemplate", entitlements);
    processors.put(
        Automation.TYPE,
        new AutomationProcessor(store, parts.runner(), authorizer, parts.crons(), entitlements));
    var sessions = new Sessions(store, model.require("revocation"), clock);
    processors.put(Sessions.TYPE, sessions);
    this.refusals = new Refusals(store, model.require("activity"), clock);
    this.outside = new Outside(parts, journal, authorizer, vault);
    processors.putAll(outside.processors());
    processors.put(Namespaces.TYPE, new NamespaceProcessor(namespaces));
    processors.put(AccountRealm.TYPE, new AccountProcessor());
    processors.put(Authorizer.TYPE, new GrantProcessor(authorizer, roles));
    processors.put(Quotas.TYPE, Processor.of(Quotas::propagate));
    processors.put(Roles.TYPE, new RoleProcessor(authorizer));
    processors.put(
        CredentialRealm.TYPE,
        new CredentialProcessor(
            parts.authority(),
            authorizer,
            roles,
            model.require(Authorizer.TYPE),
            stamp,
            config.publicUrl().toString()));
    this.automations =
        new AutomationParts(
            parts,
            config,
            journal,
            lookup,
            namespaces,
            vault,
            outside.fetches(),
            this::handle,
            this::rehearsed);
    var alarms = new Alarms(journal, model.require(Alarms.TYPE), stamp, clock);
    this.hooks =
        new HookParts(
            parts,
            config,
            journal,
            lookup,
            vault,
            stamp,
            answers,
            automations.automations(),
            automations.runs(),
            outside.hooks(),
            alarms,
            this::handle);
    processors.put(Alarms.TYPE, alarms);
    processors.put(Redrives.TYPE, hooks.redrives());
    this.forwarding =
        new Forwarding(
            journal,
            lookup,
            outside.sinks(parts, vault, config.publicUrl().toString()),
            outside.guard(),
            parts.runner(),
            new Deliveries(model.require(Deliveries.TYPE), clock),
            alarms,
            config.node(),
            clock);
    processors.put(Forwarder.TYPE, forwarding);
    this.enforcers = new EnforcerParts(parts, journal, namespaces, vault, stamp);
    processors.putAll(enforcers.processors());
    processors.putAll(PluginProcessor.of(parts.types(), model, store, automations.rehearsals()));
    reads.show(Hook.TYPE, hooks.shown());
    reads.show(Forwarder.TYPE, forwarding::shown);
    reads.show(EnforcerProcessor.TYPE, enforcers::shown);
    this.alarms = alarms;
    this.pipeline =
        new Pipeline(
            journal,
            lookup,
            namespaces,
            authorizer,
            validator,
            stamp,
            vault,
            new Quotas(journal, parts.crons(), clock),
            new Idempotency(store, clock),
            answers,
            processors,
            hooks.pre(),
            clock);
    var realms =
        List.<Realm>of(
            new AccountRealm(store, model.require(AccountRealm.TYPE), vault, clock),
            new CredentialRealm(store, clock),
            new TokenRealm(tokens));
    var requests = new HashMap<String, Requests>(enforcers.requests(authorizer));
    requests.put("issue", new Issuing(realms, tokens, sessions, clock));
    requests.put("apicheck", new ApiChecks(authorizer));
    requests.put("authn", new WhoAmI(tokens));
    var actions = new HashMap<String, Actions>(hooks.actions());
    actions.putAll(automations.actions());
    actions.putAll(new CredentialActions(this::handle).all());
    actions.putAll(new AlarmActions(this::handle).all());
    actions.putAll(forwarding.actions());
    actions.putAll(enforcers.actions());
    this.unstored = new Unstored(requests, actions, validator, authorizer, namespaces);
    this.consumers =
        List.of(
            new LogConsumer("audit", config.node(), journal, new Audit(model.require("activity"))),
            new LogConsumer("automations", config.node(), journal, automations.triggers(alarms)),
            new LogConsumer("hooks", config.node(), journal, hooks.post()));
    var retention = new Retention(store.events(), config.eventRetention(), clock);
    this.ticker =
        new Ticker(
            List.of(
                expiry::sweep,
                retention::sweep,
                deletions::sweep,
                refusals::sweep,
                tokens::refreshKeys));
    new Bootstrap(model, store, pipeline).run(config.adminPassword());
  }

  /** The model a store must be opened with to serve an engine of this model. */
  public static ResourceModel storeModel(ResourceModel model) {
    return InternalTypes.with(model);
  }

  /** What is worth watching, by metric name. */
  public Map<String, Supplier<Number>> gauges() {
    var gauges = new LinkedHashMap<String, Supplier<Number>>();
    gauges.put("oarlock.runs.waiting", automations.runs()::waiting);
    gauges.put("oarlock.events.subscribers", feeds::subscribers);
    gauges.put("oarlock.audit.refusals.dropped", refusals::dropped);
    gauges.put("oarlock.forwarders.lag", forwarding::lag);
    gauges.put("oarlock.deliveries.lanes", hooks::lanes);
    gauges.put("oarlock.events.head", parts.store().events()::head);
    consumers.forEach(c -> gauges.put("oarlock.log." + c.name() + ".lag", c::lag));
    return gauges;
  }

  /** Starts what works by itself: reactions, sweeps, and what a crash left unfinished. */
  public void start() {
    journal.start();
    deletions.resume();
    expiry.start();
    automations.start();
    hooks.start();
    forwarding.start();
    consumers.forEach(LogConsumer::start);
    ticker.start();
  }

  /** Schedules and how they are fired, for whoever watches the time. */
  public ScheduledRuns scheduled() {
    return automations.scheduled();
  }

  /** Answers whoever waits for something to change, so that nobody holds up the end. */
  public void letGo() {
    enforcers.close();
  }

  @Override
  public void close() {
    letGo();
    ticker.close();
    for (var consumer : consumers) {
      consumer.close();
    }
    automations.close();
    hooks.close();
    forwarding.close();
    outside.close();
    feeds.close();
    journal.close();
  }

  @Override
  public ResourceModel model() {
    return parts.model();
  }

  @Override
  public Tracing tracing() {
    return parts.tracing();
  }

  @Override
  public Principal authenticate(String token, Call.Origin origin) {
    return tokens.verify(token, origin.address());
  }

  @Override
  public NamespacePath defaultNamespace(Principal principal) {
    return principal.restrictions().namespace().orElse(NamespacePath.ROOT);
  }

  @Override
  public Answer handle(Call call) {
    call.requireOffered();
    var name = call.operation().permission() + " " + call.type().name();
    var trace = call.caller().origin().traceparent();
    try (var span = tracing().part(name, Tracing.Kind.INTERNAL, trace)) {
      span.note("oarlock.namespace", call.namespace().value());
      return stored(() -> handled(call));
    }
  }

  /** Of a write that is only imagined. */
  private Answer rehearsed(Call call) {
    call.requireOffered();
    return stored(() -> pipeline.rehearse(call));
  }

  private Answer handled(Call call) {
    return call.type().has(Trait.STORED)
        ? switch (call.operation()) {
          case GET -> reads.get(call);
          case LIST -> reads.list(call);
          case COUNT -> reads.count(call);
          case CREATE, UPDATE, PATCH, DELETE -> write(call);
        }
        : unstored.request(call);
  }

  /** What the store cannot do now is a refusal like any other, to whoever asked. */
  private static <R> R stored(Supplier<R> work) {
    try {
      return work.get();
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.ERROR, "The store failed a call", e);
      throw e.problem();
    }
  }

  private Answer write(Call call) {
    try {
      var isNamespace = call.type().name().equals(Namespaces.TYPE);
      if (isNamespace && call.operation() == Operation.DELETE) {
        return deleteNamespace(call);
      }
      var isNewAlarm =
          call.type().name().equals(Alarms.TYPE) && call.operation() == Operation.CREATE;
      return isNewAlarm ? raise(call) : pipeline.write(call);
    } catch (Problem e) {
      refusals.note(call, e);
      throw e;
    }
  }

  /** What is there already and raised again is an occurrence of the same alarm. */
  private Answer raise(Call call) {
    try {
      return pipeline.write(call);
    } catch (Problem e) {
      var known = e.code().equals("not-unique") ? alarms.again(call) : Optional.<Answer>empty();
      return known.orElseThrow(() -> e);
    }
  }

  /** The pipeline decides whether it may be deleted; removing it is work in steps. */
  private Answer deleteNamespace(Call call) {
    var answer = pipeline.write(call.dry());
    if (!call.writing().dryRun()) {
      deletions.delete(lookup.require(call), call.caller());
    }
    return answer;
  }

  @Override
  public Map<String, Object> act(ActionCall call) {
    return stored(() -> unstored.act(call));
  }

  @Override
  public List<Answer> batch(List<Call> calls) {
    if (calls.size() > BATCH_MAX) {
      throw Problem.tooLarge("A batch has at most " + BATCH_MAX + " writes, not " + calls.size());
    }
    var refused = calls.stream().filter(call -> !call.fitsInBatch()).findFirst();
    if (refused.isPresent()) {
      throw Problem.malformed(
          "A batch holds writes of stored types (and no deletion of a namespace): "
              + refused.get().operation().permission()
              + " "
              + refused.get().type().name()
              + " cannot be in one");
    }
    return stored(() -> pipeline.writeAll(calls));
  }

  @Override
  public EventFeed subscribe(Principal principal, EventFeed.Request request) {
    namespaces.require(request.namespace());
    return feeds.open(principal, request);
  }

  @Override
  public InboundCall.Reply call(InboundCall call) {
    return automations.calls().call(call);
  }

  @Override
  public Map<String, Object> calledRun(String token, String run) {
    return automations.calls().run(token, run);
  }

  @Override
  public Map<String, Object> jwks() {
    return tokens.jwks();
  }

  @Override
  public Map<String, String> readiness() {
    return Map.of("store", state(parts.store()::check));
  }

  private static String state(Runnable check) {
    try {
      check.run();
      return "ok";
    } catch (StoreException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
