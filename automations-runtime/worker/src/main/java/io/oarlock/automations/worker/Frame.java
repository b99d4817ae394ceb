package io.oarlock.automations.worker;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One message between the platform and a worker: a small JSON header that both ends read, and a
/// body that the relaying end never does.
///
/// On the wire: length of the rest (4 bytes, big-endian), version, kind, length of the header (4
/// bytes), header, body.
record Frame(Kind kind, Map<String, Object> header, ByteBuffer body) {

  /// Spoken by both ends; a worker of another version is refused at its first frame.
  static final byte VERSION = 1;

  /// Longest frame either end accepts.
  static final int BYTES_MAX = 16 << 20;

  private static final int FIXED_BYTES = 1 + 1 + Integer.BYTES;

  enum Kind {
    /// Worker to platform, once, when it is warm: `pid`, `engine`.
    HELLO(1),
    /// Platform to worker: `run`, `script`, limits; the body is the context.
    RUN(2),
    /// Platform to worker: the answer to a call: `run`, `call`, `ok`.
    ANSWER(3),
    /// Platform to worker: end this run: `run`, `why`.
    STOP(4),
    /// Platform to worker: parse this script: `check`, `script`.
    CHECK(5),
    /// Worker to platform: a call: `run`, `call`, `operation`; the body is its arguments.
    CALL(6),
    /// Worker to platform: a log line: `run`, `level`; the body is the text.
    LOG(7),
    /// Worker to platform: a run passed a limit and is being stopped: `run`, `limit`, `cpu`.
    STOPPING(8),
    /// Worker to platform: what a run has allocated so far: `run`, `allocated`, `cpu`.
    USAGE(9),
    /// Worker to platform: a run ended: `run`, `outcome`, `cpu`, …; the body is its result.
    DONE(10),
    /// Worker to platform: `check`; the body is a list of problems.
    CHECKED(11),
    /// Worker to platform: where a run stands that is being stopped: `run`, `error`.
    STANDS(12);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }
  }

  static Frame of(Kind kind, Map<String, Object> header) {
    return new Frame(kind, header, ByteBuffer.allocate(0));
  }

  static Frame of(Kind kind, Map<String, Object> header, String body) {
    return new Frame(kind, header, StandardCharsets.UTF_8.encode(body));
  }

  ByteBuffer encoded() throws IOException {
    var head = Json.write(header);
    var length = FIXED_BYTES + (long) head.length + body.remaining();
    if (length > BYTES_MAX) {
      throw new IOException("a frame of %d bytes is longer than %d".formatted(length, BYTES_MAX));
    }
    return ByteBuffer.allocate(Integer.BYTES + (int) length)
        .putInt((int) length)
        .put(VERSION)
        .put(kind.code)
        .putInt(head.length)
        .put(head)
        .put(body.duplicate())
        .flip();
  }

  /// Reads what follows the length.
  static Frame decoded(ByteBuffer rest) throws IOException {
    if (rest.remaining() < FIXED_BYTES) {
      throw new IOException("a frame of %d bytes has no header".formatted(rest.remaining()));
    }
    var version = rest.get();
    if (version != VERSION) {
      throw new IOException("a frame of version %d, not %d".formatted(version, VERSION));
    }
    var kind = kind(rest.get());
    var headLength = rest.getInt();
    if (headLength < 0 || headLength > rest.remaining()) {
      throw new IOException("a header of %d bytes in a shorter frame".formatted(headLength));
    }
    var head = new byte[headLength];
    rest.get(head);
    var body = ByteBuffer.allocate(rest.remaining()).put(rest).flip();
    return new Frame(kind, header(head), body);
  }

  private static Kind kind(byte code) throws IOException {
    for (var kind : Kind.values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IOException("a frame of unknown kind " + code);
  }

  private static Map<String, Object> header(byte[] json) throws IOException {
    try {
      return Json.parseObject(json);
    } catch (JsonException e) {
      throw new IOException("a header that is no JSON object: " + e.getMessage(), e);
    }
  }

  String text() {
    return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
  }

  String string(String name) throws IOException {
    return optionalString(name).orElseThrow(() -> missing(name));
  }

  Optional<String> optionalString(String name) {
    return header.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  long number(String name) throws IOException {
    if (header.get(name) instanceof Long number) {
      return number;
    }
    throw missing(name);
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(header.get(name));
  }

  Map<String, Object> tree(String name) throws IOException {
    return optionalTree(name).orElseThrow(() -> missing(name));
  }

  Optional<Map<String, Object>> optionalTree(String name) {
    if (!(header.get(name) instanceof Map<?, ?> map)) {
      return Optional.empty();
    }
    var tree = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> tree.put(String.valueOf(key), value));
    return Optional.of(tree);
  }

  private IOException missing(String name) {
    return new IOException("a %s frame without a proper '%s'".formatted(kind, name));
  }
}
