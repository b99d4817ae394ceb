package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MergePatchTest {
  private static Map<String, Object> tree(String json) {
    return Trees.object((Map<?, ?>) Literals.parse(json));
  }

  @Test
  void membersAreReplacedMergedAndAdded() {
    var target = tree("{\"a\": \"b\", \"c\": {\"d\": \"e\", \"f\": \"g\"}, \"l\": [1]}");

    var patched = MergePatch.apply(target, tree("{\"a\": \"z\", \"c\": {\"h\": 1}, \"l\": [2]}"));

    assertThat(patched)
        .isEqualTo(
            tree("{\"a\": \"z\", \"c\": {\"d\": \"e\", \"f\": \"g\", \"h\": 1}, \"l\": [2]}"));
    assertThat(target).containsEntry("a", "b");
  }

  @Test
  void nullRemovesAMemberHoweverDeep() {
    var patch = new HashMap<String, @Nullable Object>();
    var inner = new HashMap<String, @Nullable Object>();
    inner.put("f", null);
    patch.put("c", inner);
    patch.put("a", null);
    patch.put("none", inner);

    assertThat(MergePatch.apply(tree("{\"a\": 1, \"c\": {\"d\": 1, \"f\": 2}}"), patch))
        .isEqualTo(Map.of("c", Map.of("d", 1L), "none", Map.of()));
  }

  @Test
  void anObjectReplacesAList() {
    assertThat(MergePatch.apply(Map.of("a", List.of(1L)), tree("{\"a\": {\"b\": 1}}")))
        .isEqualTo(tree("{\"a\": {\"b\": 1}}"));
  }
}
