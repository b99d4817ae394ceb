package io.oarlock.marketplace.bundle;

import java.util.List;

/** A bundle made to deceive, and the code of the fault that it is refused for. */
final class Hostile {
  final String name;
  final String code;
  private final byte[] archive;

  private Hostile(String name, String code, byte[] archive) {
    this.name = name;
    this.code = code;
    this.archive = archive;
  }

  static void add(List<Hostile> corpus, String name, String code, byte[] archive) {
    corpus.add(new Hostile(name, code, archive));
  }

  byte[] archive() {
    return archive.clone();
  }

  @Override
  public String toString() {
    return name;
  }
}
