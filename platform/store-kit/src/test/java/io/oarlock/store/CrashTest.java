package io.oarlock.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.store.kit.Things;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another process writes and says what was acknowledged; it is killed without warning, again and
 * again on the same files. Whatever it said must be there, and nothing may be half there.
 */
class CrashTest {
  private static final int ROUNDS = 6;

  @TempDir static Path directory;
  // What the processes of all rounds said: id to the version acknowledged last.
  private static final Map<String, Long> ACKNOWLEDGED = new HashMap<>();

  @RepeatedTest(ROUNDS)
  void whatWasAcknowledgedSurvivesTheDeathOfTheProcess(RepetitionInfo round) throws Exception {
    var before = ACKNOWLEDGED.size();
    killed(round.getCurrentRepetition());

    try (var store = EmbeddedStore.open(directory, Things.model())) {
      assertThat(ACKNOWLEDGED.size()).isGreaterThan(before);
      ACKNOWLEDGED.forEach((id, version) -> notLost(store, id, version));
      store
          .list(Query.all(Things.THING, Things.everywhere()))
          .documents()
          .forEach(d -> whole(store, d));
      assertThat(store.peek(CrashTest::strayKeys)).isEmpty();
      eventsTellAll(store);
    }
  }

  private static void killed(int round) throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CrashWriter.class.getName(),
                directory.toString(),
                "round" + round)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      var lines = 200 + new Random(round).nextInt(1500);
      for (var i = 0; i < lines; i++) {
        remember(said.readLine());
      }
      // By its handle: Process.destroyForcibly would close the pipe with what is still in it.
      process.toHandle().destroyForcibly();
      // What was in the pipe when it died was acknowledged, too; a last half line was not.
      for (var line = said.readLine(); line != null; line = said.readLine()) {
        remember(line);
      }
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private static void remember(String line) {
    var words = line.split(" ", -1);
    if (words.length == 3 && words[2].equals("ok")) {
      ACKNOWLEDGED.merge(words[0], Long.valueOf(words[1]), Math::max);
    }
  }

  private static void notLost(EmbeddedStore store, String id, long version) {
    assertThat(store.get(Things.THING, id))
        .as(id)
        .hasValueSatisfying(d -> assertThat(d.version()).isGreaterThanOrEqualTo(version));
  }

  /** A document agrees with itself, with its twin of the same batch, and with the indexes. */
  private static void whole(EmbeddedStore store, Document document) {
    var rank = document.body().get("rank");
    assertThat(rank).isEqualTo(document.version());
    var twin = store.get(Things.NOTE, document.id()).orElseThrow();
    assertThat(twin.version()).isEqualTo(document.version());
    var named =
        store.list(
            Things.things(Things.only("/crash"))
                .where(Things.equal("name", document.id() + "@" + rank)));
    assertThat(named.documents()).containsExactly(document);
  }

  /** Index keys that no document stands behind, and documents without their keys. */
  private static List<String> strayKeys(Snapshot snapshot, Catalog catalog) {
    var expected = new HashMap<ByteKey, String>();
    for (var type : catalog.types()) {
      snapshot
          .documents()
          .cursor(type.prefix(), Keys.after(type.prefix()), false)
          .forEachRemaining(key -> {
            var id = new String(key, 2, key.length - 2, StandardCharsets.UTF_8);
            var bytes = snapshot.documents().get(key);
            if (TypeEntry.numberIn(key) == type.number() && bytes != null) {
              Changes.storedKeys(type, id, bytes)
                  .forEach(each -> expected.put(each, type.name() + " " + id));
            }
          });
    }
    var strays = new ArrayList<String>();
    snapshot
        .index()
        .keyIterator(null)
        .forEachRemaining(key -> {
          if (expected.remove(new ByteKey(key)) == null) {
            strays.add("index key " + new String(key, StandardCharsets.ISO_8859_1));
          }
        });
    strays.addAll(expected.values());
    return strays;
  }

  /** The newest event of each document tells its version, and there is no gap. */
  private static void eventsTellAll(EmbeddedStore store) {
    var newest = new HashMap<String, Long>();
    var sequence = 0L;
    while (sequence < store.events().head()) {
      for (var event : store.events().read(sequence, 1000)) {
        assertThat(event.sequence()).isEqualTo(++sequence);
        newest.put(event.content().resourceId(), (Long) event.content().object().get("version"));
      }
    }
    newest.forEach((id, version) ->
        assertThat(store.get(Things.THING, id).orElseThrow().version()).isEqualTo(version));
    assertThat(store.count(Things.things(Things.everywhere()))).isEqualTo(newest.size());
  }
}
