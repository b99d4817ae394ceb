package io.oarlock.enforcer.policy;

import static java.util.Objects.requireNonNull;

import io.oarlock.model.TagExpression;
import io.oarlock.model.TagIndex;
import io.oarlock.model.Tags;
import io.oarlock.model.types.NetworkAccessPolicy.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Rules, compiled once and asked for every connection. Immutable but for a cache; safe for use by
 * many threads.
 *
 * <p>Rules stand in the order of their precedence ({@link Tier}, then id). An end of a connection
 * is looked up in two tag indexes and becomes a {@link Party}: two sets of rules, as bits. A
 * decision then intersects the subject's bits with the object's, tier by tier, and the first rule
 * that is about this traffic and this moment decides. This is the bit-vector scheme of packet
 * classification (Lakshman and Stiliadis, SIGCOMM 1998), with tag expressions for dimensions.
 */
public final class Policies {
  /** Most rules of one set. */
  public static final int RULES_MAX = 50_000;

  /** Most parties kept for the next connection; when full, all are forgotten. */
  public static final int PARTIES_MAX = 10_000;

  private static final int NONE = -1;

  private final long epoch;
  private final Defaults defaults;
  private final List<Rule> rules;
  private final Tier[] tiers;
  private final Map<Tier, Span> spans;
  private final boolean timed;
  private final Dimension subjects;
  private final Dimension objects;
  private final Map<Set<String>, Party> parties = new ConcurrentHashMap<>();

  /** Where the rules of a tier stand. */
  private record Span(int start, int end) {}

  /** One of the two sides of all rules. */
  private static final class Dimension {
    private final TagIndex<Integer> index = new TagIndex<>(RULES_MAX);
    private final long[] negated;

    Dimension(List<Rule> rules, Function<Rule, Rule.Selector> side) {
      negated = new long[words(rules.size())];
      for (var i = 0; i < rules.size(); i++) {
        var selector = side.apply(rules.get(i));
        index.put(i, selector.expression());
        if (selector.negated()) {
          negated[i >> 6] |= 1L << i;
        }
      }
    }

    long[] select(Set<String> tags) {
      var bits = negated.clone();
      index.matching(tags).forEach(i -> bits[i >> 6] ^= 1L << i);
      return bits;
    }
  }

  private Policies(long epoch, List<Rule> sorted, Defaults defaults) {
    this.epoch = epoch;
    this.rules = sorted;
    this.defaults = defaults;
    this.tiers = sorted.stream().map(Tier::of).toArray(Tier[]::new);
    this.spans = spans(tiers);
    this.timed =
        sorted.stream().anyMatch(rule -> rule.from().isPresent() || rule.until().isPresent());
    this.subjects = new Dimension(sorted, Rule::subject);
    this.objects = new Dimension(sorted, Rule::object);
  }

  /**
   * Compiles rules, given in any order.
   *
   * @param epoch which version of the policies this is; it grows
   * @throws IllegalArgumentException for two rules of one id, or more than {@link #RULES_MAX}
   */
  public static Policies compile(long epoch, List<Rule> rules, Defaults defaults) {
    if (rules.size() > RULES_MAX) {
      throw new IllegalArgumentException(
          "A set has at most %d rules, this one has %d; send an enforcer only the rules of its units."
              .formatted(RULES_MAX, rules.size()));
    }
    var seen = new HashSet<String>();
    for (var rule : rules) {
      if (!seen.add(rule.id())) {
        throw new IllegalArgumentException(
            "Two rules are called %s; an answer could not tell which decided. Give one another id."
                .formatted(rule.id()));
      }
    }
    var sorted =
        rules.stream().sorted(Comparator.comparing(Tier::of).thenComparing(Rule::id)).toList();
    return new Policies(epoch, sorted, defaults);
  }

  /** Policies that allow nothing: what holds before the first set was received. */
  public static Policies none() {
    return compile(0, List.of(), Defaults.REJECT);
  }

  public long epoch() {
    return epoch;
  }

  /** Whether a rule begins or ends with time, so that answers change by themselves. */
  public boolean isTimed() {
    return timed;
  }

  public Defaults defaults() {
    return defaults;
  }

  public List<Rule> rules() {
    return rules;
  }

  /** The end of a connection with these normalised tags. */
  public Party party(Set<String> tags) {
    var known = parties.get(tags);
    if (known != null) {
      return known;
    }
    var key = Tags.of(tags);
    var made = new Party(this, key, subjects.select(key), objects.select(key));
    if (parties.size() >= PARTIES_MAX) {
      parties.clear();
    }
    parties.put(key, made);
    return made;
  }

  /** What that side decides of a connection. */
  public Verdict decide(Connection connection, Side side) {
    return decide(
        party(connection.subject()),
        party(connection.object()),
        connection.traffic(),
        side,
        connection.at());
  }

  /** What that side decides of a connection between parties of these policies. */
  public Verdict decide(Party subject, Party object, Traffic traffic, Side side, Instant at) {
    subject.checkOwner(this);
    object.checkOwner(this);
    return new Decision(subject, object, traffic, side, at).verdict();
  }

  /** The rules a connection matches on that side, in order of precedence, deciding or not. */
  List<Rule> matching(Connection connection, Side side) {
    var decision =
        new Decision(
            party(connection.subject()),
            party(connection.object()),
            connection.traffic(),
            side,
            connection.at());
    return decision.all();
  }

  /** Whether an expression selects an end with these tags, negation included. */
  static boolean selects(Rule.Selector selector, Set<String> tags) {
    TagExpression expression = selector.expression();
    return expression.matches(tags) != selector.negated();
  }

  private static int words(int bits) {
    return (bits + 63) >> 6;
  }

  private static Map<Tier, Span> spans(Tier[] sorted) {
    var spans = new EnumMap<Tier, Span>(Tier.class);
    var start = 0;
    for (var tier : Tier.values()) {
      var end = start;
      while (end < sorted.length && sorted[end] == tier) {
        end++;
      }
      spans.put(tier, new Span(start, end));
      start = end;
    }
    return spans;
  }

  private Span span(Tier tier) {
    return requireNonNull(spans.get(tier));
  }

  /** One question. */
  private final class Decision {
    private final Party subject;
    private final Party object;
    private final Traffic traffic;
    private final Side side;
    private final Instant at;

    Decision(Party subject, Party object, Traffic traffic, Side side, Instant at) {
      this.subject = subject;
      this.object = object;
      this.traffic = traffic;
      this.side = side;
      this.at = at;
    }

    Verdict verdict() {
      var first = next(0, span(Tier.FALLBACK_APPLIED_ALLOW).end);
      var allowed =
          first == NONE ? defaults.allows(side) : rules.get(first).action() == Action.ALLOW;
      var decided = first == NONE ? Optional.<Tier>empty() : Optional.of(tiers[first]);
      var resolved = decided.isPresent() && decided.get().compareTo(Tier.FALLBACK_REJECT) < 0;
      return new Verdict(
          allowed,
          first == NONE ? Optional.empty() : Optional.of(rules.get(first).id()),
          decided.isPresent() && decided.get().isApplied(),
          allowed && anyCounting(resolved, decided, Rule::encrypt),
          anyCounting(resolved, decided, Rule::log),
          watched(resolved));
    }

    /** Whether a rule of the deciding tier asks for it, or one that only adds to what others do. */
    private boolean anyCounting(boolean resolved, Optional<Tier> decided, Predicate<Rule> asks) {
      return (decided.isPresent() && any(decided.get(), asks))
          || any(Tier.CONTINUE, asks)
          || (!resolved && any(Tier.FALLBACK_CONTINUE, asks));
    }

    private Optional<Verdict.Watched> watched(boolean resolved) {
      var last = resolved ? Tier.WATCHED_ALLOW : Tier.FALLBACK_WATCHED_ALLOW;
      var found = next(span(Tier.WATCHED_REJECT).start, span(last).end);
      return found == NONE
          ? Optional.empty()
          : Optional.of(new Verdict.Watched(rules.get(found).id(), rules.get(found).action()));
    }

    private boolean any(Tier tier, Predicate<Rule> asks) {
      var end = span(tier).end;
      for (var i = next(span(tier).start, end); i != NONE; i = next(i + 1, end)) {
        if (asks.test(rules.get(i))) {
          return true;
        }
      }
      return false;
    }

    List<Rule> all() {
      var found = new ArrayList<Rule>();
      for (var i = next(0, rules.size()); i != NONE; i = next(i + 1, rules.size())) {
        found.add(rules.get(i));
      }
      return found;
    }

    /** The first rule from there on, before the end, that selects both ends and is live. */
    private int next(int from, int end) {
      var at = from;
      while (at < end) {
        var bits = subject.rulesTo(object, at >> 6) & (-1L << at);
        if (bits == 0) {
          at = (at | 63) + 1;
          continue;
        }
        at = (at & ~63) + Long.numberOfTrailingZeros(bits);
        if (at < end && rules.get(at).isLive(side, traffic, this.at)) {
          return at;
        }
        at++;
      }
      return NONE;
    }
  }
}
