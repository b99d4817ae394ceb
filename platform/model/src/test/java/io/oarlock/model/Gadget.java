package io.oarlock.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A type that uses every feature of declarations. */
@Resource(
    group = "Samples",
    aliases = "gad",
    indexes = "unique:owner,name",
    retention = "P30D",
    example =
        """
        {"name": "winder", "owner": "/acme", "power": {"kind": "Crank", "turns": 3}}
        """)
@ActionOf(name = "wind", doc = "Winds it.", input = Gadget.Wind.class)
@Doc("Something that turns.")
record Gadget(
    GadgetMeta meta,
    @Doc("Who has it.") @Immutable NamespacePath owner,
    @Doc("What drives it.") Power power,
    @Doc("How it looks.") @Default("MattBlack") Finish finish,
    @Doc("How heavy it is.") @Range(min = 0.5, max = 10) Optional<Double> weight,
    @Doc("How often it turns.") @Range(min = 1, max = 100) @Default("7") int turns,
    @Doc("How long it turns.") @Default("PT30S") Duration span,
    @Doc("When it turns next.") Optional<Instant> next,
    @Doc("Its parts.") @Size(max = 3) List<Part> parts,
    @Doc("Words on it.") @Example("[\"Made in Ulm\"]") @Size(max = 4) Set<String> words,
    @Doc("Networks it may reach.") @Size(max = 4) @Format(TextFormat.CIDR) List<String> networks,
    @Doc("Notes.") @Example("{\"a\": [\"b\"]}") @Size(max = 4) @Keys(max = 8)
        Map<String, List<String>> notes,
    @Doc("Anything.") @Example("{\"x\": 1}") @Size(max = 64) @Keys(max = 8)
        Map<String, Object> extra,
    @Doc("Whom it serves.") @Default("[]") TagExpression subject,
    @Doc("Its program.")
        @Example("export default () => 1")
        @Size(max = 200)
        @Format(TextFormat.JAVASCRIPT)
        Optional<String> source,
    @Doc("Opens it.") @Example("s3same") @Size(min = 4, max = 64) @Secret Optional<String> key,
    @Doc("Opens it once.") @Example("once") @Size(max = 64) @ShownOnce Optional<String> ticket,
    @Doc("Nobody sees it.") @Example("abc") @Size(max = 64) @Hidden @ReadOnly
        Optional<String> hash) {

  /** What every gadget has. */
  @Flattened(Trait.PROPAGATED)
  record GadgetMeta(
      @Doc("Given by the platform.") @Format(TextFormat.ID) @ReadOnly String id,
      @Doc("What it is called.")
          @Example("winder")
          @Size(min = 1, max = 10)
          @Matches(value = "[^!]*", message = "a name has no exclamation mark")
          @Filterable
          @Unique
          String name,
      @Doc("Keeps it from being changed.") @Wire("protected") boolean isProtected) {}

  /** What drives it. */
  sealed interface Power {
    /** By hand. */
    @Doc("Turned by hand.")
    record Crank(@Doc("Turns needed.") @Range(max = 9) int turns) implements Power {}

    /** By wire. */
    @Doc("Turned by a current.")
    record Motor(@Doc("Volts.") @Range(max = 400) double volts, @Doc("On.") boolean on)
        implements Power {}
  }

  /** A part. */
  record Part(
      @Doc("Its number.") @Example("p-1") @Size(max = 8) String number,
      @Doc("How many.") @Range(max = 9) @Default("1") long count) {}

  /** How it looks. */
  enum Finish {
    @Doc("Black.")
    MATT_BLACK,
    @Doc("Red.")
    @Wire("RAL3020")
    TRAFFIC_RED
  }

  /** Body of the action wind. */
  record Wind(@Doc("How often.") @Range(min = 1, max = 9) int turns) {}
}
