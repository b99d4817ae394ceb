package io.oarlock.marketplace.bundle;

import static io.oarlock.marketplace.bundle.Apps.bytes;
import static io.oarlock.marketplace.bundle.Hostile.add;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Archives that lie, lead elsewhere, or swell. */
final class HostileArchives {
  private HostileArchives() {}

  static void all(List<Hostile> corpus) {
    zips(corpus);
    paths(corpus);
    sizes(corpus);
    tars(corpus);
  }

  private static void zip(List<Hostile> corpus, String name, String code, Consumer<RawZip> spoil) {
    var zip = RawZip.of(Apps.files());
    spoil.accept(zip);
    add(corpus, name, code, zip.bytes());
  }

  private static void zips(List<Hostile> corpus) {
    var good = Apps.packed(Apps.files());
    add(corpus, "nothing", "no-archive", new byte[0]);
    add(corpus, "text", "no-archive", bytes("name: app"));
    add(corpus, "cut in half", "zip-end", Arrays.copyOf(good, good.length / 2));
    zip(corpus, "a comment", "zip-end", zip -> zip.after = bytes("hello"));
    zip(corpus, "bytes in front", "zip-gap", zip -> zip.before = bytes("PK#!/bin/sh\n"));
    zip(corpus, "zip64", "zip64", zip -> zip.countSaid = 0xffff);
    zip(corpus, "fewer entries than said", "zip-directory", zip -> zip.countSaid = 4);
    zip(corpus, "more entries than said", "zip-directory", zip -> zip.countSaid = 2);
    zip(
        corpus,
        "two entries of the same bytes",
        "zip-overlap",
        zip -> zip.add("b", bytes("b")).offset = 0);
    zip(
        corpus,
        "an entry beyond the end",
        "zip-cut",
        zip -> zip.add("b", bytes("b")).offset = 1 << 30);
    zip(corpus, "two names", "zip-two-stories", zip -> zip.first().localName = bytes("app.yamL"));
    zip(corpus, "a password", "encrypted", zip -> zip.first().flags |= 1);
    zip(corpus, "bzip2", "zip-method", zip -> zip.first().method = 12);
    zip(corpus, "a wrong checksum", "zip-checksum", zip -> zip.first().crc ^= 1);
    zip(corpus, "more bytes than said", "zip-size", zip -> zip.first().size--);
    zip(corpus, "fewer bytes than said", "zip-size", zip -> zip.first().size++);
    zip(corpus, "two sizes", "zip-size", zip -> zip.first().method = 0);
    zip(corpus, "no deflate", "zip-data", zip -> Arrays.fill(zip.first().data, (byte) 0xff));
    zip(
        corpus,
        "a symbolic link",
        "symlink",
        zip -> zip.add("b", bytes("/etc/passwd")).mode = 0120777);
    zip(corpus, "a device", "device", zip -> zip.add("b", bytes("")).mode = 0060644);
    zip(corpus, "a pipe", "device", zip -> zip.add("b", bytes("")).mode = 0010644);
    zip(
        corpus,
        "a folder that is a file",
        "device",
        zip -> zip.add("b/", bytes("")).mode = 0100644);
    zip(
        corpus,
        "a folder with content",
        "folder-with-content",
        zip -> zip.add("b/", bytes("x")).mode = 0);
  }

  private static void paths(List<Hostile> corpus) {
    path(corpus, "../evil.js", "path-parent");
    path(corpus, "a/../../evil.js", "path-parent");
    path(corpus, "../", "path-parent");
    path(corpus, "/etc/cron.d/evil", "path-absolute");
    path(corpus, "C:evil.js", "path-absolute");
    path(corpus, "..\\evil.js", "path-backslash");
    path(corpus, "a\0b.js", "path-nul");
    path(corpus, "cafe\u0301.js", "path-not-nfc");
    path(corpus, "main.js\u202egnp.exe", "path-characters");
    path(corpus, "line\nbreak.js", "path-characters");
    path(corpus, "a b.js", "path-characters");
    path(corpus, "main.js:stream", "path-characters");
    path(corpus, "nul.js", "path-device");
    path(corpus, "main.js.", "path-dot-at-end");
    path(corpus, "a//b.js", "path-not-plain");
    path(corpus, "./b.js", "path-not-plain");
    path(corpus, "", "path-empty");
    path(corpus, "a/b/c/d/e/f/g/h/i.js", "path-too-deep");
    path(corpus, "a".repeat(201), "path-too-long");
    path(corpus, "MAIN.js", "twin-case");
    path(corpus, "ma\u0131n.JS", "twin-case");
    path(corpus, "main.js", "twin");
    zip(
        corpus,
        "twins by ligature",
        "twin-case",
        zip -> {
          zip.add("\ufb01.js", bytes(""));
          zip.add("fi.js", bytes(""));
        });
    zip(
        corpus,
        "a name that is no text",
        "path-encoding",
        zip -> zip.add(new byte[] {(byte) 0xc3, 0x28}, bytes("")));
    zip(
        corpus,
        "a name beyond ASCII that does not say so",
        "path-encoding",
        zip -> zip.add("\u00e9.js", bytes("")).flags = 0);
  }

  private static void path(List<Hostile> corpus, String path, String code) {
    var name = path.isEmpty() ? "an empty path" : "path " + BundlePath.shown(path);
    zip(
        corpus,
        name,
        code,
        zip -> {
          var entry = zip.add(path, bytes(""));
          entry.mode = path.endsWith("/") ? 0040755 : RawZip.FILE;
        });
  }

  private static void sizes(List<Hostile> corpus) {
    zip(corpus, "a bomb", "bomb", zip -> zip.add("zeros", new byte[900_000]));
    zip(
        corpus,
        "a large file",
        "file-too-large",
        zip -> zip.add("zeros", new byte[Limits.FILE_MAX + 1]));
    zip(
        corpus,
        "large together",
        "contents-too-large",
        zip -> {
          for (var i = 0; i < 5; i++) {
            zip.add("large" + i, sparse(900_000));
          }
        });
    zip(
        corpus,
        "many files",
        "too-many-files",
        zip -> {
          for (var i = 0; i < Limits.FILES_MAX; i++) {
            zip.add("file" + i, bytes(""));
          }
        });
    zip(
        corpus,
        "many folders",
        "too-many-entries",
        zip -> {
          for (var i = 0; i < Limits.ENTRIES_MAX; i++) {
            zip.add("folder" + i + "/", bytes("")).mode = 0;
          }
        });
    var large = new byte[Limits.ARCHIVE_MAX + 1];
    large[0] = 'P';
    large[1] = 'K';
    add(corpus, "a large archive", "archive-too-large", large);
  }

  /** Packs to about a tenth, so that it is no bomb. */
  private static byte[] sparse(int size) {
    var random = new Random(7);
    var bytes = new byte[size];
    for (var i = 0; i < size; i += 16) {
      bytes[i] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static void tars(List<Hostile> corpus) {
    tar(corpus, "tar: a symbolic link", "symlink", '2');
    tar(corpus, "tar: a hard link", "symlink", '1');
    tar(corpus, "tar: a device", "device", '3');
    tar(corpus, "tar: a pipe", "device", '6');
    tar(corpus, "tar: a pax extension", "tar-kind", 'x');
    tar(corpus, "tar: a long name of GNU", "tar-kind", 'L');
    var good = RawTar.of(Apps.files());
    var odd = new RawTar();
    odd.sizeSaid = "77777777x";
    var old = new RawTar();
    old.magic = "";
    add(
        corpus,
        "tar: a parent",
        "path-parent",
        RawTar.of(Apps.files()).add("../b", '0', bytes("")).gzipped());
    add(
        corpus,
        "tar: a folder above",
        "path-parent",
        RawTar.of(Apps.files()).add("../", '5', bytes("")).gzipped());
    add(corpus, "tar: a number that is none", "tar-number", odd.add("b", '0', bytes("")).gzipped());
    add(corpus, "tar: a huge size", "file-too-large", huge());
    add(corpus, "tar: the form before ustar", "tar-header", old.add("b", '0', bytes("")).gzipped());
    add(corpus, "tar: no end", "tar-cut", RawTar.gzip(good.unfinished()));
    var after = Arrays.copyOf(good.unfinished(), good.unfinished().length + 1600);
    after[after.length - 1] = 1;
    add(corpus, "tar: more after the end", "tar-after-end", RawTar.gzip(after));
    var spoilt = good.unfinished().clone();
    spoilt[0] ^= 1;
    add(corpus, "tar: a wrong checksum", "tar-header", RawTar.gzip(spoilt));
    var packed = good.gzipped();
    add(corpus, "gzip: cut in half", "gzip", Arrays.copyOf(packed, packed.length / 2));
    add(corpus, "gzip: a bomb", "bomb", RawTar.gzip(new byte[3_000_000]));
  }

  private static byte[] huge() {
    var tar = new RawTar();
    tar.sizeSaid = "77777777777";
    return tar.add("b", '0', bytes("")).gzipped();
  }

  private static void tar(List<Hostile> corpus, String name, String code, char kind) {
    add(corpus, name, code, RawTar.of(Apps.files()).add("b", kind, bytes("")).gzipped());
  }
}
