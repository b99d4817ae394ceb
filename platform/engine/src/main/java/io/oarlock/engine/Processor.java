package io.oarlock.engine;

import java.util.function.Consumer;

/**
 * What is special about a type. The pipeline does everything else, so a type without a processor
 * needs none.
 */
interface Processor {
  /** Before validation: puts the body a caller sent into the form that is validated. */
  default void prepare(Write write) {}

  /**
   * After validation, authorization and Pre hooks: computes what the platform writes, checks rules
   * that need more than the body, adds writes to the batch. Nothing it does outside the write may
   * remain when the write is refused after it.
   */
  default void process(Write write) {}

  /** One that only does something at the end. */
  static Processor of(Consumer<Write> work) {
    return new Processor() {
      @Override
      public void process(Write write) {
        work.accept(write);
      }
    };
  }
}
