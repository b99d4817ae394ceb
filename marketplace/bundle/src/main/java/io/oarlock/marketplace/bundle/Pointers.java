package io.oarlock.marketplace.bundle;

/** JSON pointers (RFC 6901). */
final class Pointers {
  private Pointers() {}

  static String of(String parent, String member) {
    return parent + "/" + member.replace("~", "~0").replace("/", "~1");
  }
}
