package io.oarlock.enforcer.policy;

import io.oarlock.model.Tag;
import java.util.stream.Collectors;

/** One thing somebody could change so that a connection is decided otherwise. */
public sealed interface Change {

  /** Which end of the connection. */
  enum End {
    SUBJECT,
    OBJECT
  }

  /** Take a policy away. */
  record Remove(String rule) implements Change {
    @Override
    public String toString() {
      return "remove or narrow the policy " + rule;
    }
  }

  /** Let a policy speak of one port more. */
  record OpenPort(String rule, Traffic traffic) implements Change {
    @Override
    public String toString() {
      return "add " + traffic + " to the ports of the policy " + rule;
    }
  }

  /** Let a policy be in force at the moment asked about. */
  record Extend(String rule) implements Change {
    @Override
    public String toString() {
      return "let the policy " + rule + " be in force at that time";
    }
  }

  /** Let a policy program both sides. */
  record ProgramBothSides(String rule) implements Change {
    @Override
    public String toString() {
      return "let the policy " + rule + " apply to both sides";
    }
  }

  /** Give an end a tag. */
  record AddTag(End end, Tag tag) implements Change {
    @Override
    public String toString() {
      return "give the " + name(end) + " the tag " + tag;
    }
  }

  /** Take a tag from an end. */
  record RemoveTag(End end, Tag tag) implements Change {
    @Override
    public String toString() {
      return "take the tag " + tag + " from the " + name(end);
    }
  }

  /** Write a new policy. */
  record Add(Rule rule) implements Change {
    @Override
    public String toString() {
      return "allow it with a new policy: %s to %s, %s"
          .formatted(lines(rule.subject()), lines(rule.object()), rule.ports());
    }

    private static String lines(Rule.Selector selector) {
      return selector.expression().toLists().stream()
          .map(line -> String.join(" and ", line))
          .collect(Collectors.joining(" or "));
    }
  }

  private static String name(End end) {
    return switch (end) {
      case SUBJECT -> "initiator";
      case OBJECT -> "receiver";
    };
  }
}
