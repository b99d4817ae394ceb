package io.oarlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyingTest {
  private static final String TWO =
      """
      kind: namespace
      name: acme
      ---
      # lives in the namespace above
      kind: networkaccesspolicy
      namespace: /acme
      name: web-to-db
      subject: [[app=web]]
      object: [[app=db]]
      ports: [tcp/5432]
      """;

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

  private Shell.Result apply(String text, String... options) throws IOException {
    var file = Files.writeString(home.resolve("house.yaml"), text);
    var words = new java.util.ArrayList<>(java.util.List.of("apply", "-f", file.toString()));
    words.addAll(java.util.List.of(options));
    return shell.run(words.toArray(String[]::new));
  }

  private long writes() {
    return pier.asked.stream()
        .filter(ask -> !ask.startsWith("GET") && !ask.contains("dryRun=true"))
        .count();
  }

  @Test
  void theSameFilesAgainChangeNothing() throws IOException {
    assertThat(apply(TWO).out())
        .isEqualTo("namespace /acme created\nnetworkaccesspolicy/web-to-db in /acme created\n");
    pier.put("namespaces", "{\"name\":\"/acme\"}");
    assertThat(apply(TWO.substring(TWO.indexOf("---"))).out())
        .isEqualTo("networkaccesspolicy/web-to-db in /acme unchanged\n");
    assertThat(writes()).isEqualTo(2);
  }

  @Test
  void nothingIsWrittenWhenOneDocumentIsRefused() throws IOException {
    var result = apply("kind: namespace\nname: acme\n---\nkind: automtion\nname: a\n");
    assertThat(result.exit()).isEqualTo(Exit.USAGE);
    assertThat(result.err()).contains("house.yaml #2", "Did you mean \"automation\"?");
    assertThat(writes()).isZero();
  }

  @Test
  void aDryRunWritesNothingAndShowsTheDifference() throws IOException {
    pier.put("namespaces", "{\"name\":\"/acme\",\"description\":\"old\"}");
    var result = apply("kind: namespace\nname: acme\ndescription: new\n", "--dry-run", "--diff");
    assertThat(result.out())
        .contains("namespace /acme updated (dry run)", "- description: old", "+ description: new");
    assertThat(writes()).isZero();
  }

  @Test
  void diffExitsWithOneWhenSomethingDiffers() {
    pier.put("namespaces", "{\"name\":\"/acme\",\"description\":\"old\"}");
    var same = "{\"kind\":\"namespace\",\"name\":\"acme\",\"description\":\"old\"}";
    assertThat(shell.typing(same).run("diff", "-f", "-").exit()).isZero();
    var other = same.replace("old", "new");
    assertThat(shell.typing(other).run("diff", "-f", "-").exit()).isEqualTo(1);
    assertThat(shell.typing("{\"kind\":").run("diff", "-f", "-").exit()).isGreaterThan(1);
  }

  @Test
  void whatWasShownCanBeApplied() throws IOException {
    apply(TWO);
    var shown = shell.run("get", "netpol", "web-to-db", "-o", "yaml").out();
    assertThat(apply("kind: netpol\n" + shown).out()).endsWith("unchanged\n");
  }

  @Test
  void yamlThatCannotBeReadSaysWhere() throws IOException {
    var result = apply("kind: namespace\nname: [acme\n");
    assertThat(result.exit()).isEqualTo(Exit.CONFLICT);
    assertThat(result.err()).contains("is not YAML (line");
  }
}
