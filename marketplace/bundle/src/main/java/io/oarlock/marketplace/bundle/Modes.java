package io.oarlock.marketplace.bundle;

/** The kind of file in the Unix mode that zip archives carry. */
final class Modes {
  private static final int KIND = 0170000;
  private static final int LINK = 0120000;
  private static final int FOLDER = 0040000;
  private static final int FILE = 0100000;

  private Modes() {}

  /** Whether a mode is that of a file or folder; the others are noted as faults. */
  static boolean isPlain(String path, int mode, Contents contents) {
    var kind = mode & KIND;
    if (kind == LINK) {
      contents.refuse(
          "symlink", path, "It is a symbolic link.", "Pack what it leads to in its place.");
      return false;
    }
    var isFolder = path.endsWith("/");
    if (kind == 0 || kind == (isFolder ? FOLDER : FILE)) {
      return true;
    }
    contents.refuse(
        "device", path, "It is neither a file nor a folder.", "Leave it out of the bundle.");
    return false;
  }
}
