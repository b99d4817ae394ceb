package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.model.types.ResourceTypes;
import org.junit.jupiter.api.Test;

class ReferencePageTest {
  private final ResourceModel model = ModelReader.read(ResourceTypes.all());

  @Test
  void aPageTellsRequestsExampleAndAttributes() {
    var page = ReferencePage.of(model.require("hookpolicy"));

    assertThat(page)
        .startsWith("# hookpolicy\n\nCalls a URL or an automation")
        .contains("| `POST /v1/hookpolicies` | Makes one. |")
        .contains("  \"endpoint\": \"https://hooks.example.com/oarlock\",\n")
        .contains("| `timeout` | Longest wait for an answer, at most PT30S. Example: `\"PT5S\"`")
        .contains("duration (ISO 8601) | default `\"PT5S\"` |")
        .contains("- `Continue`: The write goes on unchecked.");
  }

  @Test
  void whatIsHiddenStaysOutOfThePage() {
    assertThat(ReferencePage.of(model.require("hookpolicy"))).doesNotContain("signingPrivateKey");
  }

  @Test
  void typesThatCannotBeWrittenShowNoWrites() {
    assertThat(ReferencePage.of(model.require("run")))
        .contains(
            "| `GET /v1/runs/{id}` |", "| `POST /v1/runs/{id}/redrive` |", "Kept for 30 days.")
        .doesNotContain("PUT /v1/runs");
  }

  @Test
  void onePartIsFoundByItsPath() {
    var automation = model.require("automation");

    assertThat(ReferencePage.of(automation, "trigger.cron"))
        .hasValueSatisfying(part -> assertThat(part).contains("OnSchedule: Cron expression"));
    assertThat(ReferencePage.of(automation, "trigger.corn")).isEmpty();
  }

  @Test
  void barsDoNotBreakTheTables() {
    for (var type : model.types()) {
      ReferencePage.of(type)
          .lines()
          .filter(line -> line.startsWith("| `"))
          .forEach(line -> assertThat(line.replace("\\|", "").split(" \\| ")).hasSizeBetween(2, 4));
    }
  }
}
