package io.oarlock.http;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Where the events of one subscriber go. Called from any thread; never waits. */
interface Sink {
  /** Sends in order; done when there is room for more, failed when the subscriber has left. */
  Future<Void> send(List<Map<String, Object>> messages);

  /** A sign of life that tells how far the feed is; done and failed as above. */
  Future<Void> beat(long position);

  void end(Ending ending);
}
