package io.oarlock.enforcer.agent;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Becomes another program: execvp(3), so that a unit is the process that was started, with its
 * number, its terminal and its signals, and no Java stays behind it.
 */
final class Replacement {
  private static final int SIG_SETMASK = 2;

  /** More than a {@code sigset_t} of any C library here has. */
  private static final int SIGSET_BYTES = 128;

  private static final int FIRST_FD = 3;
  private static final int CLOSE_RANGE_CLOEXEC = 4;

  private static final Linker LINKER = Linker.nativeLinker();

  private Replacement() {}

  /**
   * Returns only when it failed.
   *
   * @throws AgentException always
   */
  static AgentException by(List<String> command) {
    try (var arena = Arena.ofConfined()) {
      var argv = arena.allocate(ValueLayout.ADDRESS, command.size() + 1L);
      for (var i = 0; i < command.size(); i++) {
        argv.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(command.get(i)));
      }
      argv.setAtIndex(ValueLayout.ADDRESS, command.size(), MemorySegment.NULL);
      keepNothingOpen();
      blockNoSignal(arena);
      call(
          "execvp",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
          arena.allocateFrom(command.getFirst()),
          argv);
    }
    return new AgentException(
        "The program " + command.getFirst() + " cannot be started; install Debian's util-linux");
  }

  /** The JVM's own files must not reach the program. Missing before glibc 2.34. */
  private static void keepNothingOpen() {
    if (LINKER.defaultLookup().find("close_range").isPresent()) {
      call(
          "close_range",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT),
          FIRST_FD,
          -1,
          CLOSE_RANGE_CLOEXEC);
    }
  }

  /** What the JVM's threads block, the program would block, too. */
  private static void blockNoSignal(Arena arena) {
    call(
        "pthread_sigmask",
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
        SIG_SETMASK,
        arena.allocate(SIGSET_BYTES),
        MemorySegment.NULL);
  }

  @SuppressWarnings("restricted") // the callers give the signatures of the manual pages
  private static void call(String name, FunctionDescriptor signature, Object... arguments) {
    try {
      var _ =
          LINKER
              .downcallHandle(LINKER.defaultLookup().findOrThrow(name), signature)
              .invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new AgentException("A call into the C library failed: " + name, e);
    }
  }
}
