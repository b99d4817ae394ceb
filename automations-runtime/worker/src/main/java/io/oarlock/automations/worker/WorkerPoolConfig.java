package io.oarlock.automations.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How workers are made and how many.
///
/// @param javaHome of the JDK workers run on
/// @param classPath of the worker: jars and class directories
/// @param runDirectory for a private folder with sockets; where its path is too long for a socket,
///   a folder among the temporary files takes its place
/// @param cacheDirectory for the AOT cache and the jars it belongs to
/// @param spares warm workers kept for tenants yet to come
/// @param warmMax tenants that wait for a worker before they need one, at once
/// @param workersMax processes alive at once
/// @param runsPerWorkerMax scripts running in one worker at once
/// @param queueMax runs waiting for a worker at once
/// @param queueWait how long a run may wait for a worker
/// @param idleTime after which a worker nobody uses is given back
/// @param heapBytes of a worker; grows for a run whose memory limit needs more
/// @param aotCache whether to make and use an AOT cache
/// @param cpus a worker may use at once, once it has started
/// @param isolation whether to fence workers by the means of this host
/// @param requireConfinement whether to run no scripts at all where this host cannot keep them from
///   its network, files, processes, privileges and memory
public record WorkerPoolConfig(
    Path javaHome,
    List<Path> classPath,
    Path runDirectory,
    Path cacheDirectory,
    int spares,
    int warmMax,
    int workersMax,
    int runsPerWorkerMax,
    int queueMax,
    Duration queueWait,
    Duration idleTime,
    long heapBytes,
    boolean aotCache,
    double cpus,
    boolean isolation,
    boolean requireConfinement) {

  private static final double CPUS_MAX = 8;

  /// What one worker leaves to everybody else. Between workers that all want more, the kernel
  /// shares out fairly: each has a group of its own.
  private static final double CPUS_LEFT = 0.5;

  public WorkerPoolConfig {
    classPath = List.copyOf(classPath);
    if (classPath.isEmpty()) {
      throw new IllegalArgumentException("the worker's class path is empty");
    }
    requireAtLeast(0, spares, "spares");
    requireAtLeast(0, warmMax, "warmMax");
    requireAtLeast(spares + 1, workersMax, "workersMax");
    requireAtLeast(1, runsPerWorkerMax, "runsPerWorkerMax");
    requireAtLeast(0, queueMax, "queueMax");
    if (!(cpus > 0)) {
      throw new IllegalArgumentException("cpus must be more than 0, not " + cpus);
    }
  }

  public static WorkerPoolConfig defaults(
      List<Path> classPath, Path runDirectory, Path cacheDirectory) {
    return new WorkerPoolConfig(
        Path.of(System.getProperty("java.home")),
        classPath,
        runDirectory,
        cacheDirectory,
        1,
        16,
        64,
        8,
        1024,
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        128L << 20,
        true,
        Math.clamp(Runtime.getRuntime().availableProcessors() - CPUS_LEFT, 1, CPUS_MAX),
        true,
        false);
  }

  public WorkerPoolConfig withSpares(int value) {
    return new WorkerPoolConfig(
        javaHome,
        classPath,
        runDirectory,
        cacheDirectory,
        value,
        warmMax,
        workersMax,
        runsPerWorkerMax,
        queueMax,
        queueWait,
        idleTime,
        heapBytes,
        aotCache,
        cpus,
        isolation,
        requireConfinement);
  }

  public WorkerPoolConfig withWorkersMax(int value) {
    return new WorkerPoolConfig(
        javaHome,
        classPath,
        runDirectory,
        cacheDirectory,
        spares,
        warmMax,
        value,
        runsPerWorkerMax,
        queueMax,
        queueWait,
        idleTime,
        heapBytes,
        aotCache,
        cpus,
        isolation,
        requireConfinement);
  }

  public WorkerPoolConfig withIdleTime(Duration value) {
    return new WorkerPoolConfig(
        javaHome,
        classPath,
        runDirectory,
        cacheDirectory,
        spares,
        warmMax,
        workersMax,
        runsPerWorkerMax,
        queueMax,
        queueWait,
        value,
        heapBytes,
        aotCache,
        cpus,
        isolation,
        requireConfinement);
  }

  public WorkerPoolConfig withIsolation(boolean value) {
    return new WorkerPoolConfig(
        javaHome,
        classPath,
        runDirectory,
        cacheDirectory,
        spares,
        warmMax,
        workersMax,
        runsPerWorkerMax,
        queueMax,
        queueWait,
        idleTime,
        heapBytes,
        aotCache,
        cpus,
        value,
        requireConfinement);
  }

  public WorkerPoolConfig withRequireConfinement(boolean value) {
    return new WorkerPoolConfig(
        javaHome,
        classPath,
        runDirectory,
        cacheDirectory,
        spares,
        warmMax,
        workersMax,
        runsPerWorkerMax,
        queueMax,
        queueWait,
        idleTime,
        heapBytes,
        aotCache,
        cpus,
        isolation,
        value);
  }

  private static void requireAtLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, not %d".formatted(name, least, value));
    }
  }
}
