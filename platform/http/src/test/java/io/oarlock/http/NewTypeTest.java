package io.oarlock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Range;
import io.oarlock.model.Resource;
import io.oarlock.model.types.Disableable;
import io.oarlock.model.types.Meta;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A type more is one record: what it can do, where, and how it is told is derived. */
@Timeout(60)
class NewTypeTest {
  @Resource(
      group = "What runs",
      example =
          """
          {"name": "north-pier", "reach": 12}
          """)
  @Doc("A light that ships are warned by.")
  public record Lighthouse(
      Meta meta,
      @Doc("How far it is seen, in nautical miles.")
          @Example("12")
          @Range(min = 1, max = 30)
          @Filterable
          long reach,
      Disableable disableable) {}

  @Test
  void oneRecordIsServedStoredFilteredWatchedAndDocumented(@TempDir Path directory)
      throws Exception {
    try (var harbour = new RealHarbour(directory, List.of(Lighthouse.class))) {
      harbour.as(harbour.login("admin", RealHarbour.PASSWORD));
      var made = harbour.post("/v1/lighthouses", "{\"name\":\"north-pier\",\"reach\":12}");
      assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
      var at = made.headers().firstValue("Location").orElseThrow();
      assertThat(harbour.post("/v1/lighthouses", "{\"name\":\"sun\",\"reach\":31}").body())
          .contains("\"pointer\":\"/reach\"");
      assertThat(harbour.post("/v1/lighthouses", "{\"name\":\"x\",\"raech\":1}").body())
          .contains("Did you mean");

      var patch = BodyPublishers.ofString("{\"reach\":14}");
      var change = harbour.request(at).header("Content-Type", "application/merge-patch+json");
      assertThat(harbour.send(change.method("PATCH", patch)).statusCode()).isEqualTo(200);
      assertThat(
              harbour
                  .get("/v1/lighthouses?q=reach%20%3E%2013%20AND%20disabled%20==%20false")
                  .body())
          .contains("north-pier");
      assertThat(harbour.get("/v1/activities?q=targetType%20==%20lighthouse").body())
          .contains("\"operation\":\"Create\"", "\"attribute\":\"/reach\"");
      assertThat(harbour.get("/openapi.json").body())
          .contains("/v1/lighthouses/{id}", "A light that ships are warned by.");
      assertThat(harbour.get("/docs").body()).contains("How far it is seen, in nautical miles.");
    }
  }
}
