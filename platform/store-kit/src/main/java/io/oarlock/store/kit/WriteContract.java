package io.oarlock.store.kit;

import static io.oarlock.store.kit.Things.batch;
import static io.oarlock.store.kit.Things.check;
import static io.oarlock.store.kit.Things.equal;
import static io.oarlock.store.kit.Things.everywhere;
import static io.oarlock.store.kit.Things.expiring;
import static io.oarlock.store.kit.Things.insert;
import static io.oarlock.store.kit.Things.next;
import static io.oarlock.store.kit.Things.remove;
import static io.oarlock.store.kit.Things.replace;
import static io.oarlock.store.kit.Things.thing;
import static io.oarlock.store.kit.Things.things;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Batches are applied as a whole or not at all, and only where what they expect is so. */
public interface WriteContract extends StoreUnderTest {
  @Test
  default void aDocumentIsReadAsItWasWritten() {
    var written =
        thing(
            "a",
            "/acme/prod",
            "name",
            "é\u0000\uD83D\uDE00",
            "rank",
            Long.MIN_VALUE,
            "share",
            0.1,
            "open",
            true,
            "tags",
            List.of("x=1", "y=2"),
            "odd",
            Map.of("a.b", List.of(Map.of("$c", 1L), 2.5, List.of()), "", "empty name"));
    store().commit(batch(insert(written)));

    assertThat(store().get(Things.THING, "a")).contains(written);
    assertThat(reopened().get(Things.THING, "a")).contains(written);
  }

  @Test
  default void typesDoNotMix() {
    var note = Things.document(Things.NOTE, "a", "/acme", 1, Map.of("name", "x"));
    store().commit(batch(insert(note), insert(thing("a", "/acme", "name", "x"))));

    store().commit(batch(remove(note, 1)));

    assertThat(store().get(Things.NOTE, "a")).isEmpty();
    assertThat(store().get(Things.THING, "a")).isPresent();
  }

  @Test
  default void aTakenIdIsRefused() {
    store().commit(batch(insert(thing("a", "/acme"))));

    var refusal = refused(batch(insert(thing("b", "/acme")), insert(thing("a", "/other"))));

    assertThat(refusal.reason()).isEqualTo(ConflictException.Reason.EXISTS);
    assertThat(refusal.id()).isEqualTo("a");
    assertThat(store().get(Things.THING, "b")).isEmpty();
  }

  @Test
  default void onlyTheExpectedVersionIsReplaced() {
    var first = thing("a", "/acme", "rank", 1L);
    var second = next(first, "rank", 2L);
    store().commit(batch(insert(first)));
    store().commit(batch(replace(second, 1)));

    var refusal = refused(batch(replace(next(first, "rank", 3L), 1)));

    assertThat(refusal.reason()).isEqualTo(ConflictException.Reason.VERSION);
    assertThat(store().get(Things.THING, "a")).contains(second);
    assertThat(refused(batch(replace(thing("none", "/acme"), 1))).reason())
        .isEqualTo(ConflictException.Reason.VERSION);
  }

  @Test
  default void onlyTheExpectedVersionIsRemoved() {
    var thing = thing("a", "/acme");
    store().commit(batch(insert(thing)));

    assertThat(refused(batch(remove(thing, 2))).reason())
        .isEqualTo(ConflictException.Reason.VERSION);
    store().commit(batch(remove(thing, 1)));
    store().commit(batch(remove(thing, 0)));

    assertThat(store().get(Things.THING, "a")).isEmpty();
    assertThat(store().count(things(everywhere()))).isZero();
  }

  @Test
  default void aCheckGuardsTheRestOfTheBatch() {
    var guard = thing("guard", "/acme");
    store().commit(batch(insert(guard)));

    refused(batch(insert(thing("a", "/acme")), check(guard, 2)));
    refused(batch(insert(thing("a", "/acme")), check(guard, 0)));
    store().commit(batch(check(guard, 1), check(thing("absent", "/acme"), 0)));

    assertThat(store().get(Things.THING, "a")).isEmpty();
  }

  @Test
  default void aPutNeedsNothingToBeThere() {
    var first = thing("a", "/acme", "rank", 1L);
    store().commit(batch(new Batch.Write.Put(first)));
    store().commit(batch(new Batch.Write.Put(next(first, "rank", 2L))));

    assertThat(store().list(things(everywhere()).where(equal("rank", 1L))).documents()).isEmpty();
    assertThat(store().count(things(everywhere()).where(equal("rank", 2L)))).isEqualTo(1);
  }

  @Test
  default void writesOfABatchSeeThoseBeforeThem() {
    var first = thing("a", "/acme", "name", "x");
    store()
        .commit(
            batch(
                insert(first),
                replace(next(first, "name", "y"), 1),
                insert(thing("b", "/acme", "name", "x")),
                remove(first, 2),
                insert(thing("c", "/acme", "name", "y"))));

    assertThat(store().list(things(everywhere())).documents())
        .extracting(Document::id)
        .containsExactly("b", "c");
  }

  @Test
  default void aUniqueValueIsTakenOncePerNamespace() {
    store().commit(batch(insert(thing("a", "/acme", "name", "x"))));
    store().commit(batch(insert(thing("b", "/acme/prod", "name", "x"))));

    var refusal =
        refused(
            batch(
                insert(thing("c", "/acme", "name", "free")),
                insert(thing("d", "/acme", "name", "x"))));

    assertThat(refusal.reason()).isEqualTo(ConflictException.Reason.UNIQUE);
    assertThat(refusal.index()).isEqualTo("name");
    assertThat(store().get(Things.THING, "c")).isEmpty();
    store().commit(batch(remove(thing("a", "/acme"), 1)));
    store().commit(batch(insert(thing("d", "/acme", "name", "x"))));
  }

  @Test
  default void absentValuesAreNotUnique() {
    assumeFalse(
        untestable().contains(Promise.UNIQUE_ONLY_WHERE_PRESENT),
        "the server under test has no partial indexes");

    var first = Things.document(Things.THING, "a", "/acme", 1, Map.of());
    var second = Things.document(Things.THING, "b", "/acme", 1, Map.of());

    store().commit(batch(insert(first), insert(second)));

    assertThat(store().count(things(everywhere()))).isEqualTo(2);
  }

  @Test
  default void ofManyWhoWantOneNameOneGetsIt() throws Exception {
    assertThat(winners(id -> batch(insert(thing(id, "/acme", "name", "wanted"))))).isEqualTo(1);
    assertThat(store().count(things(everywhere()))).isEqualTo(1);
  }

  @Test
  default void ofManyWhoReplaceOneVersionOneDoes() throws Exception {
    var thing = thing("a", "/acme", "name", "before");
    store().commit(batch(insert(thing)));

    assertThat(winners(id -> batch(replace(next(thing, "name", id), 1)))).isEqualTo(1);
    assertThat(store().get(Things.THING, "a").orElseThrow().version()).isEqualTo(2);
  }

  @Test
  default void whatHasExpiredIsGoneAtOnce() {
    var at = clock().instant().plusSeconds(60);
    var brief = expiring(thing("a", "/acme", "name", "x", "rank", 7L), at);
    store().commit(batch(insert(brief), insert(thing("b", "/acme", "name", "y", "rank", 7L))));
    assertThat(store().get(Things.THING, "a")).contains(brief);

    clock().advance(Duration.ofSeconds(61));

    assertThat(store().get(Things.THING, "a")).isEmpty();
    assertThat(store().list(things(everywhere())).documents())
        .extracting(Document::id)
        .containsExactly("b");
    assertThat(store().count(things(everywhere()))).isEqualTo(1);
    assertThat(store().count(things(Things.only("/acme")).where(equal("rank", 7L)))).isEqualTo(1);
    store().commit(batch(insert(thing("c", "/acme", "name", "x"))));
    store().commit(batch(insert(thing("a", "/acme", "name", "z"))));
  }

  /** The refusal of a batch that must be refused. */
  private ConflictException refused(Batch batch) {
    return catchThrowableOfType(ConflictException.class, () -> store().commit(batch));
  }

  /** How many of 32 at once are not refused. */
  private long winners(Function<String, Batch> wish) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var won = 0L;
      var all = new ArrayList<Callable<Boolean>>();
      for (var i = 0; i < 32; i++) {
        var mine = wish.apply("rival-" + i);
        all.add(() -> accepted(mine));
      }
      for (var outcome : threads.invokeAll(all)) {
        won += outcome.get() ? 1 : 0;
      }
      return won;
    }
  }

  private boolean accepted(Batch batch) {
    try {
      store().commit(batch);
      return true;
    } catch (ConflictException e) {
      return false;
    }
  }
}
