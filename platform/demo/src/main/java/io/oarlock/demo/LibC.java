package io.oarlock.demo;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Calls into the C library that Java has no words for; each has a manual page in section 2. */
final class LibC {
  static final int EAGAIN = 11;
  static final int EINTR = 4;

  private static final int O_RDONLY_CLOEXEC = 0x80000;
  private static final int CLONE_NEWNET = 0x40000000;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int MICROS = 1_000_000;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");
  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));

  private LibC() {}

  /** A call that failed, with the number of its reason (errno(3)). */
  static final class CallException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int number;

    CallException(String name, int number) {
      super(name + " failed, errno " + number);
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  static int open(String path) throws IOException {
    try (var arena = Arena.ofConfined()) {
      return (int)
          call(
              "open",
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
              arena.allocateFrom(path),
              O_RDONLY_CLOEXEC);
    }
  }

  static void close(int file) throws IOException {
    call("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), file);
  }

  /** Moves the calling thread, and it alone, into a network namespace. */
  static void enterNetwork(int namespace) throws IOException {
    call("setns", ints(2), namespace, CLONE_NEWNET);
  }

  /** A socket whose {@link #receive} gives up after that time. */
  static int rawSocket(int family, int protocol, long patienceMicros) throws IOException {
    var socket = (int) call("socket", ints(3), family, SOCK_RAW_CLOEXEC, protocol);
    try (var arena = Arena.ofConfined()) {
      var time = arena.allocate(ValueLayout.JAVA_LONG, 2);
      time.setAtIndex(ValueLayout.JAVA_LONG, 0, patienceMicros / MICROS);
      time.setAtIndex(ValueLayout.JAVA_LONG, 1, patienceMicros % MICROS);
      call(
          "setsockopt",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT),
          socket,
          SOL_SOCKET,
          SO_RCVTIMEO,
          time,
          (int) time.byteSize());
      return socket;
    }
  }

  /** How many bytes came. */
  static int receive(int socket, MemorySegment into) throws IOException {
    return (int)
        call(
            "recv",
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT),
            socket,
            into,
            into.byteSize(),
            0);
  }

  private static FunctionDescriptor ints(int parameters) {
    var layouts = new ValueLayout[parameters];
    Arrays.fill(layouts, ValueLayout.JAVA_INT);
    return FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts);
  }

  @SuppressWarnings("restricted") // the callers give the signatures of the manual pages
  private static long call(String name, FunctionDescriptor signature, Object... arguments)
      throws IOException {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(Linker.Option.captureStateLayout());
      var all = new ArrayList<Object>(List.of(state));
      all.addAll(List.of(arguments));
      var handle =
          LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), signature, CAPTURE);
      var result = ((Number) handle.invokeWithArguments(all)).longValue();
      if (result < 0) {
        throw new CallException(name, (int) ERRNO.get(state, 0L));
      }
      return result;
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("A call into the C library failed: " + name, e);
    }
  }
}
