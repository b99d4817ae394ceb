package io.oarlock.enforcer.agent;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The status of an agent, for people. */
final class StatusText {
  private static final int FLOWS_SHOWN = 10;

  private StatusText() {}

  static String of(Map<String, Object> status) {
    var text = new StringBuilder();
    var platform = Tree.object(status.get("platform"));
    var policies = Tree.object(status.get("policies"));
    line(text, "enforcer", status.get("name") + " (" + status.get("enforcer") + ")");
    line(text, "namespace", status.get("namespace"));
    line(
        text,
        "platform",
        platform.get("url")
            + (Boolean.TRUE.equals(platform.get("connected"))
                ? ", connected"
                : ", away: " + platform.get("reason")));
    line(
        text,
        "policies",
        "epoch %s, %s, from %s"
            .formatted(policies.get("epoch"), rules(policies), policies.get("source")));
    problem(text, Tree.text(policies, "problem").orElse(""));
    Tree.texts(policies.get("omitted")).forEach(each -> problem(text, "not enforced: " + each));
    Tree.texts(status.get("troubles")).forEach(each -> problem(text, each));
    line(text, "certificate", "until " + status.get("certificateUntil"));
    line(text, "connections", status.get("connections") + " live; " + status.get("flows"));
    line(text, "reports", status.get("flowReports"));
    Tree.objects(status.get("units"))
        .forEach(unit ->
            line(
                text,
                "unit",
                "%s  user %s  ports %s  %s"
                    .formatted(unit.get("name"), unit.get("uid"), unit.get("ports"), tags(unit))));
    var flows = Tree.objects(status.get("latestFlows"));
    flows
        .subList(Math.max(0, flows.size() - FLOWS_SHOWN), flows.size())
        .forEach(flow ->
            line(
                text,
                String.valueOf(flow.get("kind")),
                "%s  %s -> %s: %s"
                    .formatted(
                        flow.get("at"),
                        flow.get("unit"),
                        flow.get("address"),
                        flow.get("reason"))));
    return text.toString().stripTrailing();
  }

  private static String rules(Map<String, Object> policies) {
    var count = Tree.number(policies, "rules");
    return count == 1 ? "1 rule" : count + " rules";
  }

  private static void problem(StringBuilder text, String problem) {
    if (!problem.isEmpty()) {
      line(text, "problem", problem);
    }
  }

  private static List<String> tags(Map<String, Object> unit) {
    return Stream.of("tags", "metadata")
        .flatMap(each -> Tree.texts(unit.get(each)).stream())
        .toList();
  }

  private static void line(StringBuilder text, String word, @Nullable Object value) {
    text.append("%-12s %s%n".formatted(word, value));
  }
}
