package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What stays when an app goes: what its automations created while they ran. */
final class AppRemains {
  /** Newest runs of each automation that are looked at. */
  private static final int RUNS_MAX = 1000;

  private AppRemains() {}

  /** Names of the types, by what the records of runs tell. */
  static Set<String> left(Session session, Api api, List<Map<String, Object>> resources) {
    var types = new TreeSet<String>();
    for (var each : resources) {
      if (Tree.text(each, "type").filter("automation"::equals).isPresent()) {
        created(session, api, Tree.text(each, "id").orElse(""), types);
      }
    }
    return types;
  }

  private static void created(Session session, Api api, String automation, Set<String> types) {
    var query =
        new Query()
            .with("q", "automation == \"" + automation + "\"")
            .with("order", "-createTime")
            .with("fields", "usedEntitlements,dryRun")
            .with("limit", String.valueOf(RUNS_MAX));
    var runs =
        Tree.maps(api.ask(Ask.of("GET", Types.path(session.type("run"))).query(query)).tree());
    for (var run : runs) {
      if (!Boolean.TRUE.equals(run.get("dryRun"))) {
        Tree.map(run.get("usedEntitlements"))
            .forEach((type, verbs) -> {
              if (verbs instanceof List<?> list && list.contains("create")) {
                types.add(type);
              }
            });
      }
    }
  }
}
