package io.oarlock.marketplace.bundle;

import io.oarlock.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What searching a large catalogue costs, as JSON lines. Nothing here is a test. */
final class CatalogFigures {
  private static final int APPS = 10_000;
  private static final int ROUNDS = 200;
  private static final List<String> WORDS =
      List.of(
          "policy",
          "network",
          "cloud",
          "quarantine",
          "mail",
          "chat",
          "scan",
          "import",
          "tags",
          "events",
          "hosts",
          "schedule",
          "secret",
          "report",
          "clean",
          "splunk");

  private CatalogFigures() {}

  public static void main(String[] words) throws Exception {
    var entries = new ArrayList<CatalogEntry>(APPS);
    for (var i = 0; i < APPS; i++) {
      entries.add(entry(i));
    }
    var index = new Catalog(entries).index();
    var began = System.nanoTime();
    var catalog = Catalog.read(index);
    say("reading an index of 10,000 apps, first time", millis(began));
    say("size of that index, in MB", index.length / 1e6);
    began = System.nanoTime();
    catalog.search(List.of("policy", "quarantine"), 50);
    say("searching it, first time", millis(began));
    var times = new double[ROUNDS];
    for (var i = 0; i < ROUNDS; i++) {
      began = System.nanoTime();
      catalog.search(List.of(word(i), word(i / 3)), 50);
      times[i] = millis(began);
    }
    Arrays.sort(times);
    say("searching it again, p50", times[ROUNDS / 2]);
    say("searching it again, worst of 200", times[ROUNDS - 1]);
  }

  private static CatalogEntry entry(int number) {
    var summary =
        "Keeps the %s of a namespace in order by %s and %s, and tells %s about it when asked to. "
            .formatted(word(number), word(number / 3), word(number / 7), word(number / 11));
    return new CatalogEntry(
        word(number) + "-" + word(number / 5) + "-" + number,
        new SemanticVersion(1, number % 7, 0, List.of()),
        "Keeper of " + word(number),
        summary.strip(),
        "Other",
        Optional.of("ed25519:" + "A".repeat(43)),
        "sha256:" + "%064x".formatted(number),
        List.of("get, list networkaccesspolicy", "get externalnetwork"),
        List.of(),
        "app-" + number + ".zip");
  }

  private static String word(int number) {
    return WORDS.get(Math.floorMod(number, WORDS.size()));
  }

  private static double millis(long began) {
    return (System.nanoTime() - began) / 1e6;
  }

  private static void say(String what, double value) {
    var line = new LinkedHashMap<String, Object>();
    line.put("what", what);
    line.put("value", value);
    System.out.println(Json.text(line));
  }
}
