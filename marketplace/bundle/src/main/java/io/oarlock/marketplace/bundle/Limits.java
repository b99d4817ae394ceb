package io.oarlock.marketplace.bundle;

/** How big a bundle may be. Bytes unless said otherwise. */
public final class Limits {
  /** A packed bundle; in Base64 it fits into the body of a request. */
  public static final int ARCHIVE_MAX = 700 * 1024;

  /** All files together, unpacked. */
  public static final int CONTENTS_MAX = 4 * 1024 * 1024;

  /** One file. */
  public static final int FILE_MAX = 1024 * 1024;

  /** The manifest. */
  public static final int MANIFEST_MAX = 256 * 1024;

  /** An icon. */
  public static final int ICON_MAX = 64 * 1024;

  /** One screenshot. */
  public static final int SCREENSHOT_MAX = 256 * 1024;

  /** Number of screenshots. */
  public static final int SCREENSHOTS_MAX = 8;

  /** Number of files. */
  public static final int FILES_MAX = 256;

  /** Number of entries of an archive, folders included. */
  static final int ENTRIES_MAX = 2 * FILES_MAX;

  /**
   * Unpacked bytes for one packed byte, beyond {@link #RATIO_FROM}. Source code packs five to one.
   */
  static final int RATIO_MAX = 100;

  /** What is smaller than this may pack as well as it likes. */
  static final int RATIO_FROM = 64 * 1024;

  /** Characters of a path. */
  static final int PATH_MAX = 200;

  /** Folders and file of a path together. */
  static final int PATH_PARTS_MAX = 8;

  /** Aliases of collections in a manifest. */
  static final int YAML_ALIASES_MAX = 20;

  private Limits() {}
}
