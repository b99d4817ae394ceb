package io.oarlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiCommandsTest {
  @TempDir Path home;
  private final Pier pier = new Pier();
  private Shell shell;

  @BeforeEach
  void logIn() throws IOException {
    shell = new Shell(home).with(pier);
    shell.run("login");
    pier.asked.clear();
  }

  @AfterEach
  void stop() {
    pier.close();
  }

  @Test
  void createSendsWhatSetSaysTypedByTheModel() {
    var result =
        shell.run(
            "api",
            "create",
            "networkaccesspolicy",
            "-o",
            "json",
            "--set",
            "name=web-to-db",
            "--set",
            "subject=app=web,env=prod",
            "--set",
            "subject=app=admin",
            "--set",
            "ports=tcp/5432,udp/53",
            "--set",
            "logsEnabled=true",
            "--set",
            "action=allow");
    assertThat(Json.parseObject(result.out()))
        .containsAllEntriesOf(
            Map.of(
                "subject",
                List.of(List.of("app=web", "env=prod"), List.of("app=admin")),
                "ports",
                List.of("tcp/5432", "udp/53"),
                "logsEnabled",
                true,
                "action",
                "Allow"));
  }

  @Test
  void nestedAttributesJsonAndFilesCanBeSet() throws IOException {
    var script = Files.writeString(home.resolve("a.js"), "export default () => 1;\n");
    var result =
        shell.run(
            "api",
            "create",
            "automation",
            "-o",
            "json",
            "--set",
            "name=a",
            "--set",
            "trigger.kind=OnSchedule",
            "--set",
            "trigger.every=PT30M",
            "--set",
            "source@=" + script,
            "--set",
            "parameters:={\"n\":[1,true]}");
    assertThat(Json.parseObject(result.out()))
        .containsEntry("trigger", Map.of("kind", "OnSchedule", "every", "PT30M"))
        .containsEntry("source", "export default () => 1;\n")
        .containsEntry("parameters", Map.of("n", List.of(1L, true)));
  }

  @Test
  void aMistypedAttributeIsToldBeforeAnythingIsSent() {
    var result = shell.run("api", "create", "namespace", "--set", "nmae=acme");
    assertThat(result.exit()).isEqualTo(Exit.USAGE);
    assertThat(result.err()).contains("no attribute \"nmae\"", "Did you mean \"name\"?");
    assertThat(pier.asked).isEmpty();
  }

  @Test
  void aMistypedTypeOrOptionOrCommandGetsASuggestion() {
    assertThat(shell.run("api", "list", "namespacs").err()).contains("Did you mean \"namespace\"?");
    assertThat(shell.run("api", "list", "ns", "--recursiv").err()).contains("--recursive");
    var command = shell.run("api", "lst");
    assertThat(command.exit()).isEqualTo(Exit.USAGE);
    assertThat(command.err()).contains("list");
  }

  @Test
  void aListIsSortedDownwards() {
    assertThat(shell.run("api", "list", "ns", "--sort=-createTime").exit()).isZero();
    assertThat(pier.asked).anyMatch(asked -> asked.toString().contains("order=-createTime"));
  }

  @Test
  void violationsArePrintedWithAttributeAndHint() {
    var result = shell.run("api", "create", "namespace", "--set", "description=x");
    assertThat(result.exit()).isEqualTo(Exit.CONFLICT);
    assertThat(result.err())
        .contains(
            "The object is not valid", "- name: It needs a name.", "Add name.", "request r-1");
  }

  @Test
  void aResourceIsFoundByIdByNameAndByBareName() {
    pier.put("namespaces", "{\"name\":\"/acme\"}");
    for (var word : List.of("id1", "name:acme", "acme", "/acme")) {
      assertThat(shell.run("api", "get", "namespace", word, "-o", "jsonpath=.name").out())
          .isEqualTo("/acme\n");
    }
    assertThat(shell.run("get", "namespace//acme", "-o", "name").out())
        .isEqualTo("namespace//acme\n");
    assertThat(shell.run("get", "ns", "nobody").exit()).isEqualTo(Exit.NOT_FOUND);
  }

  @Test
  void updateWithSetPatchesAndWithAFileReplaces() throws IOException {
    pier.put("namespaces", "{\"name\":\"/acme\",\"description\":\"old\"}");
    shell.run("api", "update", "ns", "acme", "--set", "localCAEnabled=true");
    assertThat(get("acme"))
        .containsEntry("description", "old")
        .containsEntry("localCAEnabled", true);
    var file = Files.writeString(home.resolve("ns.yaml"), "kind: namespace\nname: /acme\n");
    assertThat(shell.run("api", "update", "ns", "acme", "-f", file.toString()).out())
        .isEqualTo("namespace /acme updated\n");
    assertThat(get("acme")).doesNotContainKeys("description", "localCAEnabled", "kind");
  }

  private Map<String, Object> get(String name) {
    return Json.parseObject(shell.run("api", "get", "ns", name, "-o", "json").out());
  }

  @Test
  void aStaleVersionIsAConflict() {
    pier.put("namespaces", "{\"name\":\"/acme\"}");
    var result =
        shell.run("api", "patch", "ns", "acme", "--if-match", "7", "--set", "description=x");
    assertThat(result.exit()).isEqualTo(Exit.CONFLICT);
  }

  @Test
  void allFollowsThePages() {
    for (var i = 0; i < 250; i++) {
      pier.put("namespaces", "{\"name\":\"n" + i + "\"}");
    }
    assertThat(shell.run("api", "list", "ns", "--all", "-o", "name").out().lines()).hasSize(250);
    assertThat(shell.run("api", "count", "ns").out()).isEqualTo("250\n");
    assertThat(shell.run("api", "list", "ns").err()).contains("Shown: 100 of 250");
  }

  @Test
  void deletingManyNeedsYes() {
    pier.put("namespaces", "{\"name\":\"/acme\"}");
    assertThat(shell.run("delete", "ns", "acme").out()).isEqualTo("namespace/acme deleted\n");
    assertThat(shell.run("delete", "ns", "acme").exit()).isEqualTo(Exit.NOT_FOUND);
  }

  @Test
  void tracePrintsCurlButNoSecrets() {
    var result = shell.run("login", "--trace");
    assertThat(result.err()).contains("curl -X POST", "/v1/issue").doesNotContain(Pier.PASSWORD);
    assertThat(shell.run("api", "list", "ns", "--trace").err())
        .contains("Bearer $OARLOCK_TOKEN")
        .doesNotContain(Pier.TOKEN);
  }
}
