package io.oarlock.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a body as they come, one asked for when the one before was taken: a reader that is
 * slow holds the sender back. Read by one thread; any may close it.
 */
final class Chunks implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
  private static final int WHOLE_BYTES_MAX = 1 << 20;

  private sealed interface Part {}

  private record Bytes(List<ByteBuffer> buffers) implements Part {}

  private record End(Optional<Throwable> why) implements Part {}

  private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
  private volatile Flow.@Nullable Subscription subscription;
  private volatile boolean isClosed;

  static Chunks of(Flow.Publisher<List<ByteBuffer>> body) {
    var chunks = new Chunks();
    body.subscribe(chunks);
    return chunks;
  }

  static void discard(Flow.Publisher<List<ByteBuffer>> body) {
    of(body).close();
  }

  /** A short body, or its beginning. */
  static byte[] whole(Flow.Publisher<List<ByteBuffer>> body, Duration silenceMax) {
    var whole = new ByteArrayOutputStream();
    try (var chunks = of(body)) {
      var next = chunks.next(silenceMax);
      while (next.isPresent() && whole.size() < WHOLE_BYTES_MAX) {
        whole.writeBytes(next.get());
        next = chunks.next(silenceMax);
      }
    }
    return whole.toByteArray();
  }

  /** What came next; empty at the end. Whoever waits longer than that for it is told so. */
  Optional<byte[]> next(Duration silenceMax) {
    try {
      return switch (parts.poll(silenceMax.toNanos(), TimeUnit.NANOSECONDS)) {
        case null -> throw new ConnectionException("The stream fell silent", null);
        case Bytes(var buffers) -> {
          request();
          yield Optional.of(joined(buffers));
        }
        case End(var why) when why.isPresent() -> throw ConnectionException.of(why.get());
        case End _ -> Optional.empty();
      };
    } catch (InterruptedException _) {
      throw CancelledException.interrupted();
    }
  }

  private void request() {
    var present = subscription;
    if (present != null) {
      present.request(1);
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (isClosed) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  private static byte[] joined(List<ByteBuffer> buffers) {
    var out = new ByteArrayOutputStream();
    for (var buffer : buffers) {
      var bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    parts.add(new Bytes(buffers));
  }

  @Override
  public void onError(Throwable why) {
    parts.add(new End(Optional.of(why)));
  }

  @Override
  public void onComplete() {
    parts.add(new End(Optional.empty()));
  }

  @Override
  public void close() {
    isClosed = true;
    parts.add(new End(Optional.empty()));
    var present = subscription;
    if (present != null) {
      present.cancel();
    }
  }
}
