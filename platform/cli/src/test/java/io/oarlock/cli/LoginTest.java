package io.oarlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
  @TempDir Path home;

  @Test
  void withoutOptionsItLogsInToThePlatformOfThisHome() throws IOException {
    try (var pier = new Pier()) {
      var shell = new Shell(home).with(pier);
      assertThat(shell.run("login").exit()).isZero();
      assertThat(shell.run("api", "list", "namespaces").exit()).isZero();
      var permissions = Files.getPosixFilePermissions(home.resolve("profiles/default.json"));
      assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
    }
  }

  @Test
  void aWrongPasswordIsAnAuthenticationFailure() throws IOException {
    try (var pier = new Pier()) {
      var result =
          new Shell(home)
              .with(pier)
              .typing("wrong")
              .run("login", "--user", "admin", "--password-file", "-");
      assertThat(result.exit()).isEqualTo(Exit.AUTH);
      assertThat(result.err()).contains("Who are you?", "because of wrong-password");
    }
  }

  @Test
  void withNothingRunningItSaysHowToStartOne() {
    var result = new Shell(home).run("login");
    assertThat(result.exit()).isEqualTo(Exit.FAILURE);
    assertThat(result.err()).contains("No platform runs from", "oarlock up", "--url");
  }

  @Test
  void commandsBeforeLoginSayWhatToDo() {
    var result = new Shell(home).run("api", "list", "namespaces");
    assertThat(result.exit()).isEqualTo(Exit.AUTH);
    assertThat(result.err()).contains("oarlock login");
  }

  @Test
  void theTokenOfAProfileNeverGoesToAnotherPlatform() throws IOException {
    try (var pier = new Pier();
        var other = new Pier()) {
      var shell = new Shell(home).with(pier);
      shell.run("login");
      shell.variables.put("OARLOCK_URL", other.url());
      assertThat(shell.run("api", "list", "namespaces").exit()).isEqualTo(Exit.AUTH);
      assertThat(other.asked).isEmpty();
    }
  }

  @Test
  void variablesAloneAreEnough() {
    try (var pier = new Pier()) {
      var shell = new Shell(home);
      shell.variables.put("OARLOCK_URL", pier.url());
      shell.variables.put("OARLOCK_TOKEN", Pier.TOKEN);
      assertThat(shell.run("api", "count", "namespaces").out()).isEqualTo("0\n");
    }
  }

  @Test
  void anAgingTokenIsRenewedFromThePasswordFile() throws IOException {
    try (var pier = new Pier()) {
      var shell = new Shell(home).with(pier);
      shell.run("login");
      shell.at(Instant.parse("2100-01-01T00:00:00Z")).run("api", "list", "namespaces");
      assertThat(pier.asked).startsWith("POST /v1/issue", "POST /v1/issue");
    }
  }

  @Test
  void nothingListeningIsSaidPlainly() throws IOException {
    var shell = new Shell(home);
    try (var pier = new Pier()) {
      shell.with(pier).run("login");
    }
    var result = shell.run("api", "list", "namespaces");
    assertThat(result.exit()).isEqualTo(Exit.FAILURE);
    assertThat(result.err()).contains("Cannot reach", "oarlock up");
  }
}
