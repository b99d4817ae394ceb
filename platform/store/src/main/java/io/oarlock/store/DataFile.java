package io.oarlock.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;
import org.h2.mvstore.WriteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The file under the maps. Reads have a channel of their own: an interrupt closes the channel its
 * thread is reading from, and a request that was cancelled must close neither the channel of the
 * other readers for long nor ever that of the writer.
 */
class DataFile extends SingleFileStore {
  /** Most bytes of the buffer that a checkpoint is gathered in which are kept for the next one. */
  private static final int KEPT_MAX = 24 << 20;

  private final Path path;
  private final Object reopening = new Object();
  private volatile @Nullable FileChannel reads;
  private volatile boolean closed;
  private final AtomicReference<@Nullable WriteBuffer> kept = new AtomicReference<>();
  private volatile int usual = 1 << 20;

  DataFile(Path path, Map<String, Object> config) {
    super(config);
    this.path = path;
  }

  @Override
  public ByteBuffer readFully(@Nullable SFChunk chunk, long position, int length) {
    var interrupted = false;
    try {
      while (true) {
        try {
          var bytes = ByteBuffer.allocate(length);
          DataUtils.readFully(channel(), position, bytes);
          readCount.incrementAndGet();
          readBytes.addAndGet(length);
          return bytes;
        } catch (RuntimeException e) {
          if (closed || !isClosedChannel(e)) {
            throw e;
          }
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean isClosedChannel(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClosedByInterruptException || cause instanceof ClosedChannelException) {
        return true;
      }
    }
    return false;
  }

  private FileChannel channel() {
    var open = reads;
    if (open != null && open.isOpen()) {
      return open;
    }
    synchronized (reopening) {
      open = reads;
      if (open == null || !open.isOpen()) {
        try {
          open = FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        reads = open;
      }
      return open;
    }
  }

  /**
   * As large as the last one had to grow. The inherited pool keeps none above 4 MB, and growing to
   * that size by steps again for each checkpoint was a third of all that creates allocated (one
   * recording of 19 s).
   */
  @Override
  public WriteBuffer getWriteBuffer() {
    var buffer = kept.getAndSet(null);
    return buffer == null ? new WriteBuffer(usual) : buffer.clear();
  }

  @Override
  public void releaseWriteBuffer(WriteBuffer buffer) {
    var size = buffer.capacity();
    if (size == usual) {
      kept.set(buffer);
    } else if (size <= KEPT_MAX) {
      usual = size;
    }
  }

  @Override
  public void close() {
    closed = true;
    synchronized (reopening) {
      var open = reads;
      try {
        if (open != null) {
          open.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        super.close();
      }
    }
  }
}
