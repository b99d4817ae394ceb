package io.oarlock.marketplace.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads zip archives (PKWARE APPNOTE 6.3.10) of the plainest kind. A zip tells its entries twice,
 * and readers that believe one or the other see two bundles in one file: here both must agree, and
 * there is no byte that belongs to none of the entries. What needs encryption, zip64, other
 * compressions than deflate, or bits for links and devices is refused.
 */
final class ZipReader {
  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int CENTRAL = 0x02014b50;
  private static final int CENTRAL_SIZE = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_SIZE = 30;
  private static final int DESCRIPTOR_MAX = 16;
  private static final int ENCRYPTED = 1;
  private static final int DESCRIBED = 1 << 3;
  private static final int UTF_8 = 1 << 11;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int BIG_16 = 0xffff;
  private static final long BIG_32 = 0xffffffffL;

  private final ByteBuffer zip;
  private final Contents contents;

  private ZipReader(byte[] archive, Contents contents) {
    this.zip = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    this.contents = contents;
  }

  /** An entry as the central directory tells it. */
  private record Entry(
      String path, int flags, int method, long crc, int packed, long size, int mode, int offset) {
    boolean isFolder() {
      return path.endsWith("/");
    }
  }

  static void read(byte[] archive, Contents contents) throws BundleException {
    var reader = new ZipReader(archive, contents);
    try {
      reader.read();
    } catch (IndexOutOfBoundsException | java.nio.BufferUnderflowException _) {
      throw refusal("zip-cut", "It ends in the middle of an entry.", "Pack it again.");
    }
  }

  static boolean isZip(byte[] archive) {
    return archive.length > 1 && archive[0] == 'P' && archive[1] == 'K';
  }

  private void read() throws BundleException {
    var end = zip.capacity() - END_SIZE;
    if (end < 0 || zip.getInt(end) != END) {
      throw refusal(
          "zip-end",
          "It does not end with the directory of a zip: it is cut off, or has a comment.",
          "Pack it again without a comment.");
    }
    var count = u16(end + 10);
    var start = u32(end + 16);
    if (count == BIG_16 || start == BIG_32 || u16(end + 4) != 0 || u16(end + 8) != count) {
      throw refusal(
          "zip64",
          "It is of the form for huge or split archives.",
          "Pack a plain zip of one part.");
    }
    if (count > Limits.ENTRIES_MAX) {
      throw refusal(
          "too-many-entries",
          "An archive has at most " + Limits.ENTRIES_MAX + " entries, this one " + count + ".",
          "Leave out what the app does not need.");
    }
    if (start + u32(end + 12) != end) {
      throw refusal(
          "zip-gap", "There are bytes that belong to no entry before its end.", "Pack it again.");
    }
    var entries = entries((int) start, end, count);
    requireNoGaps(entries, (int) start);
    for (var entry : entries) {
      take(entry);
    }
  }

  private List<Entry> entries(int start, int end, int count) throws BundleException {
    var entries = new ArrayList<Entry>();
    var at = start;
    for (var i = 0; i < count; i++) {
      if (zip.getInt(at) != CENTRAL) {
        throw refusal("zip-directory", "Its directory is broken.", "Pack it again.");
      }
      entries.add(entry(at));
      at += CENTRAL_SIZE + u16(at + 28) + u16(at + 30) + u16(at + 32);
    }
    if (at != end) {
      throw refusal(
          "zip-directory", "Its directory has more or less than it says.", "Pack it again.");
    }
    entries.sort(Comparator.comparingInt(Entry::offset));
    return entries;
  }

  private Entry entry(int at) throws BundleException {
    var packed = u32(at + 20);
    var offset = u32(at + 42);
    if (packed > zip.capacity() || offset > zip.capacity()) {
      throw refusal("zip-cut", "An entry lies beyond its end.", "Pack it again.");
    }
    var flags = u16(at + 8);
    return new Entry(
        path(at + CENTRAL_SIZE, u16(at + 28), flags),
        flags,
        u16(at + 10),
        u32(at + 16),
        (int) packed,
        u32(at + 24),
        u16(at + 40),
        (int) offset);
  }

  private String path(int at, int length, int flags) throws BundleException {
    var charset = (flags & UTF_8) != 0 ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
    try {
      return charset.newDecoder().decode(zip.slice(at, length)).toString();
    } catch (CharacterCodingException _) {
      throw refusal(
          "path-encoding",
          "The name of an entry is not " + charset.name() + " as it says.",
          "Pack it with names in UTF-8.");
    }
  }

  private void requireNoGaps(List<Entry> entries, int directory) throws BundleException {
    var at = 0;
    for (var entry : entries) {
      if (entry.offset() < at) {
        throw at(
            entry, "zip-overlap", "Its bytes are those of another entry too.", "Pack it again.");
      }
      if (entry.offset() > at) {
        throw at(entry, "zip-gap", "Bytes before it belong to no entry.", "Pack it again.");
      }
      at = end(entry);
      if ((entry.flags() & DESCRIBED) != 0) {
        at += descriptor(entries, entry, at, directory);
      }
    }
    if (at != directory) {
      throw refusal("zip-gap", "Bytes before its directory belong to no entry.", "Pack it again.");
    }
  }

  private int end(Entry entry) {
    return dataOf(entry) + entry.packed();
  }

  private int dataOf(Entry entry) {
    return entry.offset() + LOCAL_SIZE + u16(entry.offset() + 26) + u16(entry.offset() + 28);
  }

  /** The sizes after the data of an entry that was packed as a stream: 12 bytes, or 16. */
  private static int descriptor(List<Entry> entries, Entry entry, int at, int directory) {
    var index = entries.indexOf(entry) + 1;
    var next = index < entries.size() ? entries.get(index).offset() : directory;
    return next - at == DESCRIPTOR_MAX || next - at == 12 ? next - at : 0;
  }

  private void take(Entry entry) throws BundleException {
    requireSameTwice(entry);
    if (!isPlain(entry)) {
      return;
    }
    var size = contents.room(entry.path(), entry.size());
    if (size > Limits.RATIO_FROM && size / Math.max(1, entry.packed()) > Limits.RATIO_MAX) {
      throw at(
          entry,
          "bomb",
          "It unpacks to more than " + Limits.RATIO_MAX + " times its size.",
          "No source code does; leave it out.");
    }
    var content = entry.method() == STORED ? stored(entry) : inflated(entry, size);
    var crc = new CRC32();
    crc.update(content);
    if (crc.getValue() != entry.crc()) {
      throw at(entry, "zip-checksum", "Its checksum is wrong.", "Get the archive again.");
    }
    contents.add(entry.path(), content);
  }

  private void requireSameTwice(Entry entry) throws BundleException {
    var at = entry.offset();
    var flags = u16(at + 6);
    var local = zip.getInt(at) == LOCAL;
    var name = local ? path(at + LOCAL_SIZE, u16(at + 26), flags) : "";
    var described = (flags & DESCRIBED) != 0;
    var sameSizes = u32(at + 18) == entry.packed() && u32(at + 22) == entry.size();
    if (!local
        || !name.equals(entry.path())
        || flags != entry.flags()
        || u16(at + 8) != entry.method()
        || !(sameSizes || (described && u32(at + 18) == 0 && u32(at + 22) == 0))) {
      throw at(
          entry,
          "zip-two-stories",
          "Its own header and the directory of the zip tell different things of it.",
          "Pack it again.");
    }
  }

  /** Whether it is a file to be read; folders are not, and what is neither is a fault. */
  private boolean isPlain(Entry entry) throws BundleException {
    if ((entry.flags() & ENCRYPTED) != 0) {
      throw at(entry, "encrypted", "It is encrypted.", "Pack it without a password.");
    }
    if (entry.method() != STORED && entry.method() != DEFLATED) {
      throw at(
          entry,
          "zip-method",
          "It is packed by method " + entry.method() + "; 0 and 8 are read.",
          "Pack it with deflate.");
    }
    if (!Modes.isPlain(entry.path(), entry.mode(), contents)) {
      return false;
    }
    if (entry.isFolder()) {
      folder(entry);
      return false;
    }
    return true;
  }

  private void folder(Entry entry) throws BundleException {
    BundlePath.fault(entry.path().substring(0, entry.path().length() - 1))
        .ifPresent(
            fault -> contents.refuse(fault.code(), entry.path(), fault.reason(), fault.fix()));
    if (entry.size() != 0) {
      throw at(entry, "folder-with-content", "It is a folder with content.", "Pack it again.");
    }
  }

  private byte[] stored(Entry entry) throws BundleException {
    if (entry.packed() != entry.size()) {
      throw at(entry, "zip-size", "It is stored, yet has two sizes.", "Pack it again.");
    }
    return slice(entry);
  }

  private byte[] slice(Entry entry) {
    var at = dataOf(entry);
    return Arrays.copyOfRange(zip.array(), at, at + entry.packed());
  }

  private byte[] inflated(Entry entry, int size) throws BundleException {
    var inflater = new Inflater(true);
    try {
      inflater.setInput(slice(entry));
      // One byte more than it says, to see whether there is one.
      var content = new byte[size + 1];
      var read = 0;
      for (var n = inflater.inflate(content);
          n > 0 && read + n <= size;
          n = inflater.inflate(content, read, content.length - read)) {
        read += n;
      }
      if (!inflater.finished() || inflater.getRemaining() > 0 || read != size) {
        throw at(
            entry,
            "zip-size",
            "It does not unpack to the " + size + " bytes it says.",
            "Get the archive again; sizes that lie are how bombs are hidden.");
      }
      return Arrays.copyOf(content, size);
    } catch (DataFormatException _) {
      throw at(entry, "zip-data", "It cannot be unpacked.", "Get the archive again.");
    } finally {
      inflater.end();
    }
  }

  private int u16(int at) {
    return Short.toUnsignedInt(zip.getShort(at));
  }

  private long u32(int at) {
    return Integer.toUnsignedLong(zip.getInt(at));
  }

  private static BundleException refusal(String code, String reason, String fix) {
    return new BundleException(Fault.of(code, reason, fix));
  }

  private static BundleException at(Entry entry, String code, String reason, String fix) {
    return new BundleException(new Fault(code, BundlePath.shown(entry.path()), reason, fix));
  }
}
