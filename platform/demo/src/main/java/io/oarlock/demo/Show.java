package io.oarlock.demo;

import java.io.IOException;
import java.util.List;

/** Something to play against a platform and, when it is cut short, to clear away. */
interface Show {
  List<Outcome> play() throws IOException, InterruptedException;

  /** Takes away what a play made that was cut short; does nothing after one that ended. */
  void clear() throws IOException, InterruptedException;
}
