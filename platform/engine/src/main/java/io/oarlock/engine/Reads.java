package io.oarlock.engine;

import io.oarlock.model.Attribute;
import io.oarlock.model.Filter;
import io.oarlock.model.FilterParser;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Suggest;
import io.oarlock.model.Trait;
import io.oarlock.model.Violation;
import io.oarlock.store.Document;
import io.oarlock.store.Page;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Get, list and count. */
final class Reads {
  static final int PAGE_DEFAULT = 100;

  /** Farthest a list can be paged into by number; cursors go on from there. */
  static final int SKIP_MAX = 100_000;

  private final ResourceStore store;
  private final Lookup lookup;
  private final Namespaces namespaces;
  private final Authorizer authorizer;
  private final Answers answers;
  private final Clock clock;
  private final Map<String, Live> live = new ConcurrentHashMap<>();

  /** Attributes that change by themselves and are kept apart from their resource. */
  interface Live {
    /** The resource with them. */
    Map<String, Object> shown(Document document, Map<String, Object> tree);
  }

  Reads(
      ResourceStore store,
      Lookup lookup,
      Namespaces namespaces,
      Authorizer authorizer,
      Answers answers,
      Clock clock) {
    this.store = store;
    this.lookup = lookup;
    this.namespaces = namespaces;
    this.authorizer = authorizer;
    this.answers = answers;
    this.clock = clock;
  }

  /** Shows what changes by itself of a type. */
  void show(String type, Live part) {
    live.put(type, part);
  }

  Answer get(Call call) {
    authorizer.require(call.caller(), call.namespace(), call.type().name(), call.operation());
    namespaces.require(call.namespace());
    var document = lookup.require(call);
    if (!document.namespace().equals(call.namespace())) {
      // A token narrowed elsewhere must not learn from the status that the id exists.
      requireAsAbsent(call, document);
    }
    return new Answer.One(shown(call, document), false);
  }

  private void requireAsAbsent(Call call, Document document) {
    try {
      authorizer.require(call.caller(), document.namespace(), call.type().name(), call.operation());
    } catch (Problem e) {
      throw Lookup.absent(call.type(), call.namespace(), call.id().orElse(""));
    }
  }

  Answer list(Call call) {
    var query = query(call);
    var page = store.list(query);
    var total = total(call, query, page);
    var shown = new ArrayList<Map<String, Object>>(page.documents().size());
    page.documents().forEach(document -> shown.add(shown(call, document)));
    var plan =
        call.reading().explain()
            ? Optional.of(store.explain(query))
            : Optional.<ResourceStore.Plan>empty();
    return new Answer.Many(shown, total, page.next(), plan);
  }

  private ResourceStore.Total total(Call call, Query query, Page page) {
    if (page.next().isEmpty() && query.after().isEmpty() && query.skip() == 0) {
      return ResourceStore.Total.exactly(page.documents().size());
    }
    return call.reading().exactTotal()
        ? ResourceStore.Total.exactly(store.count(query))
        : store.total(query);
  }

  Answer count(Call call) {
    return new Answer.Count(store.count(query(call)));
  }

  private Query query(Call call) {
    authorizer.require(call.caller(), call.namespace(), call.type().name(), call.operation());
    namespaces.require(call.namespace());
    var reading = call.reading();
    requireKnown(call.type(), reading.fields(), "fields");
    return new Query(
        call.type().name(),
        scope(call),
        reading
            .filter()
            .map(text -> FilterParser.parse(text, call.type(), clock))
            .orElseGet(Filter.All::new),
        orders(call.type(), reading.order()),
        limit(reading),
        reading.after(),
        skip(reading));
  }

  private static Query.Scope scope(Call call) {
    var reading = call.reading();
    if (reading.propagated() && call.type().has(Trait.PROPAGATED)) {
      return new Query.Scope.WithPropagated(call.namespace(), reading.recursive(), false);
    }
    return reading.recursive()
        ? new Query.Scope.Below(call.namespace())
        : new Query.Scope.Only(call.namespace());
  }

  private static int limit(Call.Reading reading) {
    int limit = reading.limit().orElse(PAGE_DEFAULT);
    if (limit < 1 || limit > Query.LIMIT_MAX) {
      throw Problem.malformed("limit (or pageSize) is 1 to " + Query.LIMIT_MAX + ", not " + limit);
    }
    return limit;
  }

  private static int skip(Call.Reading reading) {
    if (reading.page().isEmpty()) {
      return 0;
    }
    if (reading.after().isPresent()) {
      throw Problem.malformed("Give page or after, not both");
    }
    var skip = (reading.page().get() - 1L) * limit(reading);
    if (skip < 0 || skip > SKIP_MAX) {
      throw Problem.malformed(
          "Pages reach to the first " + SKIP_MAX + " resources; go on with after=<cursor>");
    }
    return (int) skip;
  }

  private static List<Query.Order> orders(ResourceType type, List<String> words) {
    var orders = new ArrayList<Query.Order>();
    for (var word : words) {
      var descending = word.startsWith("-");
      var name = descending ? word.substring(1) : word;
      var attribute = type.attribute(name);
      if (attribute.isEmpty() || !attribute.get().is(Attribute.Flag.ORDERABLE)) {
        var orderable = orderable(type);
        throw Problem.malformed(
            "Lists of "
                + type.name()
                + " cannot be ordered by "
                + name
                + ", only by "
                + String.join(", ", orderable)
                + Suggest.didYouMean(name, orderable).map(hint -> ". " + hint).orElse(""));
      }
      orders.add(new Query.Order(name, descending));
    }
    return orders;
  }

  private static List<String> orderable(ResourceType type) {
    return type.attributes().stream()
        .filter(attribute -> attribute.is(Attribute.Flag.ORDERABLE))
        .map(Attribute::name)
        .toList();
  }

  private static void requireKnown(ResourceType type, List<String> names, String parameter) {
    var known = type.attributes().stream().map(Attribute::name).toList();
    var faults = new ArrayList<Violation>();
    for (var name : names) {
      if (!known.contains(name)) {
        var fault =
            Violation.of("unknown-attribute", type.name() + " has no attribute " + name, "");
        faults.add(Suggest.didYouMean(name, known).map(fault::withHint).orElse(fault));
      }
    }
    if (!faults.isEmpty()) {
      throw new Problem(
          Problem.Kind.MALFORMED,
          "malformed",
          "The request cannot be read",
          "The parameter " + parameter + " names attributes that are not there",
          faults);
    }
  }

  private Map<String, Object> shown(Call call, Document document) {
    var tree = withNextSlot(document, answers.visible(call.type(), document.body()));
    var part = live.get(call.type().name());
    if (part != null) {
      tree = part.shown(document, tree);
    }
    if (call.reading().fields().isEmpty()) {
      return tree;
    }
    var some = new LinkedHashMap<String, Object>();
    for (var field : call.reading().fields()) {
      var value = tree.get(field);
      if (value != null) {
        some.put(field, value);
      }
    }
    return some;
  }

  /** The next slot of a schedule is kept apart from its automation, and shown with it. */
  private Map<String, Object> withNextSlot(Document document, Map<String, Object> tree) {
    if (!document.type().equals(Automation.TYPE)
        || !"OnSchedule".equals(Trees.object(tree.get("trigger")).get("kind"))) {
      return tree;
    }
    var schedule = store.get(Schedule.TYPE, document.id());
    if (schedule.isEmpty()) {
      return tree;
    }
    var shown = new LinkedHashMap<>(tree);
    shown.put(Schedule.NEXT_AT, Trees.required(schedule.get().body(), Schedule.NEXT_AT));
    return shown;
  }
}
