package io.oarlock.automations.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The way this host can put namespaces around a worker, found out by trying it with the JDK
/// itself.
final class Isolation {

  /// Processes and threads one worker may have.
  static final int TASKS_MAX = 256;

  /// Own user ids for workers where the platform is root, beyond what hosts hand out.
  private static final int FIRST_UID = 700_000;

  private static final int UIDS = 50_000;
  private static final int FILES_MAX = 256;
  private static final int FILE_BYTES_MAX = 1 << 20;
  private static final long PROBE_DATA_BYTES = 512L << 20;
  private static final long PROBE_MILLIS = 10_000;

  private static final String NO_PRIVILEGES =
      "--no-new-privs --bounding-set=-all --inh-caps=-all --pdeathsig=KILL";

  /// Enters the groups whose doors it is given.
  private static final String JOIN =
      "while [ \"$1\" != -- ]; do echo 0 > \"$1\"; shift; done; shift; exec \"$@\"";

  enum Means {
    NAMESPACES_AS_ROOT,
    NAMESPACES,
    BUBBLEWRAP,
    NONE;

    boolean inUserNamespace() {
      return this == NAMESPACES || this == BUBBLEWRAP;
    }
  }

  /// Where one worker lives.
  ///
  /// @param root mount point of its private root
  /// @param readable what it may read besides the system's libraries
  /// @param number of the worker, from which its user id follows
  /// @param dataBytes of memory of its own it may have
  /// @param group whose limits it has
  record Place(
      Path root,
      Path socket,
      List<Path> readable,
      int number,
      long dataBytes,
      ControlGroup group) {}

  private final Means means;
  private final Path enterScript;

  private Isolation(Means means, Path enterScript) {
    this.means = means;
    this.enterScript = enterScript;
  }

  /// The strongest of the means that starts a JVM here.
  static Isolation probe(Path javaHome, Path directory, List<Means> candidates) throws IOException {
    var script = writeScript(directory);
    for (var means : candidates) {
      var candidate = new Isolation(means, script);
      if (candidate.works(javaHome, directory)) {
        return candidate;
      }
    }
    return new Isolation(Means.NONE, script);
  }

  /// What may work here, the strongest first.
  static List<Means> candidates() throws IOException {
    var candidates = new ArrayList<Means>();
    var namespaces =
        Programs.find("unshare").isPresent()
            && Programs.find("setpriv").isPresent()
            && Programs.find("chroot").isPresent();
    if (namespaces && isRoot()) {
      candidates.add(Means.NAMESPACES_AS_ROOT);
    }
    if (Programs.find("bwrap").isPresent()) {
      candidates.add(Means.BUBBLEWRAP);
    }
    if (namespaces && !isRoot()) {
      candidates.add(Means.NAMESPACES);
    }
    return candidates;
  }

  static boolean isRoot() throws IOException {
    var self = Path.of("/proc/self");
    return Files.exists(self) && Files.getAttribute(self, "unix:uid").equals(0);
  }

  private static Path writeScript(Path directory) throws IOException {
    var script = directory.resolve("enter.sh");
    try (var in = Isolation.class.getResourceAsStream("enter.sh")) {
      if (in == null) {
        throw new IllegalStateException("enter.sh is missing beside " + Isolation.class);
      }
      Files.write(script, in.readAllBytes());
    }
    return script;
  }

  private boolean works(Path javaHome, Path directory) {
    try {
      var socket = Files.createTempFile(directory, "probe", ".sock");
      try {
        var readable = List.of(javaHome);
        var group = ControlGroup.none();
        var place = new Place(root(directory), socket, readable, 0, PROBE_DATA_BYTES, group);
        var java = javaHome.resolve("bin/java").toString();
        return succeeds(command(place, List.of(java, "-XX:+UseSerialGC", "-Xmx16m", "-version")));
      } finally {
        Files.delete(socket);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static Path root(Path directory) throws IOException {
    return Files.createDirectories(directory.resolve("root"));
  }

  static boolean succeeds(List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    scrub(builder);
    var process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (!process.waitFor(PROBE_MILLIS, TimeUnit.MILLISECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      return false;
    }
    return process.exitValue() == 0;
  }

  /// Leaves nothing of the platform's environment, and nothing to read.
  static void scrub(ProcessBuilder builder) {
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
  }

  /// The command that starts this one behind the fences.
  List<String> command(Place place, List<String> java) {
    var command = new ArrayList<String>(joining(place.group()));
    if (means != Means.BUBBLEWRAP) {
      command.addAll(endingWithParent());
    }
    Programs.find("prlimit").ifPresent(prlimit -> command.addAll(limited(prlimit, place)));
    switch (means) {
      case NAMESPACES_AS_ROOT -> command.addAll(namespaces(place, List.of(), asOwnUser(place)));
      case NAMESPACES ->
          command.addAll(namespaces(place, List.of("--user", "--map-root-user"), NO_PRIVILEGES));
      case BUBBLEWRAP -> command.addAll(bubblewrap(place));
      case NONE ->
          Programs.find("setpriv")
              .ifPresent(
                  setpriv -> command.addAll(List.of(setpriv.toString(), "--no-new-privs", "--")));
    }
    command.addAll(java);
    return command;
  }

  /// First of all, while files and privileges are still there.
  static List<String> joining(ControlGroup group) {
    if (group.doors().isEmpty()) {
      return List.of();
    }
    var command = new ArrayList<>(List.of("/bin/sh", "-e", "-c", JOIN, "join"));
    group.doors().forEach(door -> command.add(door.toString()));
    command.add("--");
    return command;
  }

  /// Has the kernel kill what follows when the thread that started it is gone, where that can be.
  static List<String> endingWithParent() {
    return Programs.find("setpriv")
        .map(setpriv -> List.of(setpriv.toString(), "--pdeathsig", "KILL", "--"))
        .orElse(List.of());
  }

  private List<String> limited(Path prlimit, Place place) {
    var command = new ArrayList<String>();
    command.addAll(List.of(prlimit.toString(), "--core=0", "--nofile=" + FILES_MAX));
    command.addAll(List.of("--fsize=" + FILE_BYTES_MAX, "--data=" + place.dataBytes()));
    if (means == Means.NAMESPACES_AS_ROOT) {
      command.add("--nproc=" + TASKS_MAX);
    }
    command.add("--");
    return command;
  }

  /// Whether the tasks of a worker are counted by themselves: as root it has a user id of its own,
  /// and since Linux 5.14 a user namespace has a count of its own.
  boolean countsTasks() {
    return Programs.find("prlimit").isPresent()
        && (means == Means.NAMESPACES_AS_ROOT
            || (means.inUserNamespace() && kernelIsAtLeast(5, 14)));
  }

  private static boolean kernelIsAtLeast(int major, int minor) {
    var parts = System.getProperty("os.version").split("[^0-9]+", -1);
    var here = Integer.parseInt(parts[0]);
    return here > major || (here == major && Integer.parseInt(parts[1]) >= minor);
  }

  private static String asOwnUser(Place place) {
    var uid = FIRST_UID + place.number() % UIDS;
    return "--reuid=%d --regid=%d --clear-groups %s".formatted(uid, uid, NO_PRIVILEGES);
  }

  private List<String> namespaces(Place place, List<String> extra, String setprivOptions) {
    var command = new ArrayList<String>();
    command.add(Programs.find("unshare").orElseThrow().toString());
    command.addAll(extra);
    command.addAll(List.of("--mount", "--net", "--pid", "--ipc", "--uts"));
    command.addAll(List.of("--fork", "--kill-child", "--propagation", "private", "--"));
    command.addAll(List.of("/bin/sh", enterScript.toString(), place.root().toString()));
    command.add(Programs.find("setpriv").orElseThrow().toString());
    command.addAll(List.of(setprivOptions, place.socket().toString()));
    command.add(means == Means.NAMESPACES && countsTasks() ? "" + TASKS_MAX : "unlimited");
    place.readable().forEach(path -> command.add(path.toString()));
    command.add("--");
    return command;
  }

  private List<String> bubblewrap(Place place) {
    var command = new ArrayList<String>();
    command.add(Programs.find("bwrap").orElseThrow().toString());
    command.addAll(List.of("--unshare-all", "--uid", "65534", "--gid", "65534"));
    command.addAll(
        List.of("--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"));
    for (var library : List.of("/lib", "/lib64", "/usr/lib", "/usr/lib64")) {
      linkTarget(library)
          .ifPresentOrElse(
              target -> command.addAll(List.of("--symlink", target, library)),
              () -> command.addAll(List.of("--ro-bind-try", library, library)));
    }
    for (var path : place.readable()) {
      command.addAll(List.of("--ro-bind", path.toString(), path.toString()));
    }
    command.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev"));
    command.addAll(List.of("--bind", place.socket().toString(), place.socket().toString()));
    if (countsTasks()) {
      var prlimit = Programs.find("prlimit").orElseThrow().toString();
      command.addAll(List.of("--ro-bind", prlimit, "/.prlimit", "--remount-ro", "/", "--"));
      command.addAll(List.of("/.prlimit", "--nproc=" + TASKS_MAX, "--"));
    } else {
      command.addAll(List.of("--remount-ro", "/", "--"));
    }
    return command;
  }

  private static Optional<String> linkTarget(String path) {
    try {
      return Optional.of(Files.readSymbolicLink(Path.of(path)).toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  Means means() {
    return means;
  }
}
