package io.oarlock.marketplace.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.oarlock.model.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RenderingTest {

  private static Rendering.Result rendered(String yaml, Map<String, Object> answers)
      throws BundleException {
    return Rendering.of(Apps.read(yaml), answers, "/acme", "mine");
  }

  private static Rendering.Result rendered(Map<String, Object> answers) throws BundleException {
    return rendered(Apps.YAML, answers);
  }

  @Test
  void defaultsFillInAndWhatIsNotAnsweredIsLeftOut() throws Exception {
    var result = rendered(Map.of());

    assertThat(result.violations()).isEmpty();
    var made = result.resources().getFirst();
    assertThat(made.key()).isEqualTo("automation/log of mine");
    assertThat(made.body()).containsEntry("parameters", Map.of("level", "info"));
    assertThat(made.body().get("source")).asString().contains("`${ctx.event.type}`");
    assertThat(result.secrets()).isEmpty();
  }

  @Test
  void answersAreCheckedLikeAnyResource() throws Exception {
    var result = rendered(Map.of("level", "loud", "token", "t", "chanel", "#a"));

    assertThat(result.violations())
        .extracting(Violation::pointer)
        .containsExactlyInAnyOrder("/parameters/level", "/parameters/chanel");
    assertThat(result.violations().toString()).contains("Did you mean \"channel\"?");
    assertThat(result.resources()).isEmpty();
  }

  @Test
  void aQuestionThatIsNotAskedMayNotBeAnswered() throws Exception {
    assertThat(rendered(Map.of("channel", "#a")).violations())
        .extracting(Violation::code)
        .containsExactly("not-asked");
    assertThat(rendered(Map.of("channel", "#a", "token", "t")).secrets()).containsExactly("t");
  }

  @Test
  void patternsAreThoseOfTheAuthor() throws Exception {
    var wrong = rendered(Map.of("channel", "net", "token", "t")).violations();

    assertThat(wrong).extracting(Violation::code).containsExactly("pattern");
    assertThat(wrong.getFirst().hint()).contains("A channel starts with a hash sign.");
  }

  @Test
  void aPatternIsMatchedWithEachTextOfAList() throws Exception {
    var yaml =
        Apps.YAML.replace(
            "- key: token",
            """
            - {key: mails, type: StringSlice, pattern: "[^@]+@[^@]+", defaultValue: [a@b]}
            - {key: who, type: TagsExpression, pattern: "team=.*", optional: true}
            - key: token\
            """);

    var wrong =
        rendered(
            yaml,
            Map.of(
                "mails",
                List.of("ops@example.com", "nobody", "@"),
                "who",
                List.of(List.of("team=red", "env=prod"))));

    assertThat(wrong.violations())
        .extracting(Violation::code, Violation::pointer)
        .containsExactly(
            tuple("pattern", "/parameters/mails/1"),
            tuple("pattern", "/parameters/mails/2"),
            tuple("pattern", "/parameters/who/0/1"));
    assertThat(rendered(yaml, Map.of("mails", List.of("ops@example.com"))).violations()).isEmpty();
  }

  @Test
  void anAutomationMayNotUseWhatItsAppDoesNotAskFor() throws Exception {
    var yaml =
        Apps.YAML.replace(
            "entitlements: {networkaccesspolicy: [get]}",
            "entitlements: {networkaccesspolicy: [get, delete], run: [get]}\n    secrets: [other]");

    assertThat(rendered(yaml, Map.of()).violations())
        .extracting(Violation::detail)
        .containsExactly(
            "automation/log of mine uses delete networkaccesspolicy, which permissions do not ask for.",
            "automation/log of mine uses get run, which permissions do not ask for.",
            "automation/log of mine uses the secret other, which permissions do not ask for.");
  }

  @Test
  void aPlaceholderAloneKeepsItsType() throws Exception {
    var yaml =
        Apps.YAML
            .replace(
                "parameters: {level: \"${parameters.level}\", where: \"${parameters.channel}\"}",
                "concurrency: ${parameters.many}\n    modules: {a: \"$${b}\"}")
            .replace("- key: token", "- {key: many, type: Integer, min: 1, max: 9}\n- key: token");

    var body = rendered(yaml, Map.of("many", 3L)).resources().getFirst().body();

    assertThat(body).containsEntry("concurrency", 3L).containsEntry("modules", Map.of("a", "${b}"));
    assertThat(rendered(yaml, Map.of("many", 30L)).violations()).hasSize(1);
    assertThat(rendered(yaml, Map.of()).violations())
        .extracting(Violation::code)
        .isEqualTo(List.of("required"));
  }

  @Test
  void whatIsMadeSendsRequestsOnlyWhereItsAppAsksTo() throws Exception {
    var yaml =
        Apps.YAML
            .replace("- key: token", "- {key: url, type: Endpoint}\n- key: token")
            .replace(
                "permissions:\n",
                "permissions:\n  hosts: [\"${parameters.url}\", \"*.example.com\"]\n")
            .replace(
                "resources:\n",
                """
                resources:
                  eventforwarder/there:
                    sink: {kind: Http, url: "https://a.example.com/x"}
                  eventforwarder/elsewhere:
                    sink: {kind: Syslog, host: evil.example.net}
                  hookpolicy/hook:
                    endpoint: https://example.com/
                  automation/own:
                    trigger: {kind: OnCall}
                    source: ${file:main.js}
                    hosts: [b.example.com, "*"]
                """);

    var result = rendered(yaml, Map.of("url", "https://[2001:DB8::1]:8443/hook"));

    assertThat(result.hosts()).containsExactly("2001:db8::1", "*.example.com");
    assertThat(result.resources().getLast().body())
        .containsEntry("hosts", List.of("2001:db8::1", "*.example.com"));
    assertThat(result.violations())
        .extracting(Violation::detail)
        .containsExactly(
            "eventforwarder/elsewhere uses requests to evil.example.net, which permissions do not ask for.",
            "hookpolicy/hook uses requests to example.com, which permissions do not ask for.",
            "automation/own uses requests to *, which permissions do not ask for.");
  }
}
