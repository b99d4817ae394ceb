package io.oarlock.engine;

import io.oarlock.enforcer.policy.Connection;
import io.oarlock.enforcer.policy.Defaults;
import io.oarlock.enforcer.policy.Policies;
import io.oarlock.enforcer.policy.Rule;
import io.oarlock.enforcer.policy.Traffic;
import io.oarlock.enforcer.policy.Why;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.model.TreeCodec;
import io.oarlock.model.types.NetworkAccessPolicy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code connectioncheck}: what the enforcers of a namespace would decide of a connection, by the
 * same code and the same policies as theirs, and the least that would change it.
 */
final class ConnectionChecks implements Requests {
  static final String TYPE = "connectioncheck";

  /** Stands for ports that no policy names: hardly any range begins below it. */
  private static final int SOME_PORT = 1;

  private final Authorizer authorizer;
  private final Resolution resolution;
  private final Parties parties;
  private final Clock clock;

  ConnectionChecks(Authorizer authorizer, Resolution resolution, Parties parties, Clock clock) {
    this.authorizer = authorizer;
    this.resolution = resolution;
    this.parties = parties;
    this.clock = clock;
  }

  @Override
  public Map<String, Object> answer(Map<String, Object> request, Call call) {
    authorizer.require(call.caller(), call.namespace(), "networkaccesspolicy", Operation.LIST);
    var content = resolution.of(call.namespace(), clock.instant()).tree();
    var policies = policies(content);
    var source = parties.tags(Trees.object(request.get("source")), "source", call);
    var destination = parties.tags(Trees.object(request.get("destination")), "destination", call);
    var between = new Between(policies, source, destination, clock.instant());
    var asked = Trees.number(request, "port", 0);
    var port = asked > 0 ? Optional.of((int) asked) : between.likelyPort();
    return new WhyTree(between.why(port.orElse(SOME_PORT)), names(content), port).tree();
  }

  /** Two ends, asked about on one port or another. */
  private record Between(
      Policies policies, Set<String> source, Set<String> destination, Instant at) {

    Why why(int port) {
      return Why.of(policies, new Connection(source, destination, Traffic.tcp(port), at));
    }

    /** The port for which least is missing; empty when the answer is the same for any. */
    Optional<Integer> likelyPort() {
      return why(SOME_PORT).allowed()
          ? Optional.empty()
          : Why.likelyPorts(policies, source, destination).stream()
              .min(Comparator.comparingInt(port -> why(port).cost()));
    }
  }

  private static Policies policies(Map<String, Object> content) {
    var codec = TreeCodec.of(NetworkAccessPolicy.class);
    var rules = new ArrayList<Rule>();
    for (var policy : list(content)) {
      rules.add(Rule.of(codec.decode(Trees.object(policy))));
    }
    if (rules.size() > Policies.RULES_MAX) {
      throw Problem.tooLarge(
          "There are %d policies, of which an enforcer holds at most %d"
              .formatted(rules.size(), Policies.RULES_MAX));
    }
    return Policies.compile(
        0, rules, new Defaults(allows(content, "outgoing"), allows(content, "incoming")));
  }

  private static boolean allows(Map<String, Object> content, String side) {
    return "Allow".equals(content.get(side));
  }

  private static Map<String, String> names(Map<String, Object> content) {
    var names = new HashMap<String, String>();
    for (var each : list(content)) {
      var policy = Trees.object(each);
      names.put(Trees.required(policy, "id"), Trees.required(policy, "name"));
    }
    return names;
  }

  private static List<?> list(Map<String, Object> content) {
    return content.get("policies") instanceof List<?> policies ? policies : List.of();
  }
}
