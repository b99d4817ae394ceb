package io.oarlock.automations.worker;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Collections;

/// The C library's `syscall`, for what Java has no words for.
final class Libc {

  private static final int ARGUMENTS = 6;
  private static final Linker.Option KEEP_ERRNO = Linker.Option.captureCallState("errno");
  private static final MethodHandle SYSCALL = syscallHandle();

  private Libc() {}

  @SuppressWarnings("restricted") // The worker's flags allow native access.
  private static MethodHandle syscallHandle() {
    var linker = Linker.nativeLinker();
    var types = Collections.nCopies(1 + ARGUMENTS, ValueLayout.JAVA_LONG);
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("syscall"),
        FunctionDescriptor.of(ValueLayout.JAVA_LONG, types.toArray(MemoryLayout[]::new)),
        Linker.Option.firstVariadicArg(1),
        KEEP_ERRNO);
  }

  /// Makes a first call, that of nothing.
  static void ready() {
    var _ = call(-1, 0, 0, 0);
  }

  /// Makes one system call.
  ///
  /// @return what it answered, or the negative error number
  static long call(long number, long a, long b, long c) {
    return call(number, a, b, c, 0, 0, 0);
  }

  static long call(long number, long a, long b, long c, long d, long e, long f) {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(Linker.Option.captureStateLayout());
      var answer = (long) SYSCALL.invokeExact(state, number, a, b, c, d, e, f);
      return answer == -1 ? -state.get(ValueLayout.JAVA_INT, 0) : answer;
    } catch (Throwable t) {
      throw new IllegalStateException("a system call cannot throw", t);
    }
  }
}
