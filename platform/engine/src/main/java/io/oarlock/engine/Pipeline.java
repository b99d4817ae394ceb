package io.oarlock.engine;

import io.oarlock.model.MergePatch;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Trait;
import io.oarlock.model.Validator;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The one way of every write: authorize, validate, Pre hooks, processor, commit. What follows a
 * write is fed from the event log.
 */
final class Pipeline {
  /** Tries of a write that lost a race it can win on a fresh look. */
  private static final int TRIES_MAX = 5;

  private final Journal journal;
  private final Lookup lookup;
  private final Namespaces namespaces;
  private final Authorizer authorizer;
  private final Validator validator;
  private final Stamp stamp;
  private final Vault vault;
  private final Quotas quotas;
  private final Idempotency idempotency;
  private final Answers answers;
  private final Map<String, Processor> processors;
  private final PreHooks preHooks;
  private final Clock clock;

  Pipeline(
      Journal journal,
      Lookup lookup,
      Namespaces namespaces,
      Authorizer authorizer,
      Validator validator,
      Stamp stamp,
      Vault vault,
      Quotas quotas,
      Idempotency idempotency,
      Answers answers,
      Map<String, Processor> processors,
      PreHooks preHooks,
      Clock clock) {
    this.journal = journal;
    this.lookup = lookup;
    this.namespaces = namespaces;
    this.authorizer = authorizer;
    this.validator = validator;
    this.stamp = stamp;
    this.vault = vault;
    this.quotas = quotas;
    this.idempotency = idempotency;
    this.answers = answers;
    this.processors = Map.copyOf(processors);
    this.preHooks = preHooks;
    this.clock = clock;
  }

  /** Writes, or refuses with nothing changed. */
  Answer write(Call call) {
    for (var tries = 1; ; tries++) {
      try {
        return attempt(call);
      } catch (ConflictException e) {
        if (tries == TRIES_MAX || !mayRetry(call, e)) {
          throw refusal(e);
        }
        namespaces.refresh();
      } catch (Problem e) {
        // Another call with the same key may have been quicker: then its answer is there by now.
        if (tries > 1 || !idempotency.isAnswered(call)) {
          throw e;
        }
      }
    }
  }

  /** Writes all in one batch, or refuses all. */
  List<Answer> writeAll(List<Call> calls) {
    var ready = new ArrayList<Write>(calls.size());
    var batch = Batch.builder();
    for (var call : calls) {
      var write = prepare(call);
      ready.add(write);
      add(write, batch);
    }
    var isDry = calls.stream().anyMatch(call -> call.writing().dryRun());
    if (!isDry) {
      try {
        journal.commit(built(batch));
      } catch (ConflictException e) {
        throw refusal(e);
      }
    }
    return ready.stream().map(answers::written).toList();
  }

  /** What a write would do, for what is only imagined: without its commit, and no hook is asked. */
  Answer rehearse(Call call) {
    return answers.written(prepare(call.dry(), (_, _) -> {}));
  }

  private Answer attempt(Call call) {
    var replay = idempotency.replay(call);
    if (replay.isPresent()) {
      return replay.get();
    }
    var write = prepare(call);
    var answer = answers.written(write);
    if (!call.writing().dryRun()) {
      var batch = Batch.builder();
      add(write, batch);
      idempotency.remember(call, answer).ifPresent(batch::write);
      journal.commit(built(batch));
    }
    return answer;
  }

  private static Batch built(Batch.Builder batch) {
    if (batch.size() > Batch.WRITES_MAX) {
      throw Problem.tooLarge(
          "It changes %d things at once, and at most %d can be; take it in several steps"
              .formatted(batch.size(), Batch.WRITES_MAX));
    }
    return batch.build();
  }

  /** A write that the caller did not pin to a version may be tried again on what is there now. */
  private boolean mayRetry(Call call, ConflictException e) {
    return idempotency.isAnswered(call)
        || (e.reason() == ConflictException.Reason.VERSION && call.writing().ifMatch().isEmpty());
  }

  private Write prepare(Call call) {
    return prepare(call, preHooks);
  }

  private Write prepare(Call call, PreHooks hooks) {
    authorizer.require(call.caller(), call.namespace(), call.type().name(), call.operation());
    requireDepth(call);
    var write = open(call, nested -> prepare(nested, hooks));
    var processor = processors.getOrDefault(write.type.name(), Generic.PROCESSOR);
    if (write.puts()) {
      processor.prepare(write);
      take(write, write.resource, mode(write), write.original.map(Document::body));
      hooks.ask(write, output -> amend(write, output));
    } else {
      hooks.ask(write, _ -> {});
    }
    processor.process(write);
    if (!write.violations.isEmpty()) {
      throw Problem.invalid(write.violations);
    }
    if (write.creates()) {
      quotas.require(write);
    }
    if (write.puts()) {
      stamp.tags(write);
    }
    return write;
  }

  private static void requireDepth(Call call) {
    var cause = call.caller().cause();
    if (cause.depth() > Cause.DEPTH_MAX_DEFAULT) {
      throw new Problem(
          Problem.Kind.TOO_MANY,
          "hop-budget",
          "The chain of reactions is too long",
          "This write is the "
              + cause.depth()
              + "th reaction to a reaction; at most "
              + Cause.DEPTH_MAX_DEFAULT
              + " are allowed. Two automations or hooks probably answer each other",
          List.of());
    }
  }

  private static Validator.Mode mode(Write write) {
    return switch (write.operation) {
      case CREATE -> Validator.Mode.CREATE;
      case PATCH -> Validator.Mode.PATCH;
      case UPDATE, DELETE, GET, LIST, COUNT -> Validator.Mode.REPLACE;
    };
  }

  private Write open(Call call, Function<Call, Write> nested) {
    namespaces.require(call.namespace());
    return call.operation() == Operation.CREATE ? create(call, nested) : change(call, nested);
  }

  private Write create(Call call, Function<Call, Write> nested) {
    return new Write(
        Operation.CREATE,
        call.type(),
        call.namespace(),
        call.caller(),
        call.writing(),
        Optional.empty(),
        new LinkedHashMap<>(call.body()),
        clock.instant(),
        nested);
  }

  private Write change(Call call, Function<Call, Write> nested) {
    var sealed = lookup.require(call);
    if (!sealed.namespace().equals(call.namespace())) {
      authorizer.require(call.caller(), sealed.namespace(), call.type().name(), call.operation());
    }
    call.writing().ifMatch().ifPresent(expected -> requireVersion(sealed, expected));
    requireUnprotected(sealed, call);
    var stored = opened(call.type(), sealed);
    var resource =
        switch (call.operation()) {
          case PATCH -> MergePatch.apply(answers.visible(call.type(), stored.body()), call.body());
          case UPDATE -> new LinkedHashMap<>(call.body());
          case DELETE, CREATE, GET, LIST, COUNT -> stored.body();
        };
    return new Write(
        call.operation(),
        call.type(),
        stored.namespace(),
        call.caller(),
        call.writing(),
        Optional.of(stored),
        resource,
        clock.instant(),
        nested);
  }

  private Document opened(ResourceType type, Document sealed) {
    return new Document(
        sealed.type(),
        sealed.id(),
        sealed.namespace(),
        sealed.version(),
        vault.open(type, sealed.id(), sealed.body()),
        sealed.expiresAt());
  }

  private static void requireVersion(Document stored, long expected) {
    if (stored.version() != expected) {
      throw Problem.stale(
          "You saw version "
              + expected
              + ", it is at version "
              + stored.version()
              + " now; read it again and repeat your change");
    }
  }

  private static void requireUnprotected(Document stored, Call call) {
    if (Trees.truth(stored.body(), "protected") && !call.writing().override()) {
      throw Problem.conflict(
          "protected", "It is protected against changes; repeat with override=true if you mean it");
    }
  }

  /** Validates a body and makes it the resource that will be stored. */
  private void take(
      Write write,
      Map<String, Object> body,
      Validator.Mode mode,
      Optional<Map<String, Object>> stored) {
    var violations = validator.validate(write.type, body, mode, stored);
    if (!violations.isEmpty()) {
      throw Problem.invalid(violations);
    }
    write.resource = stamp.identity(write, validator.complete(write.type, body, mode, stored));
  }

  /** A hook saw what was asked for, masked, and answers with all of it, changed. */
  private void amend(Write write, Map<String, Object> output) {
    var mode = write.creates() ? Validator.Mode.AMEND : Validator.Mode.REPLACE;
    stamp.tags(write);
    take(write, output, mode, Optional.of(write.resource));
  }

  private void add(Write write, Batch.Builder batch) {
    if (!write.type.has(Trait.STORED)) {
      return;
    }
    namespaces
        .stillThere(write.namespace)
        .filter(check -> !batch.writes(check.type(), check.id()))
        .ifPresent(batch::write);
    batch.write(
        switch (write.operation) {
          case CREATE -> new Batch.Write.Insert(document(write));
          case DELETE -> new Batch.Write.Remove(write.type.name(), write.id(), before(write));
          case UPDATE, PATCH, GET, LIST, COUNT ->
              new Batch.Write.Replace(document(write), before(write));
        });
    write.alongside.forEach(batch::write);
    write.alongsideEvents.forEach(batch::event);
    if (!Silent.TYPES.contains(write.type.name())) {
      batch.event(answers.event(write));
    }
    write.nested.forEach(each -> add(each, batch));
  }

  private static long before(Write write) {
    return write.original.orElseThrow().version();
  }

  private Document document(Write write) {
    var version = Trees.number(write.resource, "version", 1);
    return new Document(
        write.type.name(),
        write.id(),
        write.namespace,
        version,
        vault.seal(write.type, write.id(), Generic.storable(write.type, write.resource)),
        write.type.retention().map(write.now::plus));
  }

  private static Problem refusal(ConflictException e) {
    return switch (e.reason()) {
      case VERSION ->
          Problem.stale(
              "Somebody else changed " + e.type() + " " + e.id() + " meanwhile; read it again");
      case EXISTS ->
          e.type().equals(AccountRealm.NAME_CLAIM)
              ? Problem.conflict(
                  "not-unique",
                  "An account of the platform has the name "
                      + e.id()
                      + " already, and people sign in with nothing but the name; choose another")
              : Problem.conflict("exists", "There is a " + e.type() + " " + e.id() + " already");
      case UNIQUE ->
          Problem.conflict(
              "not-unique",
              "Another "
                  + e.type()
                  + " of this namespace has the same "
                  + e.index()
                  + "; choose another or change that one");
    };
  }
}
