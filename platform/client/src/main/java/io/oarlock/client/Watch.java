package io.oarlock.client;

import io.oarlock.client.Frames.Frame;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Events as they happen, read by one thread. When the connection breaks it comes back and goes on
 * after the last event seen, so that none is missing and none comes twice. It ends when it is
 * closed, throws a {@link CancelledException} when its thread is interrupted, and throws what the
 * platform says when that will not have it.
 */
public final class Watch<R extends Record> implements Iterable<Change<R>>, AutoCloseable {
  private static final Duration RETURN_AFTER = Duration.ofMillis(250);
  private static final Duration RETURN_AFTER_MAX = Duration.ofSeconds(15);
  private static final Set<Integer> AGAIN = Set.of(401, 429, 500, 502, 503, 504);
  private static final int UNAUTHENTICATED = 401;
  private static final int UNAUTHENTICATED_MAX = 2;

  private final Exchange exchange;
  private final WatchOptions options;
  private final BiFunction<String, Map<String, Object>, Stored<R>> stored;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile OptionalLong position;
  private volatile @Nullable Chunks chunks;
  private @Nullable Frames frames;
  private boolean isOpen;
  private int failures;
  private int unauthenticated;

  Watch(
      Exchange exchange,
      WatchOptions options,
      BiFunction<String, Map<String, Object>, Stored<R>> stored) {
    this.exchange = exchange;
    this.options = options;
    this.stored = stored;
    this.position = options.after();
  }

  /** Sequence up to which everything was told; what a successor goes on after. */
  public OptionalLong position() {
    return position;
  }

  /** The events, one after the other; all iterators of a watch take from the same stream. */
  @Override
  public Iterator<Change<R>> iterator() {
    return new Changes();
  }

  /** The same as a stream, which is endless until the watch is closed. */
  public Stream<Change<R>> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  private final class Changes implements Iterator<Change<R>> {
    private Optional<Change<R>> ahead = Optional.empty();

    @Override
    public boolean hasNext() {
      if (ahead.isEmpty()) {
        ahead = following();
      }
      return ahead.isPresent();
    }

    @Override
    public Change<R> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the watch is closed");
      }
      var next = ahead.orElseThrow();
      ahead = Optional.empty();
      return next;
    }
  }

  /** The next event, however long it takes; empty when the watch is closed. */
  private Optional<Change<R>> following() {
    while (closed.getCount() > 0) {
      try {
        var change = read(opened());
        if (change.isPresent()) {
          failures = 0;
          unauthenticated = 0;
          return change;
        }
      } catch (ConnectionException _) {
        // It comes back.
      } catch (ProblemException e) {
        unauthenticated += e.status() == UNAUTHENTICATED ? 1 : 0;
        if (!AGAIN.contains(e.status()) || unauthenticated >= UNAUTHENTICATED_MAX) {
          disconnect();
          throw e;
        }
      } catch (RuntimeException e) {
        disconnect();
        throw e;
      }
      disconnect();
      failures++;
      pause();
    }
    return Optional.empty();
  }

  private Frames opened() {
    var present = frames;
    if (present != null) {
      return present;
    }
    var request = Request.of("GET", "events").query(options.query(position));
    var body = Chunks.of(exchange.stream(request).body());
    chunks = body;
    if (closed.getCount() == 0) {
      body.close();
    }
    var opened = new Frames(body);
    frames = opened;
    isOpen = false;
    return opened;
  }

  /** The next event on this connection; empty when that ends. */
  private Optional<Change<R>> read(Frames source) {
    for (var next = source.next(); next.isPresent(); next = source.next()) {
      var frame = next.get();
      if (frame.event().equals("end")) {
        return Optional.empty();
      }
      var change = change(frame);
      frame.id().ifPresent(id -> position = OptionalLong.of(Math.max(position.orElse(0), id)));
      if (!isOpen) {
        isOpen = true;
        options.onOpen().accept(position.orElse(0));
      }
      if (change.isPresent()) {
        return change;
      }
    }
    return Optional.empty();
  }

  private Optional<Change<R>> change(Frame frame) {
    if (frame.data().isEmpty()) {
      return Optional.empty();
    }
    var tree = Trees.object(Trees.parsed(frame.data()));
    if (frame.event().equals("gap")) {
      var gap = Gap.of(tree);
      options.onGap().orElseThrow(() -> new GapException(gap)).accept(gap);
      return Optional.empty();
    }
    var change = Change.of(tree, stored);
    position = OptionalLong.of(change.sequence());
    return Optional.of(change);
  }

  private void disconnect() {
    var present = chunks;
    if (present != null) {
      present.close();
    }
    chunks = null;
    frames = null;
  }

  private void pause() {
    var wait = Patience.backoff(Math.max(1, failures), RETURN_AFTER, RETURN_AFTER_MAX);
    try {
      var _ = closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      throw CancelledException.interrupted();
    }
  }

  /** Ends it, also for a thread that waits for the next event. */
  @Override
  public void close() {
    closed.countDown();
    var present = chunks;
    if (present != null) {
      present.close();
    }
  }
}
