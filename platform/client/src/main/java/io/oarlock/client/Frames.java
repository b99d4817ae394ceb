package io.oarlock.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Server-sent events (WHATWG HTML, 9.2.6) out of bytes, heartbeats included: they move the
 * position.
 */
final class Frames {
  /** An event carries two images of an object, and no object is larger than a request. */
  private static final int FRAME_BYTES_MAX = 16 << 20;

  /** The platform gives a sign of life every 15 seconds. */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(45);

  private final Chunks chunks;
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
  private final Deque<Frame> ready = new ArrayDeque<>();
  private boolean isLineOver;

  Frames(Chunks chunks) {
    this.chunks = chunks;
  }

  /** One event; empty where a field was not given. */
  record Frame(String event, OptionalLong id, String data) {
    static Frame of(String text) {
      var event = "";
      var id = OptionalLong.empty();
      var data = new StringBuilder();
      for (var line : text.split("\n", -1)) {
        var colon = line.indexOf(':');
        var name = colon < 0 ? line : line.substring(0, colon);
        var value = colon < 0 ? "" : line.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (name) {
          case "event" -> event = value;
          case "id" -> id = number(value);
          case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
          default -> {
            // Comments, and fields for which the norm has no meaning or which we do not need.
          }
        }
      }
      return new Frame(event, id, data.toString());
    }

    private static OptionalLong number(String text) {
      try {
        return OptionalLong.of(Long.parseLong(text));
      } catch (NumberFormatException _) {
        return OptionalLong.empty();
      }
    }
  }

  /** The next one; empty when the stream ends. */
  Optional<Frame> next() {
    while (ready.isEmpty()) {
      var bytes = chunks.next(SILENCE_MAX);
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      split(bytes.get());
    }
    return Optional.of(ready.remove());
  }

  /** Bytes, since a letter may be cut in two where a part ends. */
  private void split(byte[] bytes) {
    for (var one : bytes) {
      if (one == '\n' && isLineOver) {
        ready.add(Frame.of(rest.toString(StandardCharsets.UTF_8)));
        rest.reset();
        isLineOver = false;
      } else {
        rest.write(one);
        isLineOver = one == '\n';
      }
    }
    if (rest.size() > FRAME_BYTES_MAX) {
      throw new ConnectionException("An event is larger than any event may be", null);
    }
  }
}
