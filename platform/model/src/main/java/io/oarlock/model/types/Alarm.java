package io.oarlock.model.types;

import io.oarlock.model.ActionOf;
import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Hidden;
import io.oarlock.model.Immutable;
import io.oarlock.model.Keys;
import io.oarlock.model.Range;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

@Resource(
    group = "What happens",
    indexes = {"kind,status", "unique:unresolved"},
    example =
        """
        {
          "name": "rejected-flow",
          "kind": "flow:rejected",
          "content": "web tried to reach db and was refused.",
          "emails": ["ops@example.com"]
        }
        """)
@ActionOf(name = "acknowledge", doc = "Says that somebody looks after it.")
@ActionOf(name = "resolve", doc = "Says that it is over; the same again is a new alarm.")
@Doc(
    "Something that wants somebody's attention until it is resolved. The same kind "
        + "and content again adds an occurrence instead of a second alarm.")
public record Alarm(
    Meta meta,
    @Doc("What kind of thing happened, words separated by colons.")
        @Example("flow:rejected")
        @Size(min = 1, max = 128)
        @Immutable
        @Filterable
        String kind,
    @Doc("What happened, in full.")
        @Example("web tried to reach db and was refused.")
        @Format(TextFormat.MARKDOWN)
        @Size(min = 1, max = 16384)
        @Immutable
        String content,
    @Doc("Where it stands.") @Example("Open") @Default("Open") @Filterable Status status,
    @Doc("Further facts for programs.")
        @Example("{\"source\": \"web\", \"destination\": \"db\"}")
        @Size(max = 16384)
        @Keys(max = 256)
        Map<String, Object> data,
    @Doc("Who is told by mail.")
        @Example("[\"ops@example.com\"]")
        @Format(TextFormat.EMAIL)
        @Size(max = 32)
        Set<String> emails,
    @Doc("When it happened, the last times.")
        @Example("[\"2026-11-21T23:50:00.000Z\"]")
        @Size(max = 100)
        @ReadOnly
        List<Instant> occurrences,
    @Doc("How often it happened.") @Example("1") @Range(max = 9007199254740991d) @ReadOnly
        Optional<Long> count,
    @Doc("What is the same in the same alarm; absent when it is resolved.")
        @Example("Zk9sQ2RlZmdoaWprbG1ub3A")
        @Size(max = 128)
        @ReadOnly
        @Hidden
        Optional<String> unresolved) {

  /** Where an alarm stands. */
  public enum Status {
    @Doc("Nobody has looked at it.")
    OPEN,
    @Doc("Somebody looks after it.")
    ACKNOWLEDGED,
    @Doc("It is over.")
    RESOLVED
  }
}
