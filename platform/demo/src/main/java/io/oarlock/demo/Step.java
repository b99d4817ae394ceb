package io.oarlock.demo;

import java.io.IOException;

/** One thing the platform can do, played for real. */
interface Step {
  /** The word it is asked for by. */
  String story();

  String title();

  void play(Scene scene) throws IOException, InterruptedException;
}
