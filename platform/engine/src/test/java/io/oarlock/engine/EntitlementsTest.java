package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.oarlock.model.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntitlementsTest {
  private TestPlatform platform;

  @BeforeAll
  void start(@TempDir Path directory) {
    platform = new TestPlatform(directory);
  }

  @AfterAll
  void stop() {
    platform.close();
  }

  private Map<String, Object> create(String type, Map<String, Object> more) {
    var body = new java.util.LinkedHashMap<String, Object>(more);
    body.put("name", "guard");
    return platform.admin().create(type, "/", body);
  }

  private List<String> refused(Map<String, List<String>> entitlements) {
    var body =
        Map.of("trigger", Map.of("kind", "OnHook"), "source", "x", "entitlements", entitlements);
    return catchThrowableOfType(Problem.class, () -> create("automation", body))
        .violations()
        .stream()
        .map(v -> v.code() + " " + v.pointer() + " " + v.hint().orElse(v.detail()))
        .toList();
  }

  @Test
  void aTypeThatDoesNotExistIsRefusedWithTheOneThatWasMeant() {
    assertThat(refused(Map.of("alarn", List.of("create"))))
        .containsExactly("bad-format /entitlements/alarn Did you mean \"alarm\"?");
  }

  @Test
  void anOperationThatDoesNotExistIsRefusedWithTheOneThatWasMeant() {
    assertThat(refused(Map.of("alarm", List.of("craete"))))
        .containsExactly("not-a-choice /entitlements/alarm/0 Did you mean \"create\"?");
  }

  @Test
  void anOperationThatNobodyHasOnATypeIsRefused() {
    assertThat(refused(Map.of("firing", List.of("get", "create"))))
        .containsExactly(
            "operation-not-allowed /entitlements/firing Nobody can create a firing; it has"
                + " get, list, count");
  }

  @Test
  void rolesNameTypesThatExistOrAll() {
    var role = create("role", Map.of("authorizations", Map.of("*", List.of("get"))));

    assertThat(role).containsEntry("authorizations", Map.of("*", List.of("get")));
    assertThat(
            catchThrowableOfType(
                    Problem.class,
                    () -> create("role", Map.of("authorizations", Map.of("rnu", List.of("get")))))
                .violations())
        .extracting(v -> v.hint().orElse(""))
        .containsExactly("Did you mean \"run\"?");
  }
}
