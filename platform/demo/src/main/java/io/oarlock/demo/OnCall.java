package io.oarlock.demo;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A remote call: who has the URL gets the script's answer, anybody else learns nothing. */
final class OnCall implements Step {
  private static final int SAMPLES = 40;
  private static final double RATIO_MAX = 1.5;
  private static final Duration DIFFERENCE_MAX = Duration.ofMillis(2);
  private static final Map<String, Object> ASKED =
      Trees.of("name", "world", "numbers", List.of(20, 22));
  private static final Map<String, Object> EXPECTED = Trees.of("hello", "world", "sum", 42L);
  private static final String SOURCE =
      """
      export default async function (ctx) {
        const { name, numbers } = ctx.payload;
        return { hello: name, sum: numbers.reduce((a, b) => a + b, 0) };
      }
      """;

  @Override
  public String story() {
    return "call";
  }

  @Override
  public String title() {
    return "An automation on a remote call: a URL that answers those who have it";
  }

  @Override
  public void play(Scene scene) throws IOException, InterruptedException {
    var namespace = scene.in("a");
    var automation =
        scene.create(
            namespace,
            "automations",
            Trees.of("name", "sum", "trigger", Trees.of("kind", "OnCall"), "source", SOURCE));
    var path = "automations/" + Trees.text(automation, "id") + "/calltokens";
    scene.narrator.act("POST /v1/" + path);
    var made = scene.admin.post(namespace, path, Trees.of("description", "For the demo."));
    if (made.status() != 200) {
      throw new SurpriseException("making a call token: " + made.summary());
    }
    var url = URI.create(made.text("url"));
    scene.narrator.check(
        url.getPath().startsWith("/v1/calls/"), "the URL is shown this once", shortened(url));
    call(scene, url);
    checkWrongTokens(scene, url);
  }

  private static String shortened(URI url) {
    var text = url.toString();
    return text.substring(0, text.lastIndexOf('/') + 5) + "…";
  }

  private static void call(Scene scene, URI url) throws IOException, InterruptedException {
    var curl = curl();
    var answer = curl.isPresent() ? byCurl(scene, curl.get(), url) : byClient(scene, url);
    scene.narrator.check(
        answer.equals(EXPECTED),
        "an outsider without any token of the platform gets the script's answer",
        Json.text(answer));
  }

  private static Optional<Path> curl() {
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "curl"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Map<String, Object> byCurl(Scene scene, Path curl, URI url)
      throws IOException, InterruptedException {
    scene.narrator.act(
        curl + " --cacert ca.pem --json '" + Json.text(ASKED) + "' " + shortened(url));
    var process =
        new ProcessBuilder(
                curl.toString(),
                "--silent",
                "--show-error",
                "--max-time",
                "30",
                "--cacert",
                scene.site.caFile().toString(),
                "--header",
                "Content-Type: application/json",
                "--data",
                Json.text(ASKED),
                url.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var code = process.waitFor();
    try {
      return Json.parseObject(said);
    } catch (JsonException e) {
      throw new SurpriseException("curl ended with " + code + " and said " + said);
    }
  }

  private static Map<String, Object> byClient(Scene scene, URI url)
      throws IOException, InterruptedException {
    scene.narrator.say("There is no curl here, so the JDK's HTTP client calls.");
    scene.narrator.act("POST " + shortened(url) + "  " + Json.text(ASKED));
    return scene.admin.outside(url, ASKED).object();
  }

  /** One token is wrong from the first character on, the other only in its last. */
  private static void checkWrongTokens(Scene scene, URI url)
      throws IOException, InterruptedException {
    var text = url.toString();
    var last = text.charAt(text.length() - 1);
    var near = URI.create(text.substring(0, text.length() - 1) + (last == 'A' ? 'Q' : 'A'));
    var head = text.substring(0, text.lastIndexOf('/') + 1);
    var far = URI.create(head + "x".repeat(text.length() - head.length()));
    var nearTimes = new long[SAMPLES];
    var farTimes = new long[SAMPLES];
    var refused = 0;
    for (var i = -5; i < SAMPLES; i++) {
      refused += sample(scene, near, nearTimes, i) + sample(scene, far, farTimes, i);
    }
    scene.narrator.check(
        refused == 2 * SAMPLES,
        "a wrong token gets 404, whether nearly right or entirely wrong",
        refused + " of " + 2 * SAMPLES + " calls");
    var nearMedian = median(nearTimes);
    var farMedian = median(farTimes);
    scene.narrator.check(
        alike(nearMedian, farMedian),
        "in the same time, so that nobody can find one by measuring",
        "medians of %d: nearly right %.2f ms, entirely wrong %.2f ms"
            .formatted(SAMPLES, nearMedian / 1e6, farMedian / 1e6));
  }

  /** Negative indexes warm up. */
  private static int sample(Scene scene, URI url, long[] times, int index)
      throws IOException, InterruptedException {
    var began = System.nanoTime();
    var answer = scene.admin.outside(url, ASKED);
    var took = System.nanoTime() - began;
    if (index < 0) {
      return 0;
    }
    times[index] = took;
    return answer.status() == 404 ? 1 : 0;
  }

  private static long median(long[] times) {
    var sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static boolean alike(long one, long other) {
    var larger = Math.max(one, other);
    var smaller = Math.min(one, other);
    return larger <= smaller * RATIO_MAX || larger - smaller <= DIFFERENCE_MAX.toNanos();
  }
}
