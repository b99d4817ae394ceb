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

/** {@code oarlock demo [story] [--keep]} and {@code oarlock demo enforcement}. */
public final class Main {
  private static final int OK = 0;
  private static final int FAILURE = 1;
  private static final int USAGE = 2;
  private static final String ALL = "all";

  /** Longest time that clearing up after an interrupted demo takes. */
  private static final Duration CLEAR_MAX = Duration.ofSeconds(30);

  /** Where the launcher says that it is. */
  private static final String LAUNCHER = "OARLOCK_LAUNCHER";

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
    if (words.contains(Enforcement.STORY)) {
      return words.size() == 1
          ? perform(this::enforcement)
          : misused("the story " + Enforcement.STORY + " is played alone and keeps nothing");
    }
    var known = new ArrayList<>(Demo.stories());
    known.addAll(List.of(ALL, KEEP, Enforcement.STORY));
    for (var word : words) {
      if (!known.contains(word)) {
        var hint = Suggest.didYouMean(word, known).map(text -> ". " + text).orElse("");
        return misused("there is no story " + word + hint);
      }
    }
    var asked = words.stream().filter(word -> !word.equals(KEEP) && !word.equals(ALL)).toList();
    var stories = asked.isEmpty() || words.contains(ALL) ? Demo.stories() : asked;
    return perform(site -> programs(site, stories, words.contains(KEEP)));
  }

  private int misused(String reason) {
    err.println("oarlock: " + reason);
    err.println(usage());
    return USAGE;
  }

  private static String usage() {
    return """
    oarlock demo [all | STORY …] [--keep]
    oarlock demo enforcement

      Plays what the platform can do against the one that runs with this OARLOCK_HOME.
      stories      %s
      --keep       leaves what they made, to look at
      enforcement  policies on real connections, between two hosts made of network namespaces; needs root

      Ctrl-C ends it early and removes what it made so far, unless --keep is given.\
    """
        .formatted(String.join(", ", Demo.stories()));
  }

  /** Makes a show; empty when it cannot be played here, which has been said. */
  private interface Making {
    Optional<Show> make(Site site) throws IOException, InterruptedException;
  }

  private Optional<Show> programs(Site site, List<String> stories, boolean keep) {
    var demo = new Demo(site, out, colours(), keep);
    return Optional.of(
        new Show() {
          @Override
          public List<Outcome> play() throws IOException, InterruptedException {
            return demo.play(stories);
          }

          @Override
          public void clear() throws IOException, InterruptedException {
            demo.clear();
          }
        });
  }

  private Optional<Show> enforcement(Site site) throws IOException, InterruptedException {
    var launcher = Optional.ofNullable(System.getenv(LAUNCHER)).orElse("./oarlock");
    var demo = new Enforcement(site, out, colours(), launcher);
    var missing = demo.missing();
    if (!missing.isEmpty()) {
      err.println("oarlock: this story is about real connections, and something is missing:");
      missing.forEach(each -> err.println("  - " + each));
      return Optional.empty();
    }
    return Optional.of(demo);
  }

  private int perform(Making making) {
    try {
      var site = Site.of(home());
      if (site.isEmpty()) {
        err.println(
            "oarlock: no platform of " + home() + " is running; start one with ./oarlock up");
        return FAILURE;
      }
      var began = Instant.now();
      var show = making.make(site.get());
      if (show.isEmpty()) {
        return FAILURE;
      }
      Runtime.getRuntime().addShutdownHook(new Thread(() -> clear(show.get()), "demo end"));
      var outcomes = show.get().play();
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
  private void clear(Show show) {
    var clearing = Thread.ofVirtual().unstarted(() -> tryClear(show));
    clearing.start();
    try {
      if (!clearing.join(CLEAR_MAX)) {
        err.println("oarlock: what the demo made could not be removed in " + CLEAR_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tryClear(Show show) {
    try {
      show.clear();
    } catch (IOException e) {
      err.println("oarlock: what the demo made is still there: " + reason(e));
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
