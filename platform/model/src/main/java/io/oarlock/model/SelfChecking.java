package io.oarlock.model;

import java.util.List;

/** A record with rules across its attributes, which no annotation of one attribute can state. */
public interface SelfChecking {
  /** What is wrong; asked only of records whose attributes are each valid. */
  List<Violation> validate();
}
