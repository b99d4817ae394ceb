package io.oarlock.model;

/** Says what stands behind a path. */
@FunctionalInterface
interface FilterTyping {
  FilterOperand operand(String path);
}
