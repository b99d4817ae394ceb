package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.oarlock.client.BatchWrite;
import io.oarlock.client.Change;
import io.oarlock.client.ListOptions;
import io.oarlock.client.Oarlock;
import io.oarlock.client.OarlockException;
import io.oarlock.client.Page;
import io.oarlock.client.ProblemException;
import io.oarlock.client.Resources;
import io.oarlock.client.Stored;
import io.oarlock.client.WatchOptions;
import io.oarlock.client.WriteOptions;
import io.oarlock.model.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Plays steps of {@code platform/client/conformance.json} with the client in Java. */
final class ClientScript {
  private final Oarlock oarlock;
  private final String type;
  private final Optional<Cutting> cutting;
  private final Map<String, Object> bound = new HashMap<>();

  /** The same client over a road that can be cut. */
  record Cutting(Oarlock far, Road road) {}

  ClientScript(Oarlock oarlock, String type, Optional<Cutting> cutting) {
    this.oarlock = oarlock;
    this.type = type;
    this.cutting = cutting;
  }

  void play(Object steps) throws Exception {
    for (var step : list(steps)) {
      step(object(filled(step)));
    }
  }

  private void step(Map<String, Object> step) throws Exception {
    if (step.get("refused") instanceof Map<?, ?> wanted) {
      refused(object(wanted), step);
    } else if (step.get("fails") instanceof String words) {
      assertThatThrownBy(() -> done(step)).hasMessageContaining(words);
    } else if (step.containsKey("eventually")) {
      Program.until(() -> different(step.get("gives"), done(step), "").isEmpty());
    } else {
      var result = done(step);
      if (step.containsKey("gives")) {
        assertThat(different(step.get("gives"), result, "")).as(step + " gave " + result).isEmpty();
      }
      if (step.get("as") instanceof String name) {
        bound.put(name, Objects.requireNonNull(result));
      }
    }
  }

  private void refused(Map<String, Object> wanted, Map<String, Object> step) {
    var thrown = catchThrowableOfType(OarlockException.class, () -> done(step));
    assertThat(thrown).as(step.toString()).isNotNull();
    assertThat(thrown.getClass().getSimpleName().replace("Exception", ""))
        .as(thrown.getMessage())
        .isEqualTo(wanted.get("kind"));
    if (wanted.get("says") instanceof List<?> words) {
      words.forEach(word -> assertThat(thrown).hasMessageContaining((String) word));
    }
    if (thrown instanceof ProblemException problem) {
      assertThat((long) problem.status()).isEqualTo(wanted.get("status"));
      assertThat(problem.code()).isEqualTo(wanted.getOrDefault("code", problem.code()));
      assertThat((long) problem.violations().size())
          .isGreaterThanOrEqualTo((Long) wanted.getOrDefault("violations", 0L));
    }
  }

  private @Nullable Object done(Map<String, Object> step) throws Exception {
    var resources = oarlock.of((String) step.getOrDefault("type", type));
    var id = (String) step.getOrDefault("id", "");
    var object = object(step.getOrDefault("object", Map.of()));
    var options = object(step.getOrDefault("options", Map.of()));
    return switch ((String) Objects.requireNonNull(step.get("do"))) {
      case "create" -> resources.create(object, write(options)).tree();
      case "get" -> resources.get(id, words(options, "fields")).tree();
      case "update" -> resources.update(id, object, write(options)).tree();
      case "patch" -> resources.patch(id, object, write(options)).tree();
      case "count" -> resources.count(listing(options));
      case "list" -> trees(resources, options, step);
      case "pages" -> pages(resources, options, step);
      case "watch" -> watched(watching(options), step);
      case "batch" -> batch(list(step.get("writes")), write(options));
      case "act" -> acted(resources, id, step);
      case "remove" -> {
        resources.remove(id, write(options));
        yield null;
      }
      default -> throw new IllegalArgumentException("This client cannot " + step);
    };
  }

  private static List<?> trees(
      Resources<?> resources, Map<String, Object> options, Map<String, Object> step) {
    var most = Math.toIntExact((Long) step.getOrDefault("most", 1000L));
    return resources.list(listing(options)).toList(most).stream().map(Stored::tree).toList();
  }

  private List<?> pages(
      Resources<?> resources, Map<String, Object> options, Map<String, Object> step)
      throws Exception {
    var told = new ArrayList<Object>();
    for (var pages = resources.list(listing(options)).pages().iterator(); pages.hasNext(); ) {
      Page<?> page = pages.next();
      var names = page.items().stream().map(Stored::name).toList();
      told.add(Map.of("names", names, "total", page.total(), "estimated", page.isEstimated()));
      if (told.size() == 1) {
        play(step.getOrDefault("afterFirst", List.of()));
      }
    }
    return told;
  }

  private List<?> watched(WatchOptions options, Map<String, Object> step) throws Exception {
    var type = (String) step.getOrDefault("type", this.type);
    var through = step.containsKey("meanwhile") ? cutting.orElseThrow().far() : oarlock;
    var seen = new ArrayList<Map<String, Object>>();
    try (var watch = through.of(type).watch(options)) {
      for (Change<?> change : watch) {
        seen.add(told(change));
        if (Objects.equals((long) seen.size(), step.get("take"))) {
          return seen;
        }
        meanwhile(seen.size(), list(step.getOrDefault("meanwhile", List.of())));
      }
    }
    return seen;
  }

  private void meanwhile(long seen, List<?> all) throws Exception {
    for (var each : all) {
      var one = object(each);
      if (Objects.equals(one.get("seen"), seen)) {
        cutting.orElseThrow().road().cut();
        play(Objects.requireNonNull(one.get("steps")));
      }
    }
  }

  private static Map<String, Object> told(Change<?> change) {
    var told = new LinkedHashMap<String, Object>();
    told.put("type", change.type());
    told.put("operation", change.operation().wire());
    told.put("object", change.object().tree());
    change.original().ifPresent(original -> told.put("original", original.tree()));
    return told;
  }

  private List<?> batch(List<?> writes, WriteOptions options) {
    var all = writes.stream().map(ClientScript::oneOf).toList();
    return oarlock.batch(all, options).stream()
        .map(result -> {
          var told = new HashMap<String, Object>(Map.of("status", (long) result.status()));
          result.resource().ifPresent(tree -> told.put("resource", tree));
          return told;
        })
        .toList();
  }

  private static BatchWrite oneOf(Object given) {
    var tree = object(given);
    return new BatchWrite(
        Operation.parse(String.valueOf(tree.get("operation"))).orElseThrow(),
        String.valueOf(tree.get("type")),
        Optional.ofNullable((String) tree.get("id")),
        object(tree.getOrDefault("body", Map.of())),
        Optional.empty(),
        tree.get("version") instanceof Long version
            ? OptionalLong.of(version)
            : OptionalLong.empty());
  }

  private static @Nullable Object acted(
      Resources<?> resources, String id, Map<String, Object> step) {
    var input = object(step.getOrDefault("input", Map.of()));
    var action = String.valueOf(step.get("action"));
    return id.isEmpty() ? resources.act(action, input) : resources.act(id, action, input);
  }

  private static ListOptions listing(Map<String, Object> options) {
    var filter = list(options.getOrDefault("filter", List.of("")));
    return ListOptions.where((String) filter.getFirst(), rest(filter))
        .fields(words(options, "fields"))
        .order(words(options, "order"))
        .limit(Math.toIntExact((Long) options.getOrDefault("limit", 0L)));
  }

  private static WatchOptions watching(Map<String, Object> options) {
    var filter = list(options.getOrDefault("filter", List.of("")));
    var operations =
        list(options.getOrDefault("operations", List.of())).stream()
            .map(each -> Operation.parse((String) each).orElseThrow())
            .toArray(Operation[]::new);
    return WatchOptions.since((Long) Objects.requireNonNull(options.get("after")))
        .filter((String) filter.getFirst(), rest(filter))
        .operations(operations);
  }

  private static Object[] rest(List<?> filter) {
    return filter.subList(1, filter.size()).toArray();
  }

  private static WriteOptions write(Map<String, Object> options) {
    var usual = WriteOptions.USUAL;
    var dry = options.containsKey("dryRun") ? usual.dryRun() : usual;
    var keyed = options.get("key") instanceof String key ? dry.key(key) : dry;
    return options.get("ifVersion") instanceof Long version ? keyed.ifVersion(version) : keyed;
  }

  private static String[] words(Map<String, Object> options, String name) {
    return list(options.getOrDefault(name, List.of())).toArray(String[]::new);
  }

  /** The first difference; of objects only what is wanted counts. */
  private static Optional<String> different(
      @Nullable Object wanted, @Nullable Object got, String where) {
    return switch (wanted) {
      case Map<?, ?> members when got instanceof Map<?, ?> tree ->
          first(
              members.keySet(),
              key -> different(members.get(key), tree.get(key), where + "/" + key));
      case List<?> elements when got instanceof List<?> list && elements.size() == list.size() ->
          first(indexes(elements), i -> different(elements.get(i), list.get(i), where + "/" + i));
      case null, default ->
          Objects.equals(wanted, got)
              ? Optional.empty()
              : Optional.of("%s is %s, not %s".formatted(where, got, wanted));
    };
  }

  private static List<Integer> indexes(List<?> list) {
    return IntStream.range(0, list.size()).boxed().toList();
  }

  private static <T> Optional<String> first(
      Iterable<T> all, Function<T, Optional<String>> different) {
    for (var each : all) {
      var found = different.apply(each);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** With results of earlier steps in place of their names; steps inside it wait for their turn. */
  private @Nullable Object filled(@Nullable Object value) {
    return switch (value) {
      case String text when text.startsWith("$") -> result(text.substring(1));
      case Map<?, ?> map -> {
        var all = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, each) -> {
          if (key.equals("...")) {
            all.putAll(object(filled(each)));
          } else if (key.equals("steps") || key.equals("afterFirst")) {
            all.put((String) key, each);
          } else {
            all.put((String) key, filled(each));
          }
        });
        yield all;
      }
      case List<?> list -> {
        var all = new ArrayList<@Nullable Object>();
        list.forEach(each -> all.add(filled(each)));
        yield all;
      }
      case null, default -> value;
    };
  }

  private @Nullable Object result(String path) {
    var dot = path.indexOf('.');
    var named = bound.get(dot < 0 ? path : path.substring(0, dot));
    return dot < 0 ? named : object(named).get(path.substring(dot + 1));
  }

  @SuppressWarnings("unchecked") // JSON has no other maps
  static Map<String, Object> object(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }

  static List<?> list(@Nullable Object value) {
    return (List<?>) Objects.requireNonNull(value);
  }
}
