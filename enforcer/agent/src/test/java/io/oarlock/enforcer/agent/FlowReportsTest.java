package io.oarlock.enforcer.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.enforcer.datapath.FlowEvent;
import io.oarlock.enforcer.datapath.FlowEvent.Kind;
import io.oarlock.enforcer.policy.Side;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowReportsTest {
  @TempDir private Path folder;
  private final FlowWindow window = new FlowWindow(InstantSource.system());
  private final List<Map<String, Object>> taken = new ArrayList<>();

  @Test
  void whatThePlatformDoesNotTakeIsToldByTheNextAgentUnderTheSameName() throws IOException {
    var asked = new ArrayList<Object>();
    var away =
        reports(batch -> {
          asked.add(batch.get("batch"));
          throw new IOException("the platform is away");
        });
    refuse(1);
    away.keep();
    assertThatThrownBy(away::send).hasMessage("the platform is away");
    refuse(2);
    away.close();
    assertThat(away.counts()).containsEntry("waiting", 2L).containsEntry("told", 0L);

    var next = reports(taken::add);
    next.send();

    assertThat(taken).hasSize(2);
    assertThat(asked).containsExactly(taken.getFirst().get("batch"));
    assertThat(next.counts()).containsEntry("waiting", 0L).containsEntry("told", 2L);
    try (var files = Files.list(folder.resolve("flows"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void theOldestGoWhenThereIsNoRoom() throws IOException {
    var reports =
        new FlowReports(window, new FlowSpool(new StateFolder(folder), 2, 1_000_000), taken::add);
    for (var port = 1; port <= 3; port++) {
      refuse(port);
      reports.keep();
    }
    assertThat(reports.counts()).containsEntry("waiting", 2L).containsEntry("lost", 1L);
    reports.send();

    assertThat(taken).extracting(FlowReportsTest::port).containsExactly(2L, 3L);
  }

  @Test
  void whatThePlatformWillNeverTakeDoesNotHoldUpTheRest() throws IOException {
    var reports =
        reports(batch -> {
          if (port(batch) == 1) {
            throw new PlatformClient.Refusal(422, "validation", "no such flow");
          }
          taken.add(batch);
        });
    for (var port = 1; port <= 2; port++) {
      refuse(port);
      reports.keep();
    }
    reports.send();

    assertThat(taken).extracting(FlowReportsTest::port).containsExactly(2L);
    assertThat(reports.counts()).containsEntry("refused", 1L).containsEntry("told", 1L);
  }

  @Test
  void aFileThatWasChangedIsLostAndNothingElse() throws IOException {
    var reports = reports(taken::add);
    for (var port = 1; port <= 2; port++) {
      refuse(port);
      reports.keep();
    }
    try (var files = Files.list(folder.resolve("flows"))) {
      Files.writeString(files.sorted().findFirst().orElseThrow(), "{");
    }
    reports.send();

    assertThat(taken).extracting(FlowReportsTest::port).containsExactly(2L);
    assertThat(reports.counts()).containsEntry("lost", 1L);
  }

  private FlowReports reports(FlowReports.Platform platform) {
    return new FlowReports(window, new FlowSpool(new StateFolder(folder)), platform);
  }

  private void refuse(int port) {
    var local = InetAddress.getLoopbackAddress();
    window.tell(
        new FlowEvent(
            Kind.REFUSED,
            Side.RECEIVER,
            "unit-1",
            "?",
            new InetSocketAddress(local, port),
            "told",
            Optional.of(
                new FlowEvent.Facts(Optional.empty(), local, Optional.empty(), false, 0, 0))));
  }

  private static long port(Map<String, Object> batch) {
    var flow = Tree.objects(batch.get("flows")).getFirst();
    return Tree.number(flow, "destinationPort");
  }
}
