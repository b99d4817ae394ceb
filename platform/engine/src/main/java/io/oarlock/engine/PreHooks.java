package io.oarlock.engine;

import java.util.Map;
import java.util.Optional;

/** Those who are asked before a write is stored. */
interface PreHooks {
  /** No hooks, for parts of the platform that write by themselves. */
  PreHooks NONE = _ -> Optional.empty();

  /**
   * Asks the matching hooks in order.
   *
   * @return what to store instead, when a hook gave another object; it is validated again
   * @throws io.oarlock.model.Problem when one refuses, or does not answer and must
   */
  Optional<Map<String, Object>> ask(Write write);
}
