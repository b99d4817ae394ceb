package io.oarlock.marketplace.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zips field by field, so that each can be a lie. */
final class RawZip {
  static final int FILE = 0100644;

  private final List<Entry> entries = new ArrayList<>();
  int countSaid = -1;
  byte[] before = {};
  byte[] after = {};

  /** An entry, every part of which can be changed before it is written. */
  static final class Entry {
    byte[] name;
    byte[] localName;
    byte[] data;
    int mode = FILE;
    int flags = 1 << 11;
    int method = 8;
    long crc;
    long size;
    int offset = -1;

    private Entry(byte[] name, byte[] content) {
      this.name = name;
      this.localName = name;
      this.size = content.length;
      this.data = deflated(content);
      var sum = new CRC32();
      sum.update(content);
      this.crc = sum.getValue();
    }
  }

  static RawZip of(Map<String, byte[]> files) {
    var zip = new RawZip();
    files.forEach(zip::add);
    return zip;
  }

  Entry add(String name, byte[] content) {
    return add(name.getBytes(StandardCharsets.UTF_8), content);
  }

  Entry add(byte[] name, byte[] content) {
    var entry = new Entry(name, content);
    entries.add(entry);
    return entry;
  }

  Entry first() {
    return entries.getFirst();
  }

  byte[] bytes() {
    var out = new ByteArrayOutputStream();
    out.writeBytes(before);
    for (var entry : entries) {
      entry.offset = entry.offset < 0 ? out.size() - before.length : entry.offset;
      out.writeBytes(local(entry));
      out.writeBytes(entry.data);
    }
    var directory = out.size() - before.length;
    entries.forEach(entry -> out.writeBytes(central(entry)));
    var size = out.size() - before.length - directory;
    out.writeBytes(end(directory, size));
    out.writeBytes(after);
    return out.toByteArray();
  }

  private static byte[] local(Entry entry) {
    var header = buffer(30 + entry.localName.length).putInt(0x04034b50).putShort((short) 20);
    common(header, entry);
    header.putShort((short) entry.localName.length).putShort((short) 0);
    return written(header.put(entry.localName));
  }

  private static byte[] central(Entry entry) {
    var header = buffer(46 + entry.name.length).putInt(0x02014b50).putShort((short) (3 << 8 | 20));
    header.putShort((short) 20);
    common(header, entry);
    header.putShort((short) entry.name.length).putInt(0).putInt(0);
    header.putInt(entry.mode << 16).putInt(entry.offset);
    return written(header.put(entry.name));
  }

  private static void common(ByteBuffer header, Entry entry) {
    header.putShort((short) entry.flags).putShort((short) entry.method).putInt(0x00210000);
    header.putInt((int) entry.crc).putInt(entry.data.length).putInt((int) entry.size);
  }

  private byte[] end(int directory, int size) {
    var count = (short) (countSaid < 0 ? entries.size() : countSaid);
    var end = buffer(22).putInt(0x06054b50).putInt(0).putShort(count).putShort(count);
    return written(end.putInt(size).putInt(directory).putShort((short) after.length));
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] written(ByteBuffer buffer) {
    var bytes = new byte[buffer.flip().remaining()];
    buffer.get(bytes);
    return bytes;
  }

  static byte[] deflated(byte[] content) {
    var deflater = new Deflater(9, true);
    deflater.setInput(content);
    deflater.finish();
    var out = new ByteArrayOutputStream();
    var buffer = new byte[8192];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }
}
