package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.json.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two automations that set each other off, with real workers and over the network. */
@ExtendWith(SharedProgram.class)
class LoopTest {
  /** Reactions in a chain before it is cut, as the documentation says. */
  private static final int REACTIONS = 8;

  private final Caller admin;

  LoopTest(Program program) throws Exception {
    admin = program.admin();
  }

  @Test
  void aLoopIsCutWithOneAlarmThatShowsIt() throws Exception {
    var made = admin.create("/", "namespaces", Map.of("name", "loops"));
    for (var name : List.of("ping", "pong")) {
      var network = Map.of("name", name, "entries", List.of("10.0.0.0/8"));
      admin.create("/loops", "externalnetworks", network);
    }
    admin.create("/loops", "automations", answering("answers-ping", "ping", "pong"));
    admin.create("/loops", "automations", answering("answers-pong", "pong", "ping"));

    var body = BodyPublishers.ofString(Json.text(Map.of("description", "begun")));
    var begin = admin.request("/loops", "externalnetworks/name:ping").method("PATCH", body);
    admin.send(begin).expect(200);
    Program.until(() -> !admin.get("/loops", "alarms").expect(200).list().isEmpty());

    var alarm = (Map<?, ?>) admin.get("/loops", "alarms").list().getFirst();
    assertThat(String.valueOf(alarm.get("content")))
        .contains("Update externalnetwork ping → automation answers-ping")
        .contains("Update externalnetwork pong → automation answers-pong")
        .endsWith("what the others write: answers-ping, answers-pong.");
    assertThat(alarm.get("count")).isEqualTo(1L);
    assertThat(admin.get("/loops", "runs").list()).hasSize(REACTIONS);
    admin.delete("/", "namespaces/" + made.text("id")).expect(204);
  }

  private static Map<String, Object> answering(String name, String heard, String told) {
    return Map.of(
        "name",
        name,
        "trigger",
        Map.of(
            "kind",
            "OnEvent",
            "types",
            List.of("externalnetwork"),
            "operations",
            List.of("Update"),
            "filter",
            "name == " + heard),
        "entitlements",
        Map.of("externalnetwork", List.of("get", "update", "patch")),
        "source",
        """
        export default async (ctx) => {
          await ctx.api.externalnetworks.patch('name:%s', { description: ctx.run.id });
        }
        """
            .formatted(told));
  }
}
