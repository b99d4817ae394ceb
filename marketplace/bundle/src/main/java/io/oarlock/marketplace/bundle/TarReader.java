package io.oarlock.marketplace.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Reads tar archives packed by gzip: files and folders in headers of the ustar form (POSIX.1-1988).
 * Extensions, links and devices are refused.
 */
final class TarReader {
  private static final int BLOCK = 512;
  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM_LENGTH = 8;

  /** All that a bundle within the limits can need, with a header and padding for each entry. */
  private static final int TAR_MAX = Limits.CONTENTS_MAX + (Limits.ENTRIES_MAX + 20) * 2 * BLOCK;

  private final byte[] tar;
  private final Contents contents;
  private int at;

  private TarReader(byte[] tar, Contents contents) {
    this.tar = tar;
    this.contents = contents;
  }

  static boolean isGzip(byte[] archive) {
    return archive.length > 1 && (archive[0] & 0xff) == 0x1f && (archive[1] & 0xff) == 0x8b;
  }

  static void read(byte[] archive, Contents contents) throws BundleException {
    new TarReader(unpacked(archive), contents).read();
  }

  private static byte[] unpacked(byte[] archive) throws BundleException {
    var out = new ByteArrayOutputStream();
    try (var in = new GZIPInputStream(new ByteArrayInputStream(archive))) {
      var buffer = new byte[64 * 1024];
      for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        requireNoBomb(archive.length, out.size());
      }
    } catch (IOException e) {
      throw refusal("gzip", "It cannot be unpacked: " + e.getMessage() + ".", "Get it again.");
    }
    return out.toByteArray();
  }

  private static void requireNoBomb(int packed, int unpacked) throws BundleException {
    if (unpacked > TAR_MAX) {
      throw refusal(
          "contents-too-large",
          "It unpacks to more than " + TAR_MAX + " bytes.",
          "Leave out what the app does not need.");
    }
    // A tar of small files is mostly zeros, so only one that is large for its entries is a bomb.
    if (unpacked > Limits.FILE_MAX && unpacked / packed > Limits.RATIO_MAX) {
      throw refusal(
          "bomb",
          "It unpacks to more than " + Limits.RATIO_MAX + " times its size.",
          "No source code does; leave it out.");
    }
  }

  private void read() throws BundleException {
    for (var entries = 0; ; entries++) {
      if (tar.length - at < BLOCK) {
        throw refusal("tar-cut", "It ends without its two empty blocks.", "Get it again.");
      }
      if (isEmptyBlock(at)) {
        requireNothingAfter();
        return;
      }
      if (entries == Limits.ENTRIES_MAX) {
        throw refusal(
            "too-many-entries",
            "An archive has at most " + Limits.ENTRIES_MAX + " entries.",
            "Leave out what the app does not need.");
      }
      entry();
    }
  }

  private void requireNothingAfter() throws BundleException {
    for (var i = at; i < tar.length; i++) {
      if (tar[i] != 0) {
        throw refusal("tar-after-end", "There is something after its end.", "Pack it again.");
      }
    }
  }

  private void entry() throws BundleException {
    requireChecksum();
    var name = name();
    var size = octal(124, 12, name);
    var kind = tar[at + 156];
    var data = at + BLOCK;
    var length = contents.room(name, size);
    if (tar.length - data < length) {
      throw refusal("tar-cut", "It ends in the middle of " + name + ".", "Get it again.");
    }
    switch (kind) {
      case '0', 0 -> contents.add(name, Arrays.copyOfRange(tar, data, data + length));
      case '5' -> folder(name, length);
      case '1', '2' ->
          contents.refuse("symlink", name, "It is a link.", "Pack what it leads to in its place.");
      case '3', '4', '6' ->
          contents.refuse(
              "device", name, "It is neither a file nor a folder.", "Leave it out of the bundle.");
      default ->
          contents.refuse(
              "tar-kind",
              name,
              "It is an extension of tar, of kind " + (char) (kind & 0x7f) + ".",
              "Pack with --format=ustar.");
    }
    at = data + (length + BLOCK - 1) / BLOCK * BLOCK;
  }

  private void folder(String name, int length) {
    var path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    // The folder that was packed, which tar calls by a dot.
    var fault = path.equals(".") ? java.util.Optional.<Fault>empty() : BundlePath.fault(path);
    fault.ifPresent(found -> contents.refuse(found.code(), name, found.reason(), found.fix()));
    if (length != 0) {
      contents.refuse(
          "folder-with-content", name, "It is a folder with content.", "Pack it again.");
    }
  }

  private boolean isEmptyBlock(int from) {
    for (var i = from; i < from + BLOCK; i++) {
      if (tar[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private void requireChecksum() throws BundleException {
    var sum = 0L;
    for (var i = 0; i < BLOCK; i++) {
      var isSum = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_LENGTH;
      sum += isSum ? ' ' : tar[at + i] & 0xff;
    }
    if (octal(CHECKSUM_AT, CHECKSUM_LENGTH, "a header") != sum) {
      throw refusal("tar-header", "A header has a wrong checksum.", "Get it again.");
    }
    if (!text(257, 5).equals("ustar")) {
      throw refusal(
          "tar-header", "A header is not of the ustar form.", "Pack with --format=ustar.");
    }
  }

  private String name() throws BundleException {
    var prefix = text(257, 8).startsWith("ustar  ") ? "" : text(345, 155);
    var name = text(0, 100);
    var path = prefix.isEmpty() ? name : prefix + "/" + name;
    return path.startsWith("./") && path.length() > 2 ? path.substring(2) : path;
  }

  private String text(int offset, int length) throws BundleException {
    var end = 0;
    while (end < length && tar[at + offset + end] != 0) {
      end++;
    }
    try {
      var bytes = ByteBuffer.wrap(tar, at + offset, end);
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException _) {
      throw refusal("path-encoding", "A name is not UTF-8.", "Pack it with names in UTF-8.");
    }
  }

  private long octal(int offset, int length, String of) throws BundleException {
    var value = 0L;
    for (var i = 0; i < length; i++) {
      var digit = tar[at + offset + i];
      if (digit >= '0' && digit <= '7') {
        value = value * 8 + digit - '0';
      } else if (digit != ' ' && digit != 0) {
        throw refusal(
            "tar-number",
            "A number of " + BundlePath.shown(of) + " is not octal.",
            "Pack it again.");
      }
    }
    return value;
  }

  private static BundleException refusal(String code, String reason, String fix) {
    return new BundleException(Fault.of(code, reason, fix));
  }
}
