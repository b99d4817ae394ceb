package io.oarlock.engine;

import io.oarlock.model.Filter;
import io.oarlock.model.Filter.Comparison;
import io.oarlock.model.Instants;
import io.oarlock.model.Operation;
import io.oarlock.model.types.DependencyMap;
import io.oarlock.store.Document;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code dependencymap}: the flow reports of a namespace and a window of time, added up. */
final class DependencyMaps implements Requests {
  static final String TYPE = "dependencymap";

  private static final Duration WINDOW = Duration.ofHours(1);
  private static final String BEGAN = "startTime";

  private final ResourceStore store;
  private final Authorizer authorizer;
  private final Clock clock;

  DependencyMaps(ResourceStore store, Authorizer authorizer, Clock clock) {
    this.store = store;
    this.authorizer = authorizer;
    this.clock = clock;
  }

  @Override
  public Map<String, Object> answer(Map<String, Object> request, Call call) {
    authorizer.require(call.caller(), call.namespace(), FlowIngest.TYPE, Operation.LIST);
    var end = Trees.instant(request, "endTime").orElseGet(clock::instant);
    var start = Trees.instant(request, BEGAN).orElseGet(() -> end.minus(WINDOW));
    var window =
        new Filter.And(
            List.of(
                new Filter.Compare(BEGAN, Comparison.GREATER_OR_EQUAL, Instants.text(start)),
                new Filter.Compare(BEGAN, Comparison.LESS, Instants.text(end))));
    var query =
        new Query(
            FlowIngest.TYPE,
            new Query.Scope.Only(call.namespace()),
            window,
            List.of(new Query.Order(BEGAN, true)),
            Query.LIMIT_MAX,
            Optional.empty(),
            0);
    var tree = new LinkedHashMap<String, Object>();
    tree.put(BEGAN, Instants.text(start));
    tree.put("endTime", Instants.text(end));
    tree.putAll(sum(query).tree());
    return tree;
  }

  /** The newest first, so that the oldest are missing when there are too many. */
  private Sum sum(Query first) {
    var sum = new Sum();
    Optional<String> next = Optional.empty();
    do {
      var page = store.list(first.after(next));
      page.documents().stream().map(Document::body).forEach(sum::add);
      next = page.next();
    } while (next.isPresent() && sum.reports < DependencyMap.REPORTS_MAX);
    sum.complete &= next.isEmpty();
    return sum;
  }

  /** What an edge is between. */
  private record Ends(
      String source,
      String sourceType,
      String destination,
      String destinationType,
      long port,
      String protocol) {

    static Ends of(Map<String, Object> report) {
      var address = Trees.required(report, "destinationIp");
      return new Ends(
          Trees.text(report, "sourceId").or(() -> Trees.text(report, "sourceIp")).orElse("unknown"),
          Trees.required(report, "sourceType"),
          Trees.text(report, "destinationId").orElse(address),
          Trees.required(report, "destinationType"),
          Trees.number(report, "destinationPort", 0),
          Trees.required(report, "protocol"));
    }
  }

  /** One edge, told by both ends or by one. */
  private static final class Totals {
    private final Map<String, Side> sides = new TreeMap<>();
    private boolean clear;
    private String firstSeen = "";
    private String lastSeen = "";

    private static final class Side {
      private long accepted;
      private long rejected;
      private long sent;
      private long received;
    }

    void add(Map<String, Object> report) {
      var side = sides.computeIfAbsent(Trees.required(report, "side"), _ -> new Side());
      var connections = Trees.number(report, "connections", 0);
      if ("Reject".equals(report.get("action"))) {
        side.rejected += connections;
      } else {
        side.accepted += connections;
        clear |= connections > 0 && !Trees.truth(report, "encrypted");
      }
      side.sent += Trees.number(report, "bytesSent", 0);
      side.received += Trees.number(report, "bytesReceived", 0);
      var began = Trees.required(report, BEGAN);
      var ended = Trees.required(report, "endTime");
      firstSeen = firstSeen.isEmpty() || began.compareTo(firstSeen) < 0 ? began : firstSeen;
      lastSeen = ended.compareTo(lastSeen) > 0 ? ended : lastSeen;
    }

    private long most(java.util.function.ToLongFunction<Side> count) {
      return sides.values().stream().mapToLong(count).max().orElse(0);
    }

    long connections() {
      return most(side -> side.accepted) + most(side -> side.rejected);
    }

    Map<String, Object> tree(Ends ends) {
      var accepted = most(side -> side.accepted);
      var tree = new LinkedHashMap<String, Object>();
      tree.put("source", ends.source());
      tree.put("destination", ends.destination());
      tree.put("port", ends.port());
      tree.put("protocol", ends.protocol());
      tree.put("accepted", accepted);
      tree.put("rejected", most(side -> side.rejected));
      tree.put("bytesSent", most(side -> side.sent));
      tree.put("bytesReceived", most(side -> side.received));
      tree.put("encrypted", accepted > 0 && !clear);
      tree.put("firstSeen", firstSeen);
      tree.put("lastSeen", lastSeen);
      return tree;
    }
  }

  /** All edges. */
  private static final class Sum {
    private final Map<Ends, Totals> edges = new LinkedHashMap<>();
    private long reports;
    private boolean complete = true;

    void add(Map<String, Object> report) {
      var ends = Ends.of(report);
      if (edges.size() == DependencyMap.EDGES_MAX && !edges.containsKey(ends)) {
        complete = false;
        return;
      }
      edges.computeIfAbsent(ends, _ -> new Totals()).add(report);
      reports++;
    }

    Map<String, Object> tree() {
      var nodes = new TreeMap<String, String>();
      edges
          .keySet()
          .forEach(ends -> {
            nodes.put(ends.source(), ends.sourceType());
            nodes.put(ends.destination(), ends.destinationType());
          });
      var busiest =
          Comparator.<Map.Entry<Ends, Totals>>comparingLong(e -> -e.getValue().connections());
      var tree = new LinkedHashMap<String, Object>();
      tree.put(
          "nodes",
          nodes.entrySet().stream()
              .map(node -> Map.<String, Object>of("id", node.getKey(), "type", node.getValue()))
              .toList());
      tree.put(
          "edges",
          edges.entrySet().stream()
              .sorted(busiest)
              .map(edge -> edge.getValue().tree(edge.getKey()))
              .toList());
      tree.put("reports", reports);
      tree.put("complete", complete);
      return tree;
    }
  }
}
