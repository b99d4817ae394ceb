package io.oarlock.automations.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.automations.Limits;
import io.oarlock.automations.RunResult;
import io.oarlock.automations.Script;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Libraries run unchanged, bundled and uploaded with an automation as its author would. */
class LibrariesTest {
  private static final Path LOCKED = Path.of("src", "test", "npm");
  private static final Path FOLDER = Path.of("target", "npm").toAbsolutePath();
  private static Platform platform;

  @BeforeAll
  static void start() throws Exception {
    Here.must(Programs.find("npm").isPresent(), "no npm on this machine; apt install nodejs npm");
    install();
    platform = new Platform(Platform.config());
  }

  @AfterAll
  static void stop() {
    if (platform != null) {
      platform.close();
    }
  }

  /** What the lock file's hashes stand for, once per lock file. */
  private static void install() throws Exception {
    var lock = Files.readString(LOCKED.resolve("package-lock.json"));
    var fetched = FOLDER.resolve("fetched");
    if (Files.exists(fetched) && Files.readString(fetched).equals(lock)) {
      return;
    }
    Files.createDirectories(FOLDER);
    Files.writeString(FOLDER.resolve("package-lock.json"), lock);
    Files.writeString(
        FOLDER.resolve("package.json"), Files.readString(LOCKED.resolve("package.json")));
    var words = new StringBuilder();
    var fetching =
        List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
    Here.must(run(fetching, words), "npm cannot fetch the libraries: " + words);
    Files.writeString(fetched, lock);
  }

  private static boolean run(List<String> command, StringBuilder words) throws Exception {
    var process =
        new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
    words.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    return process.waitFor() == 0;
  }

  /** All of a package as one ES module with the default export it has. */
  private static String bundle(String name) throws Exception {
    var whole = name.equals("date-fns") || name.equals("uuid");
    var entry = FOLDER.resolve(name + ".entry.js");
    Files.writeString(
        entry,
        "export * from '%1$s';".formatted(name)
            + (whole ? "" : "import all from '%1$s'; export default all;".formatted(name)));
    var bundle = FOLDER.resolve(name + ".bundle.js");
    var bundling =
        List.of(
            FOLDER.resolve("node_modules/.bin/esbuild").toString(),
            entry.toString(),
            "--bundle",
            "--format=esm",
            "--log-level=error",
            "--outfile=" + bundle);
    var words = new StringBuilder();
    assertThat(run(bundling, words)).as(() -> words.toString()).isTrue();
    return Files.readString(bundle);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lodash     | lib.chunk([1, 2, 3], 2).length + lib.camelCase('a b')           | 2aB
          dayjs      | lib('2026-11-22').add(1, 'month').format('YYYY-MM-DD')           | 2026-12-22
          ajv        | String(new lib({}).compile({ type: 'object', required: ['a'] })({ a: 1 })) | true
          handlebars | lib.compile('{{#each l}}<{{this}}>{{/each}}')({ l: ['a', '&'] }) | <a><&amp;>
          date-fns   | all.format(all.addDays(new Date(2026, 1, 28), 1), 'yyyy-MM-dd')  | 2026-03-01
          jsonata    | String(await lib('$sum(l.(a * b))').evaluate({ l: [{ a: 2, b: 3 }, { a: 1, b: 4 }] })) | 10
          jmespath   | lib.search({ l: [{ a: 1 }, { a: 7 }] }, 'max_by(l, &a).a') + 'x' | 7x
          zod        | String(all.z.object({ n: all.z.number() }).safeParse({ n: 'x' }).success) | false
          uuid       | String(all.validate(all.v4())) + all.v5('a', all.v5.URL).length  | true36
          """)
  void aLibraryDoesItsWork(String name, String expression, String expected) throws Exception {
    var source =
        name.equals("date-fns") || name.equals("uuid") || name.equals("zod")
            ? "import * as all from './lib/%s.js'; export default async () => %s"
            : "import lib from './lib/%s.js'; export default async () => %s";
    var modules = Map.of("lib/" + name + ".js", bundle(name));
    var script = new Script("user.mjs", "1", source.formatted(name, expression), modules);
    assertThat(platform.pool.check(script)).isEmpty();
    var result = platform.run("/libraries", script, Limits.defaults());
    assertThat(result).isInstanceOf(RunResult.Succeeded.class);
    assertThat(((RunResult.Succeeded) result).value()).isEqualTo(expected);
  }

  @Test
  void whatWasNotBundledIsNamed() {
    assertThat(platform.run("/libraries", "await import('lodash')"))
        .isInstanceOfSatisfying(
            RunResult.Failed.class,
            failed -> assertThat(failed.error().message()).contains("lodash"));
  }
}
