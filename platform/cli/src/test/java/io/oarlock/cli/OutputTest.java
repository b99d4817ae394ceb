package io.oarlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {
  @TempDir Path home;
  private final Pier pier = new Pier();
  private Shell shell;

  @BeforeEach
  void twoPolicies() throws IOException {
    shell = new Shell(home).with(pier);
    shell.run("login");
    pier.put(
        "networkaccesspolicies",
        """
        {"name":"web-to-db","subject":[["app=web","env=prod"],["app=admin"]],
         "object":[["app=db"]],"action":"Allow","ports":["tcp/5432"],"annotations":{"a":["x"]}}
        """);
    pier.put("networkaccesspolicies", "{\"name\":\"支払い\",\"subject\":[],\"action\":\"Reject\"}");
  }

  @AfterEach
  void stop() {
    pier.close();
  }

  private String list(String... options) {
    var words = new java.util.ArrayList<>(java.util.List.of("api", "list", "netpol"));
    words.addAll(java.util.List.of(options));
    return shell.run(words.toArray(String[]::new)).out();
  }

  @Test
  void tablesAlignWhatTakesTwoColumns() {
    assertThat(list("-c", "name,action,age"))
        .isEqualTo(
            """
            NAME        ACTION   AGE
            web-to-db   Allow    10m
            支払い      Reject   10m
            """);
  }

  @Test
  void aTableShowsWhatMattersOfItsType() {
    assertThat(list().lines().findFirst().orElse(""))
        .contains("NAME", "SUBJECT", "OBJECT", "ACTION", "AGE");
    assertThat(list()).contains("app=web & env=prod | app=admin");
    assertThat(list("-o", "wide")).contains("ID", "VERSION");
  }

  @Test
  void headingsAreWords() {
    assertThat(Table.heading("defaultPUIncomingTrafficAction"))
        .isEqualTo("DEFAULT PU INCOMING TRAFFIC ACTION");
    assertThat(Table.heading("localCA")).isEqualTo("LOCAL CA");
  }

  @Test
  void csvQuotesWhatNeedsIt() {
    assertThat(list("-o", "csv", "-c", "name,ports,subject"))
        .startsWith("name,ports,subject\r\n")
        .contains("web-to-db,\"[\"\"tcp/5432\"\"]\",");
  }

  @Test
  void yamlReadsBackAsItWas() {
    var documents = Yaml.documents(list("-o", "yaml"), "output");
    assertThat(documents.getFirst()).isEqualTo(io.oarlock.json.Json.parse(list("-o", "json")));
  }

  @Test
  void yamlShowsSourceCodeAsLines() {
    var yaml = Yaml.text(java.util.Map.of("source", "export default () => {\n  return 1;\n}\n"));
    assertThat(yaml).isEqualTo("source: |\n  export default () => {\n    return 1;\n  }\n");
  }

  @Test
  void pathsPickValues() {
    assertThat(list("-o", "jsonpath=.name")).isEqualTo("web-to-db\n支払い\n");
    assertThat(list("-o", "jsonpath={.name}: {.subject[0][-1]}"))
        .startsWith("web-to-db: env=prod\n");
    assertThat(list("-o", "jsonpath=$['annotations'].a[*]")).startsWith("x\n");
    assertThat(shell.run("get", "netpol", "-o", "jsonpath=.a[").exit()).isEqualTo(Exit.USAGE);
  }

  @Test
  void anUnknownColumnOrFormatGetsASuggestion() {
    assertThat(shell.run("get", "netpol", "-c", "acton").err())
        .contains("Did you mean \"action\"?");
    assertThat(shell.run("get", "netpol", "-o", "jsn").err()).contains("Did you mean \"json\"?");
  }

  @Test
  void namesCannotSteerTheTerminal() {
    pier.put("namespaces", "{\"name\":\"evil\\u001b[2J\"}");
    assertThat(shell.run("get", "ns").out()).contains("evil\\u001b[2J").doesNotContain("\u001b");
  }
}
