package io.oarlock.marketplace.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes tars field by field, so that each can be a lie. */
final class RawTar {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  String magic = "ustar\00000";
  String sizeSaid = "";

  static RawTar of(Map<String, byte[]> files) {
    var tar = new RawTar();
    files.forEach((path, content) -> tar.add(path, '0', content));
    return tar;
  }

  RawTar add(String path, char kind, byte[] content) {
    var header = new byte[512];
    put(header, 0, path);
    put(header, 100, "0000644");
    put(header, 124, sizeSaid.isEmpty() ? "%011o".formatted(content.length) : sizeSaid);
    put(header, 156, String.valueOf(kind));
    put(header, 257, magic);
    Arrays.fill(header, 148, 156, (byte) ' ');
    var sum = 0;
    for (var each : header) {
      sum += each & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    out.writeBytes(header);
    out.writeBytes(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
    return this;
  }

  private static void put(byte[] header, int at, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  /** As it is so far, without the end. */
  byte[] unfinished() {
    return out.toByteArray();
  }

  byte[] gzipped() {
    return gzip(Arrays.copyOf(out.toByteArray(), out.size() + 1024));
  }

  static byte[] gzip(byte[] content) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
