package io.oarlock.store.kit;

import static io.oarlock.store.kit.Things.event;
import static io.oarlock.store.kit.Things.insert;
import static io.oarlock.store.kit.Things.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The log holds what was committed, in the order it was, without gaps. */
public interface EventLogContract extends StoreUnderTest {
  @Test
  default void anEmptyLogSaysSo() {
    assertThat(store().events().head()).isZero();
    assertThat(store().events().oldest()).isEqualTo(1);
    assertThat(store().events().read(0, 10)).isEmpty();
  }

  @Test
  default void eventsAreReadAsTheyWereCommitted() {
    var first = event("a");
    var second = event("b");

    var committed = store().commit(new Batch(List.of(), List.of(first, second)));

    assertThat(committed).containsExactly(new Event(1, first), new Event(2, second));
    assertThat(store().events().read(0, 10)).isEqualTo(committed);
    assertThat(store().events().read(1, 10)).containsExactly(new Event(2, second));
    assertThat(store().events().read(0, 1)).containsExactly(new Event(1, first));
    assertThat(reopened().events().read(0, 10)).isEqualTo(committed);
  }

  @Test
  default void aRefusedBatchLeavesNoEventAndNoGap() {
    store().commit(new Batch(List.of(insert(thing("a", "/acme"))), List.of(event("a"))));

    var refused = new Batch(List.of(insert(thing("a", "/acme"))), List.of(event("a")));
    assertThatThrownBy(() -> store().commit(refused)).isInstanceOf(ConflictException.class);

    assertThat(store().commit(new Batch(List.of(), List.of(event("b")))))
        .extracting(Event::sequence)
        .containsExactly(2L);
  }

  @Test
  default void manyWritersMakeOneLogWithoutGaps() throws Exception {
    var writers = 16;
    var each = 25;
    var expected = writers * each;
    var acknowledged = new ConcurrentLinkedQueue<Event>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var w = 0; w < writers; w++) {
        var writer = w;
        threads.execute(() -> {
          for (var i = 0; i < each; i++) {
            var id = writer + "-" + i;
            var write = insert(thing(id, "/acme", "name", id));
            acknowledged.addAll(store().commit(new Batch(List.of(write), List.of(event(id)))));
          }
        });
      }
      tailSeesAll(expected);
    }
    assertThat(acknowledged)
        .extracting(Event::sequence)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, expected).boxed().toList());
    assertThat(acknowledged)
        .containsExactlyInAnyOrderElementsOf(store().events().read(0, expected));
  }

  /** Reads along while others write: every event once, in order, none skipped. */
  private void tailSeesAll(int expected) throws InterruptedException {
    var seen = new ArrayList<Long>();
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (seen.size() < expected && System.nanoTime() < deadline) {
      var after = seen.isEmpty() ? 0 : seen.getLast();
      for (var event : store().events().read(after, 50)) {
        seen.add(event.sequence());
        assertThat(store().get(Things.THING, event.content().resourceId())).isPresent();
      }
      Thread.onSpinWait();
    }
    assertThat(seen).isEqualTo(LongStream.rangeClosed(1, expected).boxed().toList());
  }

  @Test
  default void listenersHearOfAppendedEvents() throws Exception {
    var heard = new CountDownLatch(1);
    try (var _ = store().events().onAppend(heard::countDown)) {
      store().commit(new Batch(List.of(), List.of(event("a"))));
      assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  default void trimmedEventsAreForgottenAndTheirNumbersNeverComeAgain() {
    for (var i = 0; i < 5; i++) {
      store().commit(new Batch(List.of(), List.of(event("a"))));
    }
    store().events().trim(3);
    assertThat(store().events().oldest()).isEqualTo(4);
    assertThat(store().events().read(0, 10)).extracting(Event::sequence).containsExactly(4L, 5L);

    store().events().trim(5);
    assertThat(store().events().oldest()).isEqualTo(6);
    assertThat(reopened().events().head()).isEqualTo(5);
    assertThat(store().commit(new Batch(List.of(), List.of(event("b")))))
        .extracting(Event::sequence)
        .containsExactly(6L);
  }
}
