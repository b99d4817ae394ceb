package io.oarlock.demo;

import io.oarlock.model.Suggest;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code oarlock demo [story] [--keep]}. */
public final class Main {
  private static final int OK = 0;
  private static final int FAILURE = 1;
  private static final int USAGE = 2;
  private static final String ALL = "all";

  /** Longest time that clearing up after an interrupted demo takes. */
  private static final Duration CLEAR_MAX = Duration.ofSeconds(10);

  private static final String KEEP = "--keep";

  private final PrintStream out;
  private final PrintStream err;

  private Main(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] words) {
    var main =
        new Main(
            new PrintStream(System.out, true, StandardCharsets.UTF_8),
            new PrintStream(System.err, true, StandardCharsets.UTF_8));
    System.exit(main.run(List.of(words)));
  }

  private int run(List<String> words) {
    if (words.contains("--help") || words.contains("-h")) {
      out.println(usage());
      return OK;
    }
    var known = new ArrayList<>(Demo.stories());
    known.add(ALL);
    known.add(KEEP);
    for (var word : words) {
      if (!known.contains(word)) {
        var hint = Suggest.didYouMean(word, known).map(text -> ". " + text).orElse("");
        err.println("oarlock: there is no story " + word + hint);
        err.println(usage());
        return USAGE;
      }
    }
    var stories = words.stream().filter(word -> !word.equals(KEEP) && !word.equals(ALL)).toList();
    return play(
        stories.isEmpty() || words.contains(ALL) ? Demo.stories() : stories, words.contains(KEEP));
  }

  private static String usage() {
    return """
    oarlock demo [all | STORY …] [--keep]

      Plays what the platform can do against the one that runs with this OARLOCK_HOME.
      stories  %s
      --keep   leaves what it made, to look at

      Ctrl-C ends it early and removes what it made so far, unless --keep is given.\
    """
        .formatted(String.join(", ", Demo.stories()));
  }

  private int play(List<String> stories, boolean keep) {
    try {
      var site = Site.of(home());
      if (site.isEmpty()) {
        err.println(
            "oarlock: no platform of " + home() + " is running; start one with ./oarlock up");
        return FAILURE;
      }
      var began = Instant.now();
      var demo = new Demo(site.get(), out, colours(), keep);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> clear(demo), "demo end"));
      var outcomes = demo.play(stories);
      return sum(outcomes, Duration.between(began, Instant.now()));
    } catch (SurpriseException | IOException e) {
      err.println("oarlock: the demo could not go on: " + reason(e));
      return FAILURE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILURE;
    }
  }

  /** Whatever ends the program, Ctrl-C above all; the JVM waits for this, so it must end. */
  private void clear(Demo demo) {
    var clearing = Thread.ofVirtual().unstarted(() -> tryClear(demo));
    clearing.start();
    try {
      if (!clearing.join(CLEAR_MAX)) {
        err.println("oarlock: the namespace of the demo could not be deleted in " + CLEAR_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tryClear(Demo demo) {
    try {
      demo.clear();
    } catch (IOException e) {
      err.println("oarlock: the namespace of the demo is still there: " + reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String reason(Exception e) {
    return e instanceof ConnectException
        ? "the platform does not answer; see ./oarlock status"
        : e instanceof SurpriseException ? String.valueOf(e.getMessage()) : e.toString();
  }

  private int sum(List<Outcome> outcomes, Duration took) {
    var isGood = outcomes.stream().allMatch(Outcome::good);
    out.println();
    for (var outcome : outcomes) {
      out.printf(
          "%s %-16s %d of %d%n",
          outcome.good() ? "✔" : "✘",
          outcome.story(),
          outcome.held(),
          outcome.held() + outcome.broken());
    }
    out.printf(
        "%n%s (%.1f s)%n",
        isGood ? "Everything did what it said." : "Not everything did what it said.",
        took.toMillis() / 1000.0);
    return isGood ? OK : FAILURE;
  }

  private static Path home() {
    return Optional.ofNullable(System.getenv("OARLOCK_HOME"))
        .filter(text -> !text.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".oarlock"))
        .toAbsolutePath();
  }

  /** Colours for people at a terminal, unless they do not want any. */
  private static boolean colours() {
    return System.getenv("NO_COLOR") == null
        && Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }
}
