package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command of the handbook does what its page says. A fence {@code sh} is run, those of a page
 * in one shell; a fence {@code output} after it is what it prints, with {@code …} for anything.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HandbookTest {
  private static final Path PAGES = Path.of("..", "docs").toAbsolutePath().normalize();
  private static final Pattern FENCE =
      Pattern.compile("^```(sh|output)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final String MARK = "=== fence ";
  @TempDir static Path folder;
  private static Program platform;

  @BeforeAll
  static void start() throws Exception {
    var home = Files.createDirectory(folder.resolve("home"));
    platform = Program.up(home, "--port", "0");
    assertThat(Program.run(io.oarlock.cli.Main.class, home, "login").code()).isZero();
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var command = folder.resolve("oarlock");
    Files.writeString(
        command,
        """
        #!/bin/sh
        case "${1-}" in
          up | down | status | backup | restore) main=io.oarlock.server.Main ;;
          *) main=io.oarlock.cli.Main ;;
        esac
        exec "%s" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
          --sun-misc-unsafe-memory-access=allow -cp "%s" "$main" "$@"
        """
            .formatted(java, System.getProperty("java.class.path")));
    assertThat(command.toFile().setExecutable(true)).isTrue();
  }

  @AfterAll
  static void stop() throws Exception {
    assertThat(platform.terminate()).isZero();
  }

  static Stream<String> pages() throws IOException {
    try (var files = Files.list(PAGES)) {
      return files
          .filter(file -> read(file).contains("```sh\n"))
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void thePageIsTrue(String page) throws Exception {
    var script = new StringBuilder("set -eu\nexec 2>&1\n");
    var promised = new LinkedHashMap<Integer, String>();
    var fences = FENCE.matcher(read(PAGES.resolve(page)));
    var count = 0;
    while (fences.find()) {
      if (fences.group(1).equals("sh")) {
        count++;
        script.append("echo '").append(MARK).append(count).append("'\n").append(fences.group(2));
      } else {
        promised.put(count, fences.group(2));
      }
    }
    var told = run(script.append("echo '" + MARK + "0'\n").toString());
    assertThat(told).as("runs to its end").endsWith(MARK + "0\n");
    var parts = parts(told);
    promised.forEach((fence, text) ->
        assertThat(parts.get(fence))
            .as("fence " + fence + " of " + page)
            .containsPattern(pattern(text)));
  }

  private static String run(String script) throws IOException, InterruptedException {
    var builder = new ProcessBuilder("sh", "-c", script).directory(folder.toFile());
    builder.environment().put("OARLOCK_HOME", platform.home().toString());
    var catalog = Market.CATALOG.toAbsolutePath().normalize().toString();
    builder.environment().put("OARLOCK_CATALOGS", catalog);
    var process = builder.start();
    process.getOutputStream().close();
    var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return told.replace("\r", "");
  }

  private static Map<Integer, String> parts(String told) {
    return Arrays.stream(told.split(MARK, -1))
        .skip(1)
        .map(part -> part.split("\n", 2))
        .collect(Collectors.toMap(part -> Integer.valueOf(part[0]), part -> part[1]));
  }

  private static Pattern pattern(String promised) {
    var literal =
        promised
            .strip()
            .lines()
            .map(line ->
                Arrays.stream(line.split("…", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".*")))
            .collect(Collectors.joining("\n(.*\n)*?"));
    return Pattern.compile(literal);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
