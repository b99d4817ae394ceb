package io.oarlock.enforcer.policy;

import io.oarlock.model.Tag;
import io.oarlock.model.TagExpression;
import io.oarlock.model.TagTerm;
import io.oarlock.model.types.NetworkAccessPolicy.Action;
import io.oarlock.model.types.NetworkAccessPolicy.Direction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks for the least that would allow a rejected connection. A rule that rejects must go in any
 * case. If that is not enough, one change to what nearly allows it is looked for (a port, a window,
 * a side, a tag); and if there is none, a new policy for just this pair is the answer, which always
 * works. Every answer has been tried before it is given.
 */
final class Mending {
  /** Most near misses tried. */
  static final int TRIES_MAX = 32;

  private final Draft draft;
  private final Policies policies;

  Mending(Policies policies, Connection connection) {
    this.policies = policies;
    this.draft = new Draft(policies.rules(), policies.defaults(), connection);
  }

  List<Change> changes() {
    var changes = new ArrayList<>(rejections());
    var lifted = draft.with(changes);
    if (!lifted.isAllowed()) {
      changes.add(mend(lifted));
    }
    return needed(changes);
  }

  /** The rule that lets it pass once these changes are made. */
  Optional<String> allowing(List<Change> changes) {
    var changed = draft.with(changes);
    return Policies.compile(0, changed.rules(), changed.defaults())
        .decide(changed.connection(), Side.INITIATOR)
        .rule();
  }

  /** Leaves out what the others make needless: a tag added can unsay a rejection. */
  private List<Change> needed(List<Change> changes) {
    var left = changes;
    for (var change : changes) {
      var fewer = left.stream().filter(each -> !each.equals(change)).toList();
      if (draft.with(fewer).isAllowed()) {
        left = fewer;
      }
    }
    return left;
  }

  private List<Change> rejections() {
    return Stream.of(Side.values())
        .flatMap(side -> policies.matching(draft.connection(), side).stream())
        .filter(rule -> Tier.of(rule) == Tier.REJECT)
        .map(Rule::id)
        .distinct()
        .map(id -> (Change) new Change.Remove(id))
        .toList();
  }

  private Change mend(Draft lifted) {
    var candidates =
        Stream.concat(
            lowerRejection(lifted).stream(),
            lifted.rules().stream()
                .filter(Mending::couldAllow)
                .sorted(Comparator.comparing(Tier::of).thenComparing(Rule::id))
                .flatMap(rule -> nearMiss(rule).stream()));
    return candidates
        .limit(TRIES_MAX)
        .filter(change -> lifted.with(change).isAllowed())
        .findFirst()
        .orElseGet(this::newPolicy);
  }

  /** A rule of a lower tier that rejects: a fallback, or one that is observed and applied. */
  private static Optional<Change> lowerRejection(Draft lifted) {
    var policies = Policies.compile(0, lifted.rules(), lifted.defaults());
    return Stream.of(Side.values())
        .map(side -> policies.decide(lifted.connection(), side))
        .filter(verdict -> !verdict.allowed())
        .flatMap(verdict -> verdict.rule().stream())
        .findFirst()
        .map(Change.Remove::new);
  }

  static boolean couldAllow(Rule rule) {
    return rule.action() == Action.ALLOW && rule.observed().isEmpty();
  }

  /** The only thing that keeps a rule from matching; empty when there are several, or none. */
  private Optional<Change> nearMiss(Rule rule) {
    var connection = draft.connection();
    var wrong = new ArrayList<Optional<Change>>();
    if (!rule.speaksOf(connection.traffic())) {
      wrong.add(Optional.of(new Change.OpenPort(rule.id(), connection.traffic())));
    }
    if (!rule.inForce(connection.at())) {
      wrong.add(Optional.of(new Change.Extend(rule.id())));
    }
    if (!Policies.selects(rule.subject(), connection.subject())) {
      wrong.add(tag(rule.subject(), Change.End.SUBJECT, connection.subject()));
    }
    if (!Policies.selects(rule.object(), connection.object())) {
      wrong.add(tag(rule.object(), Change.End.OBJECT, connection.object()));
    }
    if (wrong.isEmpty() && rule.direction() != Direction.BIDIRECTIONAL) {
      wrong.add(Optional.of(new Change.ProgramBothSides(rule.id())));
    }
    return wrong.size() == 1 ? wrong.getFirst() : Optional.empty();
  }

  private static Optional<Change> tag(Rule.Selector selector, Change.End end, Set<String> tags) {
    return selector.negated()
        ? Optional.empty()
        : selector.expression().lines().stream()
            .map(line -> line.stream().filter(term -> !term.matches(tags)).toList())
            .filter(missing -> missing.size() == 1)
            .flatMap(missing -> tag(missing.getFirst(), end).stream())
            .findFirst();
  }

  private static Optional<Change> tag(TagTerm term, Change.End end) {
    return switch (term) {
      case TagTerm.Has has -> Optional.of(new Change.AddTag(end, has.tag()));
      case TagTerm.Not(TagTerm.Has has) -> Optional.of(new Change.RemoveTag(end, has.tag()));
      case TagTerm.Not not -> Optional.empty();
      case TagTerm.HasKey hasKey -> Optional.empty();
      case TagTerm.HasPrefix hasPrefix -> Optional.empty();
    };
  }

  private Change newPolicy() {
    var connection = draft.connection();
    var id = "new";
    while (isTaken(id)) {
      id += "-1";
    }
    return new Change.Add(
        new Rule(
            id,
            exactly(connection.subject()),
            exactly(connection.object()),
            List.of(Draft.ports(connection.traffic())),
            Action.ALLOW,
            Direction.BIDIRECTIONAL,
            Optional.empty(),
            false,
            false,
            false,
            Optional.empty(),
            Optional.empty()));
  }

  private boolean isTaken(String id) {
    return draft.rules().stream().anyMatch(rule -> rule.id().equals(id));
  }

  /** Selects an end by the tags it has; one without any tag by having none is not selectable. */
  private static Rule.Selector exactly(Set<String> tags) {
    var terms =
        tags.stream()
            .sorted()
            .limit(TagExpression.TERMS_MAX)
            .<TagTerm>map(tag -> new TagTerm.Has(Tag.parse(tag)))
            .toList();
    return terms.isEmpty()
        ? new Rule.Selector(TagExpression.NONE, true)
        : new Rule.Selector(new TagExpression(List.of(terms)), false);
  }
}
