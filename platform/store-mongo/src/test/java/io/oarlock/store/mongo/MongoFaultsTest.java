package io.oarlock.store.mongo;

import static io.oarlock.store.kit.Things.batch;
import static io.oarlock.store.kit.Things.event;
import static io.oarlock.store.kit.Things.insert;
import static io.oarlock.store.kit.Things.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.oarlock.model.Index;
import io.oarlock.store.Batch;
import io.oarlock.store.Event;
import io.oarlock.store.StoreException;
import io.oarlock.store.kit.Things;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What can go wrong between the store and its servers. */
class MongoFaultsTest {
  private final String database = MongoUnderTest.freshDatabase();

  @AfterEach
  void drop() {
    try (var client = MongoClients.create(MongoUnderTest.address(database))) {
      client.getDatabase(database).drop();
    }
  }

  private MongoStore open() {
    return MongoUnderTest.open(database, Things.model(), InstantSource.system());
  }

  @Test
  void aServerThatIsNoReplicaSetIsRefusedWithTheFix() {
    assumeFalse(MongoUnderTest.isReal(), "faults are injected into a server of our own");

    assertThatThrownBy(() -> MongoStore.open(MongoUnderTest.address(database), Things.model()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no replica set")
        .hasMessageContaining("--replSet rs0")
        .hasMessageContaining("rs.initiate()");
  }

  @Test
  void whereNothingAnswersTheAddressIsNamedWithoutItsPassword() {
    var nowhere = "mongodb://user:hunter2@127.0.0.1:1/?serverSelectionTimeoutMS=200";

    assertThatThrownBy(() -> MongoStore.open(nowhere, Things.model()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void anAddressOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> MongoStore.open("postgres://db", Things.model()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("mongodb://host1,host2/?replicaSet=rs0");
  }

  @Test
  void aDatabaseOfAnotherFormatIsRefused() {
    open().close();
    try (var client = MongoClients.create(MongoUnderTest.address(database))) {
      client
          .getDatabase(database)
          .getCollection("store")
          .updateOne(Filters.eq("_id", "format"), Updates.set("format", "oarlock-mongo 99"));
    }

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("oarlock-mongo 99");
  }

  @Test
  void indexesFollowTheModel() {
    open().close();
    var fewer = Things.model(List.of(new Index(List.of("rank"), false)));
    MongoUnderTest.open(database, fewer, InstantSource.system()).close();

    try (var client = MongoClients.create(MongoUnderTest.address(database))) {
      var things = client.getDatabase(database).getCollection("documents.thing");
      assertThat(things.listIndexes().map(index -> index.getString("name")).into(new ArrayList<>()))
          .containsExactlyInAnyOrder("_id_", "namespace", "namespace,rank", "expiry");
    }
  }

  @Test
  void eventsOfAnotherNodeAreHeardOf() throws InterruptedException {
    try (var here = open();
        var there = open()) {
      var heard = new CountDownLatch(1);
      try (var _ = here.events().onAppend(() -> countIfAny(here, heard))) {
        there.commit(new Batch(List.of(), List.of(event("a"))));
        assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private static void countIfAny(MongoStore store, CountDownLatch heard) {
    if (store.events().head() > 0) {
      heard.countDown();
    }
  }

  @Test
  void aNetworkThatIsCutIsGoneBackTo() throws Exception {
    assumeFalse(MongoUnderTest.isReal(), "faults are injected into a server of our own");
    var server = new ConnectionString(MongoUnderTest.address(database)).getHosts().getFirst();
    var port = Integer.parseInt(server.substring(server.indexOf(':') + 1));
    try (var proxy = new Proxy(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        var store =
            MongoStore.open(
                "mongodb://127.0.0.1:" + proxy.port() + "/" + database,
                Things.model(),
                InstantSource.system(),
                new MongoUnderTest.NoTransactions())) {
      for (var i = 0; i < 5; i++) {
        var id = "t" + i;
        proxy.cut();
        untilWritten(store, id);
        proxy.cut();
        assertThat(store.get(Things.THING, id)).isPresent();
      }
      assertThat(store.count(Things.things(Things.everywhere()))).isEqualTo(5);
    }
  }

  // Without transactions a lost connection leaves open whether the write arrived: a put may repeat.
  private static void untilWritten(MongoStore store, String id) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      try {
        store.commit(batch(new Batch.Write.Put(thing(id, "/acme"))));
        return;
      } catch (StoreException e) {
        assertThat(e).hasMessageContaining("MongoDB");
        assertThat(System.nanoTime()).isLessThan(deadline);
      }
    }
  }

  @Test
  void writersOfTwoNodesMakeOneLogWithoutGaps() throws Exception {
    assumeTrue(
        MongoUnderTest.isReal(),
        "needs transactions: set OARLOCK_TEST_MONGO to the URL of a replica set");
    var acknowledged = new ConcurrentLinkedQueue<Event>();
    try (var here = open();
        var there = open()) {
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var node : List.of(here, there)) {
          for (var w = 0; w < 8; w++) {
            var id = System.identityHashCode(node) + "-" + w;
            threads.execute(() -> write(node, id, acknowledged));
          }
        }
      }
      assertThat(acknowledged)
          .extracting(Event::sequence)
          .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 160).boxed().toList());
      assertThat(here.events().read(0, 1000)).containsExactlyInAnyOrderElementsOf(acknowledged);
    }
  }

  private static void write(MongoStore node, String writer, ConcurrentLinkedQueue<Event> events) {
    for (var i = 0; i < 10; i++) {
      var id = writer + "-" + i;
      var write = insert(thing(id, "/acme"));
      events.addAll(node.commit(new Batch(List.of(write), List.of(event(id)))));
    }
  }
}
