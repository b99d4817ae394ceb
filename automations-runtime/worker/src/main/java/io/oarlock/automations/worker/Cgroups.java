package io.oarlock.automations.worker;

import io.oarlock.automations.worker.ControlGroup.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Limits the kernel keeps for a whole process, by control groups: version 2 where a controller is
/// there, version 1 where it is mounted as such. A group is made for each worker beside the
/// platform's own, which takes root or a delegated group.
///
/// Sources: "Control Group v2" and "Control Groups version 1", Linux documentation.
final class Cgroups {

  /// What is limited, under the name of its controller in both versions.
  enum Controller {
    MEMORY,
    PIDS,
    CPU;

    String key() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private static final String PREFIX = "oarlock-";
  private static final String PLATFORM = PREFIX + "platform";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Map<Controller, Tree> trees;
  private final Map<Controller, String> missing;

  private Cgroups(Map<Controller, Tree> trees, Map<Controller, String> missing) {
    this.trees = trees;
    this.missing = missing;
  }

  /// Finds out by making a group which limits can be had.
  static Cgroups probe(Path proc) {
    var trees = new TreeMap<Controller, Tree>();
    var missing = new TreeMap<Controller, String>();
    try {
      var mounts = mounts(proc);
      for (var controller : Controller.values()) {
        var tree = Optional.ofNullable(mounts.get(controller.key()));
        var why =
            tree.isEmpty()
                ? Optional.of("no cgroup controller for it is mounted")
                : obstacle(tree.get(), controller);
        why.ifPresentOrElse(
            text -> missing.put(controller, text), () -> trees.put(controller, tree.get()));
      }
    } catch (IOException e) {
      for (var controller : Controller.values()) {
        missing.putIfAbsent(controller, "this system has no cgroups");
      }
    }
    trees.values().stream().distinct().forEach(tree -> forgetDead(tree.own()));
    return new Cgroups(trees, missing);
  }

  static Cgroups none(String why) {
    var missing = new TreeMap<Controller, String>();
    for (var controller : Controller.values()) {
      missing.put(controller, why);
    }
    return new Cgroups(Map.of(), missing);
  }

  /// Why this limit is not to be had; nothing if it is.
  Optional<String> missing(Controller controller) {
    return Optional.ofNullable(missing.get(controller));
  }

  String version(Controller controller) {
    var tree = trees.get(controller);
    return tree != null && tree.unified() ? "cgroup v2" : "cgroup v1";
  }

  /// Makes the group of one worker.
  ControlGroup group(long memoryBytes, int tasks) throws IOException {
    var folders = new TreeMap<Controller, Tree>();
    var name = freshName();
    for (var entry : trees.entrySet()) {
      var tree = entry.getValue();
      var folder = tree.own().resolve(name);
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(folder);
      }
      folders.put(entry.getKey(), new Tree(folder, tree.unified()));
      switch (entry.getKey()) {
        case MEMORY -> limitMemory(folder, tree.unified(), memoryBytes);
        case PIDS -> ControlGroup.write(folder, "pids.max", String.valueOf(tasks));
        case CPU -> {
          // Limited once it has started.
        }
      }
    }
    return new ControlGroup(folders);
  }

  /// The process that made it is in the name, so that it can be told when nobody needs it any more.
  private static String freshName() {
    return PREFIX + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
  }

  private static void limitMemory(Path folder, boolean unified, long bytes) throws IOException {
    var max = String.valueOf(bytes);
    ControlGroup.write(folder, unified ? "memory.max" : "memory.limit_in_bytes", max);
    // What may not be swapped cannot hide there either.
    writeIfThere(
        folder, unified ? "memory.swap.max" : "memory.memsw.limit_in_bytes", unified ? "0" : max);
    writeIfThere(folder, "memory.oom.group", "1");
  }

  /// Groups of platforms that were killed. One that still has processes is not removed.
  private static void forgetDead(Path own) {
    try (var folders = Files.newDirectoryStream(own, PREFIX + "*")) {
      for (var folder : folders) {
        var pid = folder.getFileName().toString().substring(PREFIX.length()).replaceAll("-.*", "");
        if (pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
          ControlGroup.remove(folder);
        }
      }
    } catch (IOException e) {
      // Then they stay; they limit nobody.
    }
  }

  private static Optional<String> obstacle(Tree tree, Controller controller) {
    try {
      if (tree.unified()) {
        enable(tree.own(), controller);
      }
      var trial = tree.own().resolve(freshName());
      Files.createDirectory(trial);
      var file = trial.resolve(probed(tree, controller));
      var there = Files.isWritable(file);
      ControlGroup.remove(trial);
      return there ? Optional.empty() : Optional.of(file.getFileName() + " is not there to be set");
    } catch (IOException e) {
      return Optional.of(
          "no group can be made in %s: run as root, or as a service with Delegate=yes"
              .formatted(tree.own()));
    }
  }

  private static String probed(Tree tree, Controller controller) {
    return switch (controller) {
      case MEMORY -> tree.unified() ? "memory.max" : "memory.limit_in_bytes";
      case PIDS -> "pids.max";
      case CPU -> tree.unified() ? "cpu.max" : "cpu.cfs_quota_us";
    };
  }

  /// A group that hands a controller on may have no processes of its own but at the root, so the
  /// platform moves to a group beside its workers.
  private static void enable(Path own, Controller controller) throws IOException {
    if (Files.readString(own.resolve("cgroup.subtree_control")).contains(controller.key())) {
      return;
    }
    if (Files.exists(own.resolve("cgroup.type"))) {
      var platform = own.resolve(PLATFORM);
      if (!Files.isDirectory(platform)) {
        Files.createDirectory(platform);
      }
      ControlGroup.write(platform, "cgroup.procs", "0");
    }
    ControlGroup.write(own, "cgroup.subtree_control", "+" + controller.key());
  }

  /// By controller, where this process stands.
  private static Map<String, Tree> mounts(Path proc) throws IOException {
    var paths = paths(proc);
    var trees = new HashMap<String, Tree>();
    for (var line : Files.readAllLines(proc.resolve("mountinfo"))) {
      var halves = line.split(" - ", 2);
      var left = halves[0].split(" ", -1);
      var right = halves.length < 2 ? new String[] {""} : halves[1].split(" ", -1);
      if (right[0].equals("cgroup2")) {
        unified(left, paths, trees);
      } else if (right[0].equals("cgroup")) {
        for (var option : right[2].split(",", -1)) {
          place(left, paths.get(option)).ifPresent(own -> trees.put(option, new Tree(own, false)));
        }
      }
    }
    return trees;
  }

  private static void unified(String[] mount, Map<String, String> paths, Map<String, Tree> trees)
      throws IOException {
    var found = place(mount, paths.get(""));
    if (found.isPresent()) {
      for (var controller :
          Files.readString(found.get().resolve("cgroup.controllers")).strip().split(" ", -1)) {
        trees.put(controller, new Tree(found.get(), true));
      }
    }
  }

  /// The folder of a group under a mount that may show a part of the hierarchy only.
  private static Optional<Path> place(String[] mount, @Nullable String path) {
    if (path == null) {
      return Optional.empty();
    }
    var root = Path.of(mount[3]);
    var here = Path.of(path);
    var group = here.endsWith(PLATFORM) ? here.resolveSibling("") : here;
    return group.startsWith(root)
        ? Optional.of(Path.of(mount[4]).resolve(root.relativize(group)))
        : Optional.empty();
  }

  /// By controller the path of this process' group; version 2 is under the empty name.
  private static Map<String, String> paths(Path proc) throws IOException {
    var paths = new HashMap<String, String>();
    for (var line : Files.readAllLines(proc.resolve("cgroup"))) {
      var parts = line.split(":", 3);
      for (var name : parts[1].split(",", -1)) {
        paths.put(name, parts[2]);
      }
    }
    return paths;
  }

  private static void writeIfThere(Path folder, String file, String value) throws IOException {
    if (Files.exists(folder.resolve(file))) {
      ControlGroup.write(folder, file, value);
    }
  }
}
