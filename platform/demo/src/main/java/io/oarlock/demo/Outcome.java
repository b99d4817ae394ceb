package io.oarlock.demo;

/** How a story went: how many of its claims held and how many did not. */
public record Outcome(String story, int held, int broken) {

  /** Whether it did what it narrates; a story that showed nothing did not. */
  public boolean good() {
    return broken == 0 && held > 0;
  }
}
