package io.oarlock.demo;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Reads every frame on the devices of a network namespace, as a thief on the wire would. */
final class Wiretap {
  /** {@code AF_PACKET}, and {@code ETH_P_ALL} in the order of bytes on the wire (packet(7)). */
  private static final int AF_PACKET = 17;

  private static final int ETH_P_ALL = 0x0300;

  /** More than a frame that was not cut into segments yet. */
  private static final int FRAME_MAX = 128 * 1024;

  /** So long nothing more came: what was sent before has been read. */
  private static final Duration SILENCE = Duration.ofMillis(200);

  /** Most frames it reads after the end is wanted, when silence does not come. */
  private static final int REST_FRAMES_MAX = 100_000;

  private final int socket;
  private final byte[] words;
  private final Thread reader = Thread.ofPlatform().name("wiretap").daemon().unstarted(this::read);
  private volatile boolean ending;
  private volatile Heard heard = new Heard(0, 0, 0);
  private volatile Optional<IOException> failure = Optional.empty();

  /**
   * What was read.
   *
   * @param hits frames that have the words
   */
  record Heard(int frames, long bytes, int hits) {
    Heard and(int length, boolean hit) {
      return new Heard(frames + 1, bytes + length, hits + (hit ? 1 : 0));
    }

    @Override
    public String toString() {
      return "%d frames with %d bytes on the wire; the words are in %d of them"
          .formatted(frames, bytes, hits);
    }
  }

  private Wiretap(Path namespace, byte[] words) throws IOException, InterruptedException {
    this.words = words;
    this.socket =
        Elsewhere.in(
            namespace, () -> LibC.rawSocket(AF_PACKET, ETH_P_ALL, SILENCE.toNanos() / 1000));
  }

  /** What crosses the wire while something is done. */
  static Heard during(Path namespace, byte[] words, Callable<?> work)
      throws IOException, InterruptedException {
    var tap = new Wiretap(namespace, words);
    try {
      tap.reader.start();
      work.call();
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    } finally {
      tap.end();
    }
    if (tap.failure.isPresent()) {
      throw new IOException("the wire could not be read", tap.failure.get());
    }
    return tap.heard;
  }

  private void end() throws IOException, InterruptedException {
    ending = true;
    reader.join();
    LibC.close(socket);
  }

  private void read() {
    try (var arena = Arena.ofConfined()) {
      var frame = arena.allocate(FRAME_MAX);
      var left = REST_FRAMES_MAX;
      while (left > 0) {
        var length = next(frame);
        if (length > 0) {
          var bytes = frame.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
          heard = heard.and(length, contains(bytes, words));
        }
        if (ending) {
          left = length < 0 ? 0 : left - 1;
        }
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    }
  }

  /** The length of the next frame; negative when none came for a while. */
  private int next(MemorySegment frame) throws IOException {
    try {
      return LibC.receive(socket, frame);
    } catch (LibC.CallException e) {
      if (e.number() == LibC.EAGAIN || e.number() == LibC.EINTR) {
        return -1;
      }
      throw e;
    }
  }

  static boolean contains(byte[] bytes, byte[] words) {
    for (var from = 0; from + words.length <= bytes.length; from++) {
      if (Arrays.equals(bytes, from, from + words.length, words, 0, words.length)) {
        return true;
      }
    }
    return false;
  }
}
