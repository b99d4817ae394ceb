package io.oarlock.automations.worker;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Set;
import java.util.stream.Collectors;

/// What the JVM of a worker can tell about its threads and its heap.
final class Meters {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final Set<String> HEAP_POOLS =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toUnmodifiableSet());

  private final GarbageCollectorMXBean fullCollector = fullCollector();

  long cpuNanos(Thread thread) {
    return Math.max(0, THREADS.getThreadCpuTime(thread.threadId()));
  }

  long allocatedBytes(Thread thread) {
    return Math.max(0, THREADS.getThreadAllocatedBytes(thread.threadId()));
  }

  /// Full collections so far: what survived is known only after one.
  long fullCollections() {
    return fullCollector.getCollectionCount();
  }

  /// What survived the last full collection, in all parts of the heap.
  long survivingBytes() {
    var last = fullCollector.getLastGcInfo();
    return last == null
        ? 0
        : last.getMemoryUsageAfterGc().entrySet().stream()
            .filter(pool -> HEAP_POOLS.contains(pool.getKey()))
            .mapToLong(pool -> pool.getValue().getUsed())
            .sum();
  }

  static long heapBytesMax() {
    return Runtime.getRuntime().maxMemory();
  }

  private static GarbageCollectorMXBean fullCollector() {
    return ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
        .filter(collector -> collector.getName().contains("MarkSweep"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a worker runs with -XX:+UseSerialGC"));
  }
}
