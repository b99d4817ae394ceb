package io.oarlock.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a stream of server-sent events (WHATWG HTML, section 9.2). */
final class ServerSentEvents {
  /** Longest data of one event, in characters. */
  private static final int DATA_MAX = 16 * 1024 * 1024;

  private final BufferedReader lines;
  private Optional<String> lastId;

  /** Goes on after that identifier. */
  ServerSentEvents(InputStream in, Optional<String> lastId) {
    this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.lastId = lastId;
  }

  /** A message; {@code kind} is {@code message} when the server does not say. */
  record Message(String kind, String data) {}

  /** The identifier to go on after, which heartbeats move too. */
  Optional<String> lastId() {
    return lastId;
  }

  /** The next message; empty when the stream ends. */
  Optional<Message> next() throws IOException {
    var kind = "message";
    var data = new StringBuilder();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          return Optional.of(new Message(kind, data.substring(1)));
        }
        kind = "message";
      } else if (line.startsWith("data:")) {
        append(data, value(line));
      } else if (line.startsWith("event:")) {
        kind = value(line);
      } else if (line.startsWith("id:")) {
        lastId = Optional.of(value(line));
      }
    }
    return Optional.empty();
  }

  private static void append(StringBuilder data, String value) throws IOException {
    if (data.length() + value.length() > DATA_MAX) {
      throw new IOException("An event is longer than " + DATA_MAX + " characters");
    }
    data.append('\n').append(value);
  }

  private static String value(String line) {
    var value = line.substring(line.indexOf(':') + 1);
    return value.startsWith(" ") ? value.substring(1) : value;
  }
}
