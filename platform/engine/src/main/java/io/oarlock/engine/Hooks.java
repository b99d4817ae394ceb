package io.oarlock.engine;

import io.oarlock.json.Json;
import io.oarlock.model.Problem;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Asks the Pre hooks of a write within one budget of time: one after the other, but for those that
 * follow each other and may change nothing. What a hook changed decides which hooks are asked after
 * it, so that no change slips by a hook it concerns.
 */
final class Hooks implements PreHooks {
  /** Most hooks that are asked at the same time for one write. */
  private static final int AT_ONCE = 16;

  private static final String NOT_ASKED =
      "not asked: it failed " + Breakers.FAILURES_MAX + " times in a row";

  private static final String CHANGED =
      "it gave an object, and its mayChange is false: set that, or answer {}";

  private final HookBook book;
  private final UrlHooks urls;
  private final AutomationHooks automations;
  private final Deliveries deliveries;
  private final Breakers breakers;
  private final Journal journal;
  private final Stamp stamp;
  private final Answers answers;
  private final String publicUrl;
  private final Tracing tracing;
  private final Clock clock;

  /** What a hook answered, and the row that tells of it. */
  private record Asked(Hook hook, HookAnswer answer, Map<String, Object> row) {}

  Hooks(
      HookBook book,
      UrlHooks urls,
      AutomationHooks automations,
      Deliveries deliveries,
      Breakers breakers,
      Journal journal,
      Stamp stamp,
      Answers answers,
      String publicUrl,
      Tracing tracing,
      Clock clock) {
    this.book = book;
    this.urls = urls;
    this.automations = automations;
    this.deliveries = deliveries;
    this.breakers = breakers;
    this.journal = journal;
    this.stamp = stamp;
    this.answers = answers;
    this.publicUrl = publicUrl;
    this.tracing = tracing;
    this.clock = clock;
  }

  /** Where the messages of a hook say they come from. */
  static String source(String publicUrl, Hook hook) {
    return publicUrl + "/v1/hookpolicies/" + hook.id();
  }

  @Override
  public void ask(Write write, Consumer<Map<String, Object>> replace) {
    if (book.isEmpty() || isExempt(write)) {
      return;
    }
    var time = new HookTime();
    var asked = new HashSet<String>();
    for (var hooks = next(write, asked); !hooks.isEmpty(); hooks = next(write, asked)) {
      hooks.forEach(hook -> asked.add(hook.id()));
      for (var one : asked(hooks, write, time)) {
        settle(one.hook(), write, one.answer(), one.row(), replace);
      }
    }
  }

  /** A hook that fails closed must never keep anybody from correcting or disabling hooks. */
  private static boolean isExempt(Write write) {
    return write.type.name().equals(Hook.TYPE)
        || write.caller.principal().claims().contains(Engine.SYSTEM_CLAIM);
  }

  /** The next to be asked; several where none of them may change anything. */
  private List<Hook> next(Write write, Set<String> asked) {
    var tags = new ArrayList<Set<String>>();
    tags.add(Set.copyOf(Trees.texts(stamp.normalized(write.type, write.resource))));
    write.original.ifPresent(
        stored -> tags.add(Set.copyOf(Trees.texts(stamp.normalized(write.type, stored.body())))));
    var left =
        book
            .matching(write.namespace, HookMessage.word(write), tags, hook -> hook.mode().isPre())
            .stream()
            .filter(hook -> !asked.contains(hook.id()))
            .toList();
    return left.isEmpty() || left.getFirst().mayChange()
        ? left.subList(0, Math.min(1, left.size()))
        : left.stream().takeWhile(hook -> !hook.mayChange()).limit(AT_ONCE).toList();
  }

  private List<Asked> asked(List<Hook> hooks, Write write, HookTime time) {
    var parent = tracing.current().or(write.caller.origin()::traceparent);
    if (hooks.size() == 1) {
      return List.of(asked(hooks.getFirst(), write, time, parent));
    }
    try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
      return hooks.stream()
          .map(hook -> together.submit(() -> asked(hook, write, time, parent)))
          .toList()
          .stream()
          .map(Hooks::answer)
          .toList();
    }
  }

  private static Asked answer(Future<Asked> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("interrupted", "The platform is stopping; try again later");
    } catch (ExecutionException e) {
      throw new IllegalStateException("A hook could not be asked", e.getCause());
    }
  }

  private Asked asked(Hook hook, Write write, HookTime time, Optional<String> parent) {
    var message = HookMessage.before(write, tagged(write), answers);
    var at = clock.instant();
    var began = System.nanoTime();
    var told = watched(hook, write, message, time, parent);
    var row = deliveries.row(hook, message, hook.endpoint().orElse("automation"));
    var failure = told.answer() instanceof HookAnswer.Failed(var reason) ? reason : "";
    row.put(
        "attempts",
        List.of(
            Deliveries.attempt(
                1,
                at,
                Duration.ofNanos(System.nanoTime() - began),
                told.status(),
                Optional.of(failure).filter(text -> !text.isEmpty()),
                told.text())));
    return new Asked(hook, told.answer(), row);
  }

  private Map<String, Object> tagged(Write write) {
    var resource = new LinkedHashMap<>(write.resource);
    if (write.type.attribute("normalizedTags").isPresent()) {
      resource.put("normalizedTags", stamp.normalized(write.type, write.resource));
    }
    return resource;
  }

  private HookAnswer.Told watched(
      Hook hook, Write write, HookMessage message, HookTime time, Optional<String> parent) {
    var kind = hook.endpoint().isPresent() ? Tracing.Kind.CLIENT : Tracing.Kind.INTERNAL;
    try (var span = tracing.part("hook", kind, parent)) {
      span.note("oarlock.hook", hook.name()).note("oarlock.namespace", hook.namespace().value());
      var told = permitted(hook, told(hook, write, message, time, parent));
      span.note("oarlock.answer", told.answer().getClass().getSimpleName());
      if (told.answer() instanceof HookAnswer.Failed(var reason)) {
        span.failed(reason);
      }
      return told;
    }
  }

  private static HookAnswer.Told permitted(Hook hook, HookAnswer.Told told) {
    return told.answer() instanceof HookAnswer.Replace && !hook.mayChange()
        ? new HookAnswer.Told(new HookAnswer.Failed(CHANGED), told.status(), told.text())
        : told;
  }

  private HookAnswer.Told told(
      Hook hook, Write write, HookMessage message, HookTime time, Optional<String> parent) {
    if (!hook.failsClosed() && breakers.isOpen(hook.id())) {
      return HookAnswer.Told.failed(NOT_ASKED);
    }
    var left = time.left();
    if (!left.isPositive()) {
      return HookAnswer.Told.failed(
          "the " + HookTime.ANSWERS_MAX + " of all hooks of a write were used up");
    }
    var within = hook.timeout().compareTo(left) < 0 ? hook.timeout() : left;
    if (hook.endpoint().isPresent()) {
      var body = Json.write(message.cloudEvent(source(publicUrl, hook)));
      return urls.ask(hook, message.id(), body, within, Cause.trace(message.cause()));
    }
    var cause = write.caller.cause().in(tracing.current().or(() -> parent));
    return automations.ask(hook, message, cause.next("Hook", hook.id(), cause.id()), within, time);
  }

  private void settle(
      Hook hook,
      Write write,
      HookAnswer answer,
      Map<String, Object> row,
      Consumer<Map<String, Object>> replace) {
    if (!(answer instanceof HookAnswer.Failed)) {
      breakers.succeeded(hook);
    }
    switch (answer) {
      case HookAnswer.GoOn _ -> pass(hook, write, row, Deliveries.Status.DELIVERED);
      case HookAnswer.Replace(var output) -> {
        if (write.puts()) {
          amend(hook, output, replace);
        }
        pass(hook, write, row, Deliveries.Status.DELIVERED);
      }
      case HookAnswer.Refuse refusal -> {
        record(hook, write, row, Deliveries.Status.REFUSED);
        throw refusal.problem(hook);
      }
      case HookAnswer.Failed failed -> {
        if (!failed.reason().equals(NOT_ASKED)) {
          breakers.failed(hook, failed.reason());
        }
        if (hook.failsClosed()) {
          record(hook, write, row, Deliveries.Status.FAILED);
          throw failed.problem(hook);
        }
        pass(hook, write, row, Deliveries.Status.PASSED_UNCHECKED);
      }
    }
  }

  private static void amend(
      Hook hook, Map<String, Object> output, Consumer<Map<String, Object>> replace) {
    try {
      replace.accept(output);
    } catch (Problem e) {
      throw new Problem(
          e.kind(),
          "hook-output-invalid",
          "A hook gave an object that is not valid",
          "The hook "
              + hook.name()
              + " of "
              + hook.namespace()
              + " changed the object to one that cannot be stored: "
              + e.detail(),
          e.violations());
    }
  }

  /** The row of a write that goes on is stored with it, or not at all. */
  private void pass(Hook hook, Write write, Map<String, Object> row, Deliveries.Status status) {
    write.alongside.add(new Batch.Write.Insert(ended(hook, row, status)));
  }

  private void record(Hook hook, Write write, Map<String, Object> row, Deliveries.Status status) {
    if (!write.how.dryRun()) {
      var insert = new Batch.Write.Insert(ended(hook, row, status));
      journal.commit(Batch.builder().write(insert).build());
    }
  }

  private Document ended(Hook hook, Map<String, Object> row, Deliveries.Status status) {
    row.put("status", status.wire);
    return deliveries.document(hook.namespace(), row, 1);
  }
}
