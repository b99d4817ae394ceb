package io.oarlock.engine;

import io.oarlock.store.ResourceStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the engine answers to a {@link Call}. Resources are in tree form, masked for readers. */
public sealed interface Answer {
  /** One resource; {@code created} says whether this call made it. */
  record One(Map<String, Object> resource, boolean created) implements Answer {}

  /**
   * A page.
   *
   * @param total how many match in all, counted or estimated
   * @param next cursor of the next page, if there is one
   * @param plan how the store answered, when asked to explain
   */
  record Many(
      List<Map<String, Object>> resources,
      ResourceStore.Total total,
      Optional<String> next,
      Optional<ResourceStore.Plan> plan)
      implements Answer {}

  /** How many match. */
  record Count(long total) implements Answer {}

  /** It is deleted; the resource as it was last. */
  record Gone(Map<String, Object> resource) implements Answer {}
}
