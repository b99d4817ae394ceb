package io.oarlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchingTest {
  @TempDir Path home;
  private final Pier pier = new Pier();
  private Shell shell;

  @BeforeEach
  void logIn() throws IOException {
    shell = new Shell(home).with(pier);
    shell.run("login");
  }

  @AfterEach
  void stop() {
    pier.close();
  }

  private static String event(int sequence, String operation) {
    return "id: %d\ndata: {\"sequence\":%d,\"time\":\"2026-11-22T00:00:00.000Z\",\"type\":\"namespace\",\"operation\":\"%s\",\"namespace\":\"/\",\"object\":{\"name\":\"n%d\"}}\n\n"
        .formatted(sequence, sequence, operation, sequence);
  }

  @Test
  void aCutStreamGoesOnWhereItWas() {
    pier.streams.add("retry: 1000\nid: 4\n\n");
    pier.streams.add(event(5, "Create") + ": beat\nid: 7\n\n");
    pier.streams.add(event(8, "Delete"));
    var result = shell.run("watch", "--count", "2");
    assertThat(result.exit()).isZero();
    assertThat(result.out().lines()).hasSize(2);
    assertThat(result.out()).contains("Create", "n5", "Delete", "n8");
    assertThat(pier.resumed).containsExactly("", "4", "7");
  }

  @Test
  void jsonIsOneEventPerLineAndGapsAreTold() {
    pier.streams.add(
        "event: gap\nid: 3\ndata: {\"kind\":\"Gap\",\"from\":1,\"to\":3}\n\n" + event(4, "Update"));
    pier.streams.add("event: gap\nid: 3\ndata: {\"kind\":\"Gap\",\"from\":1,\"to\":3}\n\n");
    assertThat(shell.run("watch", "--after", "0", "--count", "2", "-o", "json").out().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{"));
    assertThat(shell.run("watch", "--after", "0", "--count", "1").out())
        .contains("events 1 to 3 are gone");
  }

  @Test
  void logsFollowsRunsWithoutRepeatingLines() {
    pier.put("automations", "{\"name\":\"a\"}");
    var one = "{\"at\":\"t1\",\"level\":\"info\",\"message\":\"one\"}";
    var two = "{\"at\":\"t2\",\"level\":\"error\",\"message\":\"two\"}";
    pier.streams.add(run("Running", one) + run("Running", one + "," + two));
    pier.streams.add(run("Failed", one + "," + two));
    pier.put("runs", "{\"automation\":\"none\",\"status\":\"Running\",\"logs\":[]}");
    var result = shell.run("logs", "-f", "id2");
    assertThat(result.out().lines().filter(line -> line.contains("one"))).hasSize(1);
    assertThat(result.out().lines().filter(line -> line.contains("two"))).hasSize(1);
  }

  private static String run(String status, String logs) {
    return "data: {\"object\":{\"id\":\"id2\",\"automation\":\"id1\",\"status\":\"%s\",\"logs\":[%s]}}\n\n"
        .formatted(status, logs);
  }
}
