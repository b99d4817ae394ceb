package io.oarlock.marketplace.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private static final String DIGEST = "sha256:" + "0".repeat(64);

  private static CatalogEntry entry(String name, String version, String title, String summary) {
    return new CatalogEntry(
        name,
        SemanticVersion.parse(version),
        title,
        summary,
        "Audit",
        Optional.empty(),
        DIGEST,
        List.of(),
        List.of(),
        name + "-" + version + ".zip");
  }

  private static List<String> shown(List<CatalogEntry> entries) {
    return entries.stream().map(CatalogEntry::shown).toList();
  }

  @Test
  void wordsFindTheNewestOfEachAppAndItsNameCountsMost() {
    var catalog =
        new Catalog(
            List.of(
                entry("cleaner", "1.0.0", "Cleaner", "Removes every policy nobody uses."),
                entry("policy-log", "1.9.0", "Log", "Writes lines."),
                entry("policy-log", "1.10.0", "Log", "Writes lines."),
                entry("policy-log", "2.0.0-beta.1", "Log", "Writes lines."),
                entry("quota", "1.0.0", "A Policy of quotas", "Counts.")));

    assertThat(shown(catalog.search(List.of("POLICY"), 10)))
        .containsExactly("policy-log@1.10.0", "quota@1.0.0", "cleaner@1.0.0");
    assertThat(shown(catalog.search(List.of("policy", "lines"), 10)))
        .containsExactly("policy-log@1.10.0");
    assertThat(catalog.search(List.of(), 10)).hasSize(3);
    assertThat(catalog.search(List.of(), 2)).hasSize(2);
    assertThat(catalog.search(List.of("policy", "nothing"), 10)).isEmpty();
  }

  @Test
  void aRangeIsAVersionOrItsBeginning() {
    var catalog =
        new Catalog(
            List.of(
                entry("log", "1.4.0", "Log", "Lines."),
                entry("log", "1.4.2", "Log", "Lines."),
                entry("log", "1.10.0", "Log", "Lines."),
                entry("log", "2.0.0-beta.1", "Log", "Lines.")));

    for (var each :
        Map.of("1", "1.10.0", "1.4", "1.4.2", "1.4.0", "1.4.0", "2", "2.0.0-beta.1").entrySet()) {
      var found = catalog.find("log", VersionRange.parse(each.getKey())).orElseThrow();
      assertThat(found.version()).hasToString(each.getValue());
    }
    assertThat(catalog.find("log", VersionRange.ANY).orElseThrow().shown()).isEqualTo("log@1.10.0");
    assertThat(catalog.find("log", VersionRange.parse("1.1"))).isEmpty();
    for (var wrong : List.of("^1", "1.", "1.4.0.0", "01", "latest", "")) {
      assertThatThrownBy(() -> VersionRange.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("write 1, 1.4 or 1.4.0");
    }
  }

  @Test
  void anIndexSaysWhatItsBundlesAre() throws Exception {
    var bundle = Apps.good().signed(PrivateKey.make());
    var catalog = Catalog.read(Catalog.of(Map.of("log.zip", bundle)).index());

    var entry = catalog.find("policy-change-log", VersionRange.ANY).orElseThrow();

    assertThat(entry.summary()).isEqualTo("Writes a log line for every change of a policy.");
    assertThat(entry.permissions())
        .containsExactly("get, list networkaccesspolicy", "use the secret ${parameters.token}");
    assertThat(entry.publisher()).contains(bundle.signature().orElseThrow().publisher().toString());
    Catalog.require(entry, bundle);
    var other = Apps.read(Apps.YAML.replace("a log line", "another line"));
    assertThatThrownBy(() -> Catalog.require(entry, other))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("the bundle was exchanged");
  }

  @Test
  void anIndexThatIsNotWholeIsRefusedWithTheReason() throws Exception {
    var good = new String(Catalog.of(Map.of("log.zip", Apps.good())).index(), UTF_8);
    Catalog.read(good.getBytes(UTF_8));
    var spoilt =
        Map.of(
            "no JSON object", good.substring(1),
            "/format", good.replace("\"format\": 1", "\"format\": 2"),
            "list of at most", good.replace("\"apps\"", "\"app\""),
            "name is", good.replace("\"policy-change-log\"", "\"Policy Log\""),
            "semantic version", good.replace("1.0.0", "1.0"),
            "digest is", good.replace("sha256:", "md5:"),
            "bundle is", good.replace("log.zip", "../log.zip"),
            "screenshots is",
                good.replace("\"bundle\"", "\"screenshots\": [\"../a.png\"], \"bundle\""),
            "/apps/0", good.replace("\"summary\"", "\"sumary\""));

    spoilt.forEach((reason, index) ->
        assertThatThrownBy(() -> Catalog.read(index.getBytes(UTF_8)))
            .as(reason)
            .isInstanceOf(BundleException.class)
            .hasMessageContaining(reason));
    assertThatThrownBy(() -> Catalog.read(new byte[Catalog.BYTES_MAX + 1]))
        .hasMessageContaining("at most");
  }
}
