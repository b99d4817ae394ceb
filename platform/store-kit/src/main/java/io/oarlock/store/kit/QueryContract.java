package io.oarlock.store.kit;

import static io.oarlock.store.kit.Things.batch;
import static io.oarlock.store.kit.Things.below;
import static io.oarlock.store.kit.Things.equal;
import static io.oarlock.store.kit.Things.everywhere;
import static io.oarlock.store.kit.Things.insert;
import static io.oarlock.store.kit.Things.many;
import static io.oarlock.store.kit.Things.only;
import static io.oarlock.store.kit.Things.ordered;
import static io.oarlock.store.kit.Things.thing;
import static io.oarlock.store.kit.Things.things;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.oarlock.model.Filter;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Problem;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Lists and counts answer what the filter, the scope and the order say, whatever the index. */
public interface QueryContract extends StoreUnderTest {
  @Test
  default void aScopeIsANamespaceOrASubtree() {
    store()
        .commit(
            batch(
                insert(thing("1", "/")),
                insert(thing("2", "/acme")),
                insert(thing("3", "/acme/prod")),
                insert(thing("4", "/acme-x")),
                insert(thing("5", "/acme.x")),
                insert(thing("6", "/acme/prod/eu"))));

    assertThat(ids(things(only("/acme")))).containsExactly("2");
    assertThat(ids(things(below("/acme")))).containsExactly("2", "3", "6");
    assertThat(ids(things(below("/acme/prod")))).containsExactly("3", "6");
    assertThat(ids(things(below("/")))).containsExactly("1", "2", "3", "4", "5", "6");
    assertThat(ids(things(everywhere()))).containsExactly("1", "2", "3", "4", "5", "6");
    assertThat(ids(things(below("/ac")))).isEmpty();
    assertThat(store().count(things(below("/acme")))).isEqualTo(3);
    assertThat(store().count(things(only("/")))).isEqualTo(1);
  }

  @Test
  default void whatPropagatesIsSeenBelow() {
    store()
        .commit(
            batch(
                insert(thing("1", "/", "propagate", true)),
                insert(thing("2", "/acme", "propagate", true, "propagationHidden", true)),
                insert(thing("3", "/acme")),
                insert(thing("4", "/acme/prod")),
                insert(thing("5", "/acme/prod/eu", "propagate", false)),
                insert(thing("6", "/other", "propagate", true))));

    assertThat(ids(things(propagated("/acme/prod", false, false)))).containsExactly("1", "4");
    assertThat(ids(things(propagated("/acme/prod", true, false)))).containsExactly("1", "4", "5");
    assertThat(ids(things(propagated("/acme/prod", false, true)))).containsExactly("1", "2", "4");
    assertThat(store().count(things(propagated("/acme/prod", true, true)))).isEqualTo(4);
  }

  private static Query.Scope propagated(String namespace, boolean recursive, boolean hidden) {
    return new Query.Scope.WithPropagated(NamespacePath.of(namespace), recursive, hidden);
  }

  @Test
  default void everyKindOfConditionIsUnderstood() {
    store()
        .commit(
            batch(
                insert(thing("1", "/a", "name", "alpha", "rank", 1L, "tags", List.of("x", "y"))),
                insert(thing("2", "/a", "name", "beta", "rank", 2L, "tags", List.of("y"))),
                insert(thing("3", "/a", "name", "alps", "rank", 3L)),
                insert(thing("4", "/b", "name", "gamma", "share", 2.5, "open", true)),
                insert(thing("5", "/c", "subject", List.of(List.of("x", "y"), List.of("z"))))));

    assertThat(matching(equal("name", "alpha"))).containsExactly("1");
    assertThat(matching(compare("rank", Filter.Comparison.NOT_EQUAL, 2L)))
        .containsExactly("1", "3", "4", "5");
    assertThat(matching(compare("rank", Filter.Comparison.LESS, 3L))).containsExactly("1", "2");
    assertThat(matching(compare("rank", Filter.Comparison.GREATER_OR_EQUAL, 2L)))
        .containsExactly("2", "3");
    assertThat(matching(compare("rank", Filter.Comparison.LESS_OR_EQUAL, 2.0)))
        .containsExactly("1", "2");
    assertThat(matching(compare("share", Filter.Comparison.GREATER, 2L))).containsExactly("4");
    assertThat(matching(compare("name", Filter.Comparison.GREATER, "alpha")))
        .containsExactly("2", "3", "4");
    assertThat(matching(compare("name", Filter.Comparison.LESS, 5L))).isEmpty();
    assertThat(matching(equal("open", true))).containsExactly("4");
    assertThat(matching(equal("tags", "y"))).containsExactly("1", "2");
    assertThat(matching(new Filter.In("rank", List.of(1L, 3L, "x")))).containsExactly("1", "3");
    assertThat(matching(new Filter.In("tags", List.of("x", "y")))).containsExactly("1", "2");
    assertThat(matching(new Filter.Contains("tags", List.of("y", "x")))).containsExactly("1");
    assertThat(matching(new Filter.Contains("name", List.of("al", "p")))).containsExactly("1", "3");
    assertThat(matching(new Filter.Matches("name", List.of("^al", "mma$"))))
        .containsExactly("1", "3", "4");
    assertThat(matching(new Filter.Matches("name", List.of("^alp")))).containsExactly("1", "3");
    assertThat(matching(new Filter.Exists("tags"))).containsExactly("1", "2");
    assertThat(matching(new Filter.Not(new Filter.Exists("tags")))).containsExactly("3", "4", "5");
    assertThat(matching(equal("subject", "y"))).containsExactly("5");
    assertThat(matching(new Filter.Contains("subject", List.of("z", "x")))).containsExactly("5");
    assertThat(matching(new Filter.Contains("subject", List.of("z", "q")))).isEmpty();
    assertThat(matching(new Filter.In("id", List.of("4", "2", "9")))).containsExactly("2", "4");
    assertThat(
            matching(
                new Filter.Or(List.of(equal("name", "beta"), equal("rank", 3L), equal("id", "1")))))
        .containsExactly("1", "2", "3");
  }

  private static Filter compare(String path, Filter.Comparison comparison, Object value) {
    return new Filter.Compare(path, comparison, value);
  }

  private List<String> matching(Filter filter) {
    var query = things(everywhere()).where(filter);
    var found = ids(query);
    assertThat(store().count(query)).as("count of %s", filter).isEqualTo(found.size());
    assertThat(store().total(query))
        .as("total of %s", filter)
        .isEqualTo(ResourceStore.Total.exactly(found.size()));
    return found;
  }

  @Test
  default void pagesFollowTheOrder() {
    store().commit(many(25, "/acme"));
    store().commit(many(25, "/acme/prod"));

    var byColor = ordered(things(below("/acme")).limit(7), "color", "-rank");
    var all = paged(byColor);

    assertThat(all).hasSize(50).doesNotHaveDuplicates();
    assertThat(all.getFirst()).isEqualTo(".acme.prod-00023");
    assertThat(all.get(24)).isEqualTo(".acme.prod-00024");
    assertThat(paged(ordered(things(below("/acme")).limit(9), "-rank"))).hasSize(50);
    assertThat(paged(ordered(things(only("/acme")).limit(9), "-rank")).getFirst())
        .isEqualTo(".acme-00024");
    assertThat(paged(things(everywhere()).limit(50))).hasSize(50);
  }

  @Test
  default void documentsWithoutAValueAreBeforeAllOthers() {
    store()
        .commit(
            batch(
                insert(thing("a", "/x", "rank", -5L)),
                insert(thing("b", "/x")),
                insert(thing("c", "/x", "rank", 3L)),
                insert(thing("d", "/x"))));

    var one = things(only("/x")).limit(1);
    assertThat(paged(ordered(one, "rank"))).containsExactly("b", "d", "a", "c");
    assertThat(paged(ordered(one, "-rank"))).containsExactly("c", "a", "d", "b");
    assertThat(paged(ordered(one, "-id"))).containsExactly("d", "c", "b", "a");
  }

  @Test
  default void aPageCanBeSkippedTo() {
    store().commit(many(10, "/acme"));
    var query = ordered(things(only("/acme")), "rank");

    var third =
        new Query(
            query.type(), query.scope(), query.filter(), query.order(), 3, Optional.empty(), 6);

    assertThat(ids(third)).containsExactly(".acme-00006", ".acme-00007", ".acme-00008");
  }

  @Test
  default void aCursorOfAnotherOrderIsRefused() {
    store().commit(many(3, "/acme"));
    var query = ordered(things(only("/acme")).limit(1), "rank");
    var cursor = store().list(query).next();

    var other = ordered(query, "-rank").after(cursor);
    assertThatThrownBy(() -> store().list(other)).isInstanceOf(Problem.class);
    for (var forged : List.of("", "x", "bm90IGpzb24", "%00")) {
      assertThatThrownBy(() -> store().list(query.after(Optional.of(forged))))
          .isInstanceOf(Problem.class);
    }
  }

  @Test
  default void pagingNeitherRepeatsNorSkipsWhileOthersWrite() throws Exception {
    store().commit(many(200, "/acme"));
    var still = new HashSet<>(paged(things(only("/acme")).limit(100)));
    var stop = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var disturbance = threads.submit(() -> disturb(stop));
      for (var order : List.of("id", "rank", "-rank", "color")) {
        var seen = paged(ordered(things(only("/acme")).limit(7), order));
        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen).containsAll(still);
      }
      stop.set(true);
      disturbance.get();
    }
  }

  /** Adds and removes things between those that stay. */
  private void disturb(AtomicBoolean stop) {
    for (var i = 0; !stop.get(); i++) {
      var rank = (long) (i % 200);
      var guest = thing("~guest-" + i, "/acme", "rank", rank, "color", "green", "name", "g" + i);
      store().commit(batch(insert(guest)));
      store().commit(batch(new Batch.Write.Remove(Things.THING, guest.id(), 0)));
    }
  }

  @Test
  default void aPlanNamesTheIndexItTakes() {
    assumeFalse(untestable().contains(Promise.EXPLAIN), "the server under test explains no plans");
    store().commit(many(300, "/acme"));

    var query = ordered(things(only("/acme")).where(equal("color", "red")), "rank").limit(5);

    assertThat(store().explain(query).index()).contains("color").contains("rank");
    assertThat(ids(query)).hasSize(5);
  }

  private List<String> ids(Query query) {
    return store().list(query).documents().stream().map(Document::id).toList();
  }

  /** All pages, one after another. */
  private List<String> paged(Query query) {
    var all = new ArrayList<String>();
    var cursor = Optional.<String>empty();
    do {
      var page = store().list(query.after(cursor));
      assertThat(page.documents()).hasSizeLessThanOrEqualTo(query.limit());
      page.documents().forEach(document -> all.add(document.id()));
      cursor = page.next();
    } while (cursor.isPresent());
    return all;
  }
}
