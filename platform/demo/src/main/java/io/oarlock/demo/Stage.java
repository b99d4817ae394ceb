package io.oarlock.demo;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two hosts and a stranger, each a network namespace, joined by a bridge in a fourth. Nothing of it
 * touches the network of the machine, and closing it takes all of it away, also from another thread
 * in the midst of something. What a demo that was killed left behind goes when the next one begins.
 */
final class Stage {
  static final String A = "a";
  static final String B = "b";
  static final String STRANGER = "s";

  /** The bridge, which is all the wire there is. */
  static final String WIRE = "wire";

  private static final List<String> PLACES = List.of(A, B, STRANGER, WIRE);
  private static final String PREFIX = "oarlock-demo-";
  private static final Path NAMESPACES = Path.of("/run/netns");

  /** Only root writes there, so what is removed there is what a demo made. */
  private static final Path FOLDERS = Path.of("/run");

  private static final Duration GONE_MAX = Duration.ofSeconds(20);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final String launcher;
  private final long number;
  private final Path folder;
  private final Deque<Process> programs = new ArrayDeque<>();
  private final Deque<Doorway> doorways = new ArrayDeque<>();
  private boolean closed;

  /** Nothing of it exists before {@link #build}. */
  Stage(String launcher) {
    this.launcher = launcher;
    this.number = ProcessHandle.current().pid();
    this.folder = FOLDERS.resolve(PREFIX + number);
  }

  String launcher() {
    return launcher;
  }

  /** Files that go when the stage does; units can read what is made readable in it. */
  Path folder() {
    return folder;
  }

  Path namespace(String place) {
    return NAMESPACES.resolve(name(place));
  }

  private String name(String place) {
    return PREFIX + number + "-" + place;
  }

  static String address(String place) {
    return "10.77.0." + (PLACES.indexOf(place) + 1);
  }

  /** Removes what dead demos left, then makes everything. */
  synchronized void build() throws IOException, InterruptedException {
    requireOpen();
    sweep();
    Files.createDirectory(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Shell.must("ip", "netns", "add", name(WIRE));
    Shell.must("ip", "-n", name(WIRE), "link", "add", "br0", "type", "bridge");
    Shell.must("ip", "-n", name(WIRE), "link", "set", "br0", "up");
    for (var host : List.of(A, B, STRANGER)) {
      attach(host);
    }
  }

  private void attach(String host) throws IOException, InterruptedException {
    var port = "port-" + host;
    Shell.must("ip", "netns", "add", name(host));
    Shell.must(
        "ip",
        "link",
        "add",
        "eth0",
        "netns",
        name(host),
        "type",
        "veth",
        "peer",
        "name",
        port,
        "netns",
        name(WIRE));
    Shell.must("ip", "-n", name(WIRE), "link", "set", port, "master", "br0", "up");
    Shell.must("ip", "-n", name(host), "addr", "add", address(host) + "/24", "dev", "eth0");
    Shell.must("ip", "-n", name(host), "link", "set", "lo", "up");
    Shell.must("ip", "-n", name(host), "link", "set", "eth0", "up");
  }

  private void requireOpen() {
    if (closed) {
      throw new SurpriseException("the demo was interrupted");
    }
  }

  /** Starts a program on a host; its complaints go to a file of that host. */
  synchronized Process start(String place, List<String> command) throws IOException {
    requireOpen();
    var words = new ArrayList<>(List.of("nsenter", "--net=" + namespace(place)));
    words.addAll(command);
    var builder =
        new ProcessBuilder(words)
            .directory(folder.toFile()) // units cannot look into everybody's home
            .redirectError(ProcessBuilder.Redirect.appendTo(log(place).toFile()));
    builder.environment().put("OARLOCK_AOT", "off"); // none is made for the agent
    var process = builder.start();
    programs.removeIf(each -> !each.isAlive());
    programs.push(process);
    return process;
  }

  /** Runs a program on a host to its end. */
  Shell.Result run(String place, String... command) throws IOException, InterruptedException {
    return Shell.finish(start(place, List.of(command)));
  }

  /** Lets a host reach the platform, and nothing else outside. */
  synchronized void open(Doorway doorway) throws IOException {
    doorways.push(doorway);
    if (closed) {
      doorway.close();
    }
    requireOpen();
  }

  private Path log(String place) {
    return folder.resolve(place + ".log");
  }

  /** What programs of a host complained about. */
  String errors(String place) throws IOException {
    var text = Files.exists(log(place)) ? Files.readString(log(place)).strip() : "";
    return text.isEmpty() ? "it says nothing" : text;
  }

  /** All nftables rules of a host, without their counters. */
  String rules(String place) throws InterruptedException {
    return rulesIn("nsenter", "--net=" + namespace(place), "nft", "-s", "list", "ruleset");
  }

  /** All nftables rules of the machine itself, without their counters. */
  static String rulesOfMachine() throws InterruptedException {
    return rulesIn("nft", "-s", "list", "ruleset");
  }

  private static String rulesIn(String... command) throws InterruptedException {
    var result = Shell.run(command);
    return result.good() ? result.words().strip() : "cannot be read: " + result.words();
  }

  /** Whatever is still there of this stage. */
  List<String> left() throws IOException {
    var left = new ArrayList<String>();
    for (var place : PLACES) {
      if (Files.exists(namespace(place))) {
        left.add(namespace(place).toString());
      }
    }
    if (Files.exists(folder)) {
      left.add(folder.toString());
    }
    return left;
  }

  /** Takes everything away. */
  synchronized void close() throws IOException, InterruptedException {
    closed = true;
    for (var program : programs) {
      program.descendants().forEach(ProcessHandle::destroyForcibly);
      program.destroyForcibly();
    }
    for (var doorway : doorways) {
      try {
        doorway.close();
      } catch (IOException _) {
        // Its port goes with the namespace.
      }
    }
    for (var place : PLACES) {
      remove(namespace(place));
    }
    delete(folder);
  }

  /** Ends every program in a namespace, then the namespace. */
  private static void remove(Path namespace) throws IOException, InterruptedException {
    if (!Files.exists(namespace)) {
      return;
    }
    var name = namespace.getFileName().toString();
    var until = System.nanoTime() + GONE_MAX.toNanos();
    while (endPrograms(name) && System.nanoTime() < until) {
      Thread.sleep(LOOK_AGAIN);
    }
    Shell.must("ip", "netns", "del", name);
  }

  private static boolean endPrograms(String name) throws InterruptedException {
    var programs = programs(name);
    programs.stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .forEach(ProcessHandle::destroyForcibly);
    return !programs.isEmpty();
  }

  /** What runs in a namespace; what has ended and was not asked how is not there. */
  private static List<Long> programs(String name) throws InterruptedException {
    return Shell.run("ip", "netns", "pids", name)
        .words()
        .lines()
        .filter(line -> line.matches("\\d+"))
        .map(Long::valueOf)
        .toList();
  }

  /** Waits until nothing but one program runs on a host. */
  void awaitAlone(String place, long pid) throws InterruptedException {
    var until = System.nanoTime() + GONE_MAX.toNanos();
    while (!programs(name(place)).equals(List.of(pid)) && System.nanoTime() < until) {
      Thread.sleep(LOOK_AGAIN);
    }
  }

  private void sweep() throws IOException, InterruptedException {
    if (Files.isDirectory(NAMESPACES)) {
      for (var namespace : ofTheDead(NAMESPACES)) {
        remove(namespace);
      }
    }
    for (var old : ofTheDead(FOLDERS)) {
      delete(old);
    }
  }

  private List<Path> ofTheDead(Path folder) throws IOException {
    var dead = new ArrayList<Path>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (var entry : entries) {
        var digits = entry.getFileName().toString().substring(PREFIX.length()).split("-", 2)[0];
        if (digits.matches("\\d{1,18}") && isDead(Long.parseLong(digits))) {
          dead.add(entry);
        }
      }
    }
    return dead;
  }

  /** Numbers of processes come again: one with ours is not another that lives. */
  private boolean isDead(long pid) {
    return pid == number || ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
