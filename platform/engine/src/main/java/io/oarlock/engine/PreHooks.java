package io.oarlock.engine;

import java.util.Map;
import java.util.function.Consumer;

/** Those who are asked before a write is stored. */
interface PreHooks {
  /**
   * Asks the matching hooks in order.
   *
   * @param replace takes an object to store instead of the write's, validated again; refuses with a
   *     Problem
   * @throws io.oarlock.model.Problem when one refuses, or does not answer and must
   */
  void ask(Write write, Consumer<Map<String, Object>> replace);
}
