package io.oarlock.store.mongo;

import com.mongodb.client.MongoClient;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.oarlock.model.ResourceModel;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Function;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mongodb.MongoDBContainer;

/**
 * The MongoDB that tests run against, the best that can be had: the one at {@code
 * OARLOCK_TEST_MONGO}, else a container, else a stand-in written in Java.
 *
 * <p>The stand-in speaks the wire protocol and has no transactions. For it, and for it alone, the
 * wrapper that makes several writes one is replaced by one that just does them; everything else is
 * what runs in production. What it cannot show is said when the tests start, and skipped.
 */
final class MongoUnderTest {
  private static final String VARIABLE = "OARLOCK_TEST_MONGO";
  private static final String IMAGE = "mongo:8";

  private static final MongoUnderTest ONE = choose();

  private final String address;
  private final boolean real;

  private MongoUnderTest(String address, boolean real, String what) {
    this.address = address;
    this.real = real;
    System.err.println("The MongoDB store is tested against " + what);
  }

  private static MongoUnderTest choose() {
    var given = System.getenv(VARIABLE);
    if (given != null && !given.isEmpty()) {
      return new MongoUnderTest(given, true, "the server at " + VARIABLE);
    }
    try {
      if (DockerClientFactory.instance().isDockerAvailable()) {
        var container = new MongoDBContainer(IMAGE).withReplicaSet();
        container.start();
        var address = container.getReplicaSetUrl("");
        return new MongoUnderTest(address, true, "a replica set in a container of " + IMAGE);
      }
      return standIn("no container engine answers");
    } catch (RuntimeException e) {
      return standIn("no container of " + IMAGE + " can be started: " + e.getMessage());
    }
  }

  private static MongoUnderTest standIn(String why) {
    var backend = new MemoryBackend().version(ServerVersion.MONGO_5_0);
    backend.enableOplog();
    var server = new MongoServer(backend);
    var address = server.bind();
    return new MongoUnderTest(
        "mongodb://%s:%d/".formatted(address.getHostString(), address.getPort()),
        false,
        "a stand-in, because "
            + why
            + ". Not shown there: transactions, partial unique indexes,"
            + " explain. Set "
            + VARIABLE
            + "=mongodb://… to a replica set to show them");
  }

  static boolean isReal() {
    return ONE.real;
  }

  /** Where it is, with a database of that name. */
  static String address(String database) {
    var slash = ONE.address.indexOf('/', "mongodb://".length());
    var base = slash < 0 ? ONE.address + "/" : ONE.address.substring(0, slash + 1);
    var options = ONE.address.indexOf('?');
    return base + database + (options < 0 ? "" : ONE.address.substring(options));
  }

  /** A database that nobody has used yet. */
  static String freshDatabase() {
    return "oarlock-test-" + UUID.randomUUID().toString().substring(0, 8);
  }

  static MongoStore open(String database, ResourceModel model, InstantSource clock) {
    var transactions = ONE.real ? new Transactions.OfReplicaSet() : new NoTransactions();
    return MongoStore.open(address(database), model, clock, transactions);
  }

  /** Does the writes one by one. */
  static final class NoTransactions implements Transactions {
    @Override
    public void verify(MongoClient client) {}

    @Override
    public <R> R run(MongoClient client, Function<Wire, R> work) {
      return work.apply(new Wire(null));
    }
  }
}
