package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.automations.AutomationRunner;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A platform whose writes of policies a hook is asked about, in a new namespace for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HookedPlatform {
  static final Map<String, Object> POLICY =
      Map.of(
          "name",
          "web-to-db",
          "action",
          "Allow",
          "subject",
          List.of(List.of("app=web")),
          "object",
          List.of(List.of("app=db")));

  final Receiver receiver = new Receiver(true);
  TestPlatform platform;
  TestPlatform.Caller admin;

  /** New for each test. */
  String acme = "";

  private int count;

  /** What runs automations. */
  AutomationRunner scripts() {
    return new TestPlatform.Scripts();
  }

  @BeforeAll
  void start(@TempDir Path directory) {
    platform = new TestPlatform(directory, scripts());
    admin = platform.admin();
  }

  @BeforeEach
  void prepare() {
    acme = "/acme" + ++count;
    admin.create("namespace", "/", Map.of("name", acme.substring(1)));
    admin.create("egresspolicy", acme, Map.of("name", "local", "allow", List.of("127.0.0.0/8")));
    receiver.forget();
  }

  @AfterAll
  void stop() {
    receiver.close();
    platform.close();
  }

  Map<String, Object> hook(Map<String, Object> more) {
    var body = new LinkedHashMap<String, Object>();
    body.put("name", "guard");
    body.put("subject", List.of(List.of("$type=networkaccesspolicy")));
    body.put("endpoint", receiver.url("/hook"));
    body.put("certificateAuthority", receiver.authorities());
    body.putAll(more);
    return admin.create("hookpolicy", acme, body);
  }

  Map<String, Object> create() {
    return admin.create("networkaccesspolicy", acme, POLICY);
  }

  void assertNothingStored() {
    assertThat(admin.list("networkaccesspolicy", acme)).isEmpty();
  }

  Map<String, Object> delivery() {
    return admin.list("delivery", acme).getLast();
  }
}
