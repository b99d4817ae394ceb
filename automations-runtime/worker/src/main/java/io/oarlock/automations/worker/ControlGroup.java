package io.oarlock.automations.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The limits of one worker.
final class ControlGroup implements AutoCloseable {

  /// A group in one hierarchy.
  ///
  /// @param unified whether that is the one of version 2
  record Tree(Path own, boolean unified) {}

  /// Short, so that a worker that has used up its share is not stopped for long at a time.
  private static final long CPU_PERIOD_MICROS = 20_000;

  private static final long EMPTY_WAIT_MILLIS = 2_000;

  private final Map<Cgroups.Controller, Tree> folders;

  ControlGroup(Map<Cgroups.Controller, Tree> folders) {
    this.folders = folders;
  }

  static ControlGroup none() {
    return new ControlGroup(Map.of());
  }

  /// Files a process writes `0` to in order to be in this group.
  List<Path> doors() {
    return folders.values().stream()
        .map(tree -> tree.own().resolve("cgroup.procs"))
        .distinct()
        .toList();
  }

  void limitCpu(double cpus) throws IOException {
    var tree = folders.get(Cgroups.Controller.CPU);
    if (tree == null) {
      return;
    }
    var quota = Math.round(cpus * CPU_PERIOD_MICROS);
    if (tree.unified()) {
      write(tree.own(), "cpu.max", quota + " " + CPU_PERIOD_MICROS);
    } else {
      write(tree.own(), "cpu.cfs_period_us", String.valueOf(CPU_PERIOD_MICROS));
      write(tree.own(), "cpu.cfs_quota_us", String.valueOf(quota));
    }
  }

  /// Whether the kernel has ended a process of this group for want of memory.
  boolean ranOutOfMemory() {
    var tree = folders.get(Cgroups.Controller.MEMORY);
    if (tree == null) {
      return false;
    }
    try {
      var file = tree.own().resolve(tree.unified() ? "memory.events" : "memory.oom_control");
      return Files.readAllLines(file).stream()
          .anyMatch(line -> line.startsWith("oom_kill ") && !line.endsWith(" 0"));
    } catch (IOException e) {
      return false;
    }
  }

  /// Forgets the group as soon as its processes are gone, which SIGKILL brings about a moment
  /// later.
  @Override
  public void close() {
    var deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(EMPTY_WAIT_MILLIS);
    for (var tree : folders.values()) {
      while (!remove(tree.own()) && System.nanoTime() < deadline) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
    }
  }

  static boolean remove(Path folder) {
    try {
      Files.deleteIfExists(folder);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static void write(Path folder, String file, String value) throws IOException {
    Files.writeString(folder.resolve(file), value, StandardOpenOption.WRITE);
  }
}
