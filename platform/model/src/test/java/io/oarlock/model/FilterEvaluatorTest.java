package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterEvaluatorTest {
  private static final Map<String, Object> POLICY =
      Map.of(
          "name",
          "web-to-db",
          "action",
          "Allow",
          "version",
          3L,
          "propagate",
          true,
          "createTime",
          "2026-11-21T23:50:00.000Z",
          "normalizedTags",
          List.of("$name=web-to-db", "env=prod"),
          "subject",
          List.of(List.of("app=web", "env=prod"), List.of("app=cron")),
          "ports",
          List.of(),
          "trigger",
          Map.of("kind", "OnSchedule", "share", 0.5),
          "errors",
          List.of(Map.of("code", "a", "at", 1L), Map.of("code", "b", "at", 9L)));

  private static boolean test(String filter) {
    return FilterEvaluator.test(FilterParser.parse(filter), POLICY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name == web-to-db",
        "name != other",
        "owner != me",
        "NOT owner == me",
        "version == 3.0",
        "version >= 3 AND version < 4 AND trigger.share > 0",
        "propagate == true",
        "createTime > date('2026-11-21') AND createTime < date('2026-11-22')",
        "normalizedTags CONTAINS 'env=prod'",
        "normalizedTags CONTAINS ['env=prod', '$name=web-to-db']",
        "normalizedTags == 'env=prod'",
        "subject CONTAINS 'app=cron'",
        "name CONTAINS to",
        "action IN [Reject, Allow]",
        "name MATCHES '^web'",
        "name MATCHES [nothing, 'db$']",
        "trigger.kind == OnSchedule",
        "errors.code == b AND errors.at > 8",
        "errors.code EXISTS AND ports EXISTS AND owner NOT EXISTS",
        "owner == me OR action == Allow AND version == 3"
      })
  void theseAreTrueOfThePolicy(String filter) {
    assertThat(test(filter)).isTrue();
    assertThat(filter.isEmpty() || !test("NOT (" + filter + ")")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name == other",
        "name != web-to-db",
        "normalizedTags != 'env=prod'",
        "version == \"3\"",
        "version > \"2\"",
        "owner < z",
        "owner == me",
        "normalizedTags CONTAINS env",
        "normalizedTags CONTAINS ['env=prod', 'env=dev']",
        "name CONTAINS [web, mail]",
        "version CONTAINS 3",
        "ports CONTAINS 'tcp/443'",
        "name.first EXISTS",
        "version MATCHES 3",
        "owner == me AND action == Allow OR version == 4"
      })
  void theseAreFalseOfThePolicy(String filter) {
    assertThat(test(filter)).isFalse();
  }
}
