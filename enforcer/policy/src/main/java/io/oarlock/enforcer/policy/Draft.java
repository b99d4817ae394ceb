package io.oarlock.enforcer.policy;

import io.oarlock.model.Ports;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Policies and a connection with changes made to them, none of which are real. */
record Draft(List<Rule> rules, Defaults defaults, Connection connection) {

  Draft with(List<Change> changes) {
    var draft = this;
    for (var change : changes) {
      draft = draft.with(change);
    }
    return draft;
  }

  Draft with(Change change) {
    return switch (change) {
      case Change.Remove(var id) -> rules(without(id));
      case Change.OpenPort(var id, var traffic) -> edit(id, rule -> rule.opening(ports(traffic)));
      case Change.Extend(var id) ->
          edit(id, rule -> rule.between(Optional.empty(), Optional.empty()));
      case Change.ProgramBothSides(var id) -> edit(id, Rule::onBothSides);
      case Change.AddTag(var end, var tag) -> tags(end, tag.toString(), true);
      case Change.RemoveTag(var end, var tag) -> tags(end, tag.toString(), false);
      case Change.Add(var rule) -> rules(plus(rule));
    };
  }

  boolean isAllowed() {
    var policies = Policies.compile(0, rules, defaults);
    return policies.decide(connection, Side.INITIATOR).allowed()
        && policies.decide(connection, Side.RECEIVER).allowed();
  }

  static Ports ports(Traffic traffic) {
    return switch (traffic) {
      case Traffic.ToPort(var protocol, var port) -> new Ports.PortRange(protocol, port, port);
      case Traffic.Control(var protocol, var type, var code) ->
          new Ports.Icmp(protocol, type, List.of(new Ports.Codes(code, code)));
    };
  }

  private Draft rules(List<Rule> others) {
    return new Draft(others, defaults, connection);
  }

  private List<Rule> without(String id) {
    return rules.stream().filter(rule -> !rule.id().equals(id)).toList();
  }

  private List<Rule> plus(Rule rule) {
    var all = new ArrayList<>(rules);
    all.add(rule);
    return all;
  }

  private Draft edit(String id, UnaryOperator<Rule> change) {
    return rules(
        rules.stream().map(rule -> rule.id().equals(id) ? change.apply(rule) : rule).toList());
  }

  private Draft tags(Change.End end, String tag, boolean present) {
    var subject = connection.subject();
    var object = connection.object();
    return switch (end) {
      case SUBJECT -> between(changed(subject, tag, present), object);
      case OBJECT -> between(subject, changed(object, tag, present));
    };
  }

  private Draft between(Set<String> subject, Set<String> object) {
    return new Draft(
        rules, defaults, new Connection(subject, object, connection.traffic(), connection.at()));
  }

  private static Set<String> changed(Set<String> tags, String tag, boolean present) {
    var all = new HashSet<>(tags);
    if (present) {
      all.add(tag);
    } else {
      all.remove(tag);
    }
    return all;
  }
}
