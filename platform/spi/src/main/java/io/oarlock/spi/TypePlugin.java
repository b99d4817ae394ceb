package io.oarlock.spi;

import java.util.Set;

/**
 * What is special about resource types that a plugin owns. Found by {@link
 * java.util.ServiceLoader}. Everything else of a write is the pipeline's: authorization,
 * validation, hooks, the commit and its event. Called on virtual threads, so it may block, and by
 * several at once.
 */
public interface TypePlugin {
  /** Names of the types it serves; no other plugin serves them. */
  Set<String> types();

  /** Before validation: puts what a caller sent into the form that is validated. */
  default void prepare(TypeWrite write) {}

  /**
   * After validation and Pre hooks: computes what the platform writes, checks rules that need more
   * than the body, adds writes of other resources. Nothing may remain of it when the write is
   * refused after it.
   */
  void process(TypeWrite write);
}
