package io.oarlock.client;

import java.util.Map;

/**
 * Events that a subscriber cannot have any more, because they are past their retention.
 *
 * @param from first sequence that is missing
 * @param to last sequence that is missing
 */
public record Gap(long from, long to) {
  static Gap of(Map<String, Object> tree) {
    return new Gap(Trees.number(tree, "from"), Trees.number(tree, "to"));
  }
}
