package io.oarlock.automations.worker;

import io.oarlock.automations.RunnerStatus.Layer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// All fences around a worker on this host, and what each of them is worth.
///
/// @param filterObstacle why system calls are not filtered; empty if they are
record Confinement(Isolation isolation, Cgroups cgroups, Optional<String> filterObstacle) {

  private static final String REMEDY =
      "install bubblewrap, or allow user namespaces, or run as root";

  /// What keeps a script from anything beyond its worker. A host where workers may not run without
  /// is one that cannot give one of these.
  private static final Set<String> REQUIRED =
      Set.of("network", "files", "processes", "privileges", "system calls", "memory", "tasks");

  static Confinement probe(Path javaHome, Path directory, boolean wanted) throws IOException {
    if (!wanted) {
      return new Confinement(
          Isolation.probe(javaHome, directory, List.of()),
          Cgroups.none("it is switched off"),
          SystemCallFilter.obstacle());
    }
    var isolation = Isolation.probe(javaHome, directory, Isolation.candidates());
    var cgroups = enterable(Cgroups.probe(Path.of("/proc/self")));
    return new Confinement(isolation, cgroups, SystemCallFilter.obstacle());
  }

  Confinement withoutFilter(String why) {
    return new Confinement(isolation, cgroups, Optional.of(why));
  }

  private static Cgroups enterable(Cgroups cgroups) throws IOException {
    try (var trial = cgroups.group(64L << 20, Isolation.TASKS_MAX)) {
      return Isolation.succeeds(join(trial))
          ? cgroups
          : Cgroups.none("processes cannot enter the groups that can be made");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Cgroups.none("finding out was interrupted");
    }
  }

  private static List<String> join(ControlGroup group) {
    var command = new ArrayList<>(Isolation.joining(group));
    command.addAll(List.of("/bin/sh", "-c", ":"));
    return command;
  }

  /// Why workers may not run where confinement is required; nothing if they may.
  Optional<String> shortcoming() {
    var missing =
        layers().stream()
            .filter(layer -> REQUIRED.contains(layer.name()) && !layer.on())
            .map(layer -> layer.name() + " (" + layer.detail() + ")")
            .collect(Collectors.joining("; "));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("confinement of scripts is required, and this host lacks: " + missing);
  }

  /// What is on, and what this host cannot give.
  List<Layer> layers() {
    var fenced = isolation.means() != Isolation.Means.NONE;
    var own = isolation.means() == Isolation.Means.NAMESPACES_AS_ROOT;
    return List.of(
        new Layer("process", true, "one process per tenant, environment scrubbed, no input"),
        reach("network", "makes no socket"),
        reach("files", "opens no file"),
        reach("processes", "signals and traces none"),
        new Layer(
            "uid",
            own,
            own ? "one user id per worker" : "workers run as the platform's user; needs root"),
        new Layer(
            "privileges",
            fenced || filterObstacle.isEmpty(),
            fenced ? "no capabilities, no new privileges" : "no new privileges; " + REMEDY),
        new Layer(
            "system calls",
            filterObstacle.isEmpty(),
            filterObstacle.orElse(
                "a seccomp filter on all threads; what is not listed answers EPERM")),
        memory(),
        tasks(),
        new Layer(
            "cpu",
            cgroups.missing(Cgroups.Controller.CPU).isEmpty(),
            cgroups
                .missing(Cgroups.Controller.CPU)
                .orElse(cgroups.version(Cgroups.Controller.CPU) + ", once it has started")));
  }

  /// Namespaces first; where there are none, the filter still holds what is warm.
  private Layer reach(String name, String filtered) {
    var how =
        switch (isolation.means()) {
          case NAMESPACES_AS_ROOT -> Optional.of("namespaces by unshare, with a root of its own");
          case NAMESPACES -> Optional.of("user namespaces by unshare, with a root of its own");
          case BUBBLEWRAP -> Optional.of("bubblewrap");
          case NONE -> Optional.<String>empty();
        };
    return how.map(means -> new Layer(name, true, means))
        .orElseGet(() ->
            new Layer(
                name,
                filterObstacle.isEmpty(),
                filterObstacle.isEmpty()
                    ? "by the filter alone: a warm worker %s; %s".formatted(filtered, REMEDY)
                    : REMEDY));
  }

  private Layer memory() {
    var missing = cgroups.missing(Cgroups.Controller.MEMORY);
    var limited = Programs.find("prlimit").isPresent();
    if (missing.isEmpty()) {
      return new Layer(
          "memory",
          true,
          "heap, and all of the process by " + cgroups.version(Cgroups.Controller.MEMORY));
    }
    return new Layer(
        "memory",
        limited,
        limited
            ? "heap, and the process' own pages by prlimit; no cgroup: " + missing.get()
            : "heap only; install util-linux; no cgroup: " + missing.get());
  }

  private Layer tasks() {
    var missing = cgroups.missing(Cgroups.Controller.PIDS);
    var counted = isolation.countsTasks();
    return new Layer(
        "tasks",
        missing.isEmpty() || counted,
        missing.isEmpty()
            ? "at most %d by %s"
                .formatted(Isolation.TASKS_MAX, cgroups.version(Cgroups.Controller.PIDS))
            : counted ? "at most %d by prlimit".formatted(Isolation.TASKS_MAX) : missing.get());
  }
}
