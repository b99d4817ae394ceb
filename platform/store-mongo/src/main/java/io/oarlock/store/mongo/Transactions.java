package io.oarlock.store.mongo;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.connection.ClusterType;
import io.oarlock.store.StoreException;
import java.util.function.Function;

/** How several writes become one. */
interface Transactions {
  /** Throws with the fix where the server cannot do it. */
  void verify(MongoClient client);

  /** Runs work, again and again until nobody else came in between, and commits it. */
  <R> R run(MongoClient client, Function<Wire, R> work);

  /** Those of a replica set, acknowledged once a majority has them in its journal. */
  final class OfReplicaSet implements Transactions {
    private static final TransactionOptions OPTIONS =
        TransactionOptions.builder()
            .readConcern(ReadConcern.SNAPSHOT)
            .readPreference(ReadPreference.primary())
            .writeConcern(WriteConcern.MAJORITY.withJournal(true))
            .build();

    @Override
    public void verify(MongoClient client) {
      var cluster = client.getClusterDescription();
      if (cluster.getType() == ClusterType.STANDALONE) {
        var address = cluster.getServerDescriptions().getFirst().getAddress();
        throw new StoreException(
            "The MongoDB at %s is a single server and no replica set, so that it has no"
                    .formatted(address)
                + " transactions and no change streams. Start it with --replSet rs0, run"
                + " rs.initiate() in its shell once, and use mongodb://%s/?replicaSet=rs0"
                    .formatted(address),
            null);
      }
    }

    @Override
    public <R> R run(MongoClient client, Function<Wire, R> work) {
      try (var session = client.startSession()) {
        return new Retries(Retries.RETRY_MAX)
            .run(new SessionAttempt(session), () -> work.apply(new Wire(session)));
      }
    }
  }

  /** A transaction of a session. */
  record SessionAttempt(ClientSession session) implements Retries.Attempt {
    @Override
    public void start() {
      session.startTransaction(OfReplicaSet.OPTIONS);
    }

    @Override
    public void commit() {
      session.commitTransaction();
    }

    @Override
    public void abort() {
      if (session.hasActiveTransaction()) {
        session.abortTransaction();
      }
    }
  }
}
