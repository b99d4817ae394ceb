package io.oarlock.automations.worker;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What somebody would do who has taken over a worker, native code and all. It becomes a worker by
/// the steps of [WorkerMain], attacks once before the filter of system calls is there and once
/// after, and tells the error number each attempt got; 0 is a success.
final class Intruder {

  static final int EPERM = 1;

  private static final int AF_UNIX = 1;
  private static final int AF_INET = 2;
  private static final int SOCK_STREAM = 1;
  private static final int CREATE_AND_WRITE = 0x41;
  private static final int SIGCHLD = 17;
  private static final int PTRACE_ATTACH = 16;
  private static final int RLIMIT_NOFILE = 7;
  private static final int AT_FDCWD = -100;
  private static final int ADDRESS_BYTES = 110;

  /// Numbers on x86-64 and on AArch64.
  private enum Call {
    OPENAT(257, 56),
    SOCKET(41, 198),
    CONNECT(42, 203),
    CLOSE(3, 57),
    CLONE(56, 220),
    EXECVE(59, 221),
    KILL(62, 129),
    TGKILL(234, 131),
    PTRACE(101, 117),
    PROCESS_VM_READV(310, 270),
    PIDFD_OPEN(434, 434),
    MMAP(9, 222),
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    PIVOT_ROOT(155, 41),
    CHROOT(161, 51),
    UNSHARE(272, 97),
    SETNS(308, 268),
    BPF(321, 280),
    IO_URING_SETUP(425, 425),
    USERFAULTFD(323, 282),
    PERF_EVENT_OPEN(298, 241),
    KEYCTL(250, 219),
    MEMFD_CREATE(319, 279),
    SHMGET(29, 194),
    OPEN_BY_HANDLE_AT(304, 265),
    UNLINKAT(263, 35),
    FCHMODAT(268, 53),
    SETUID(105, 146),
    PRCTL(157, 167),
    PRLIMIT64(302, 261),
    BIND(49, 200),
    LISTEN(50, 201),
    SENDTO(44, 206),
    PIDFD_SEND_SIGNAL(424, 424),
    SCHED_SETAFFINITY(203, 122),
    KCMP(312, 272),
    MOVE_PAGES(279, 239),
    IOCTL(16, 29);

    private final int number;

    Call(int x86, int arm) {
      number = System.getProperty("os.arch").equals("aarch64") ? arm : x86;
    }

    long with(long a, long b, long c) {
      return Math.min(0, Libc.call(number, a, b, c));
    }

    long with(long a, long b, long c, long d) {
      return Math.min(0, Libc.call(number, a, b, c, d, -1, 0));
    }
  }

  /// What it was told about the host it is to attack.
  ///
  /// @param sibling process id of another tenant's worker
  /// @param abstracts names of Unix-domain sockets that are in no file system
  record Target(
      int port,
      long pid,
      long sibling,
      List<String> files,
      List<String> folders,
      List<String> sockets,
      List<String> abstracts) {
    static Target of(Frame frame) throws IOException {
      return new Target(
          Math.toIntExact(frame.number("port")),
          frame.number("pid"),
          frame.number("sibling"),
          texts(frame.header().get("files")),
          texts(frame.header().get("folders")),
          texts(frame.header().get("sockets")),
          texts(frame.header().get("abstracts")));
    }

    private static List<String> texts(@Nullable Object list) {
      return list instanceof List<?> many ? many.stream().map(String::valueOf).toList() : List.of();
    }
  }

  private final Arena arena = Arena.ofAuto();
  private final Target target;
  private final Map<String, Object> outcomes = new LinkedHashMap<>();

  private Intruder(Target target) {
    this.target = target;
  }

  public static void main(String... arguments) throws IOException {
    var _ = WorkerMain.warmUp();
    var connection = WorkerMain.connect(Path.of(arguments[0]));
    connection.send(Frame.of(Frame.Kind.HELLO, Map.of("engine", "none", "unfiltered", "")));
    var target = Target.of(connection.receive());
    var seen = sights();
    var before = new Intruder(target).rush();
    var unfiltered = WorkerMain.seal();
    var after = new Intruder(target);
    after.rush();
    after.siege();
    connection.send(
        Frame.of(
            Frame.Kind.CHECKED,
            Map.of(
                "unfiltered", unfiltered,
                "sights", seen,
                "before", before,
                "after", after.outcomes)));
    // Its socket is all it has left.
    var _ = connection.receive();
  }

  /// What an unfiltered worker sees without taking anything.
  private static Map<String, Object> sights() throws IOException {
    var files = new TreeSet<String>();
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      open.forEach(file -> files.add(link(file)));
    }
    try (var processes = Files.list(Path.of("/proc"))) {
      var environments = new TreeSet<String>();
      var pids = processes.filter(path -> path.getFileName().toString().matches("\\d+")).toList();
      pids.forEach(pid -> environments.addAll(variables(pid.resolve("environ"))));
      return Map.of(
          "files", List.copyOf(files),
          "processes", (long) pids.size(),
          "variables", List.copyOf(environments),
          "uid", Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString());
    }
  }

  private static String link(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      return "gone";
    }
  }

  private static List<String> variables(Path environment) {
    try {
      return Stream.of(Files.readString(environment, StandardCharsets.ISO_8859_1).split("\0", -1))
          .map(entry -> entry.replaceAll("=.*", ""))
          .filter(name -> !name.isEmpty())
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /// What is safe to try with and without the filter.
  private Map<String, Object> rush() {
    tell("network: connect to the host", connect(AF_INET, loopback(target.port())));
    for (var socket : target.sockets()) {
      tell("files: connect to " + socket, connect(AF_UNIX, unix(socket)));
    }
    for (var name : target.abstracts()) {
      tell("network: connect to @" + name, connect(AF_UNIX, unix("\0" + name)));
    }
    for (var file : target.files()) {
      tell("files: read " + file, Call.OPENAT.with(AT_FDCWD, text(file), 0));
    }
    for (var folder : target.folders()) {
      var file = text(folder + "/intruder");
      tell("files: write in " + folder, Call.OPENAT.with(AT_FDCWD, file, CREATE_AND_WRITE, 0600));
    }
    tell("files: run a shell", Call.EXECVE.with(text("/bin/sh"), 0, 0));
    against("the platform", target.pid());
    against("a sibling", target.sibling());
    tell("privileges: mount", Call.MOUNT.with(text("none"), text("/proc"), text("tmpfs")));
    tell("privileges: unmount", Call.UMOUNT2.with(text("/proc"), 0, 0));
    tell("privileges: change the root", Call.CHROOT.with(text("/proc"), 0, 0));
    return outcomes;
  }

  private void against(String victim, long pid) {
    tell("processes: signal " + victim, Call.KILL.with(pid, 0, 0));
    tell("processes: signal a thread of " + victim, Call.TGKILL.with(pid, pid, 0));
    tell("processes: hold " + victim, Call.PIDFD_OPEN.with(pid, 0, 0));
    tell("processes: trace " + victim, Call.PTRACE.with(PTRACE_ATTACH, pid, 0));
    tell("processes: read the memory of " + victim, readMemory(pid));
    tell("processes: change the limits of " + victim, limit(pid));
    tell("processes: confine " + victim, Call.SCHED_SETAFFINITY.with(pid, Long.BYTES, mask()));
    for (var file : List.of("mem", "environ", "maps", "fd/0", "root/etc/passwd", "cwd")) {
      var path = text("/proc/%d/%s".formatted(pid, file));
      tell("processes: open %s of %s".formatted(file, victim), Call.OPENAT.with(AT_FDCWD, path, 0));
    }
  }

  /// What only the filter stops, or what would end this process if it did not.
  private void siege() {
    tell("fork", Call.CLONE.with(SIGCHLD, 0, 0));
    tell("thread in a network of its own", Call.CLONE.with(0x3d0f00L | 0x40000000L, 0, 0));
    tell("user namespace", Call.UNSHARE.with(0x10000000L, 0, 0));
    tell("enter a namespace", Call.SETNS.with(0, 0, 0));
    tell("load a kernel program", Call.BPF.with(0, 0, 0));
    tell("pivot the root", Call.PIVOT_ROOT.with(text("/"), text("/proc"), 0));
    tell("signal all", Call.KILL.with(-1, 0, 0));
    tell("hold a process", Call.PIDFD_OPEN.with(1, 0, 0));
    tell("signal by handle", Call.PIDFD_SEND_SIGNAL.with(0, 0, 0));
    tell("compare processes", Call.KCMP.with(1, 1, 0));
    tell("move pages", Call.MOVE_PAGES.with(1, 0, 0));
    tell("rings", Call.IO_URING_SETUP.with(8, 0, 0));
    tell("page faults", Call.USERFAULTFD.with(0, 0, 0));
    tell("performance counters", Call.PERF_EVENT_OPEN.with(0, 0, 0));
    tell("keys", Call.KEYCTL.with(0, 0, 0));
    tell("memory as a file", Call.MEMFD_CREATE.with(text("x"), 0, 0));
    tell("shared memory", Call.SHMGET.with(0, 4096, 01600));
    tell("anonymous shared memory", Call.MMAP.with(0, 4096, 3, 0x21));
    tell("open by handle", Call.OPEN_BY_HANDLE_AT.with(3, 0, 0));
    tell("delete", Call.UNLINKAT.with(AT_FDCWD, text("/x"), 0));
    tell("change a mode", Call.FCHMODAT.with(AT_FDCWD, text("/x"), 0777));
    tell("become root", Call.SETUID.with(0, 0, 0));
    tell("have core dumps", Call.PRCTL.with(4, 1, 0));
    tell("raise a limit", Call.PRLIMIT64.with(0, 7, text("12345678"), 0));
    tell("listen", Call.BIND.with(0, 0, 0));
    tell("send a datagram", Call.SENDTO.with(0, 0, 0));
    tell("type for a terminal", Call.IOCTL.with(0, 0x5412, text("x")));
  }

  private void tell(String attempt, long answer) {
    outcomes.put(attempt, -answer);
  }

  private long connect(int family, MemorySegment address) {
    var socket = Libc.call(Call.SOCKET.number, family, SOCK_STREAM, 0);
    return socket < 0 ? socket : Call.CONNECT.with(socket, address.address(), address.byteSize());
  }

  /// Eight bytes of it to where its own begin.
  private long readMemory(long pid) {
    var vector = arena.allocate(ValueLayout.JAVA_LONG, 2);
    vector.set(ValueLayout.JAVA_LONG, 0, arena.allocate(Long.BYTES).address());
    vector.set(ValueLayout.JAVA_LONG, Long.BYTES, Long.BYTES);
    var at = vector.address();
    return Math.min(0, Libc.call(Call.PROCESS_VM_READV.number, pid, at, 1, at, 1, 0));
  }

  /// No file may be open any more.
  private long limit(long pid) {
    return Call.PRLIMIT64.with(pid, RLIMIT_NOFILE, arena.allocate(2 * Long.BYTES).address(), 0);
  }

  /// The first processor.
  private long mask() {
    return arena.allocateFrom(ValueLayout.JAVA_LONG, 1).address();
  }

  private MemorySegment loopback(int port) {
    var address = arena.allocate(16);
    address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET);
    address.set(ValueLayout.JAVA_SHORT, 2, Short.reverseBytes((short) port));
    address.set(ValueLayout.JAVA_INT, 4, Integer.reverseBytes(0x7f000001));
    return address;
  }

  private MemorySegment unix(String path) {
    return unix(arena, path);
  }

  /// Of a socket file, or with a leading zero byte of a name that is in no file system, whose
  /// length counts.
  private static MemorySegment unix(Arena arena, String path) {
    var name = path.getBytes(StandardCharsets.UTF_8);
    var address = arena.allocate(ADDRESS_BYTES);
    address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
    return path.startsWith("\0") ? address.asSlice(0, 2L + name.length) : address;
  }

  /// Listens under a name that is in no file system, which Java has no words for.
  ///
  /// @return what ends it when closed, by its number
  static long listen(String name) {
    try (var arena = Arena.ofConfined()) {
      var address = unix(arena, "\0" + name);
      var socket = Libc.call(Call.SOCKET.number, AF_UNIX, SOCK_STREAM, 0);
      if (socket < 0
          || Call.BIND.with(socket, address.address(), address.byteSize()) < 0
          || Call.LISTEN.with(socket, 1, 0) < 0) {
        throw new IllegalStateException("no abstract socket to attack");
      }
      return socket;
    }
  }

  static void close(long file) {
    var _ = Call.CLOSE.with(file, 0, 0);
  }

  /// Whether somebody listens there, as this process sees it.
  static boolean answers(String name) {
    try (var arena = Arena.ofConfined()) {
      var address = unix(arena, "\0" + name);
      var socket = Libc.call(Call.SOCKET.number, AF_UNIX, SOCK_STREAM, 0);
      var answer = Call.CONNECT.with(socket, address.address(), address.byteSize());
      close(socket);
      return answer == 0;
    }
  }

  private long text(String text) {
    return arena.allocateFrom(text).address();
  }

  /// Takes memory outside of the heap, page by page, until something happens.
  static final class MemoryBomb {
    private static final long STEP = 16L << 20;

    private MemoryBomb() {}

    @SuppressWarnings("restricted") // Its own memory is not for Java to know.
    public static void main(String... arguments) throws IOException {
      var connection = sealed(arguments[0]);
      for (var taken = STEP; ; taken += STEP) {
        var address = Libc.call(Call.MMAP.number, 0, STEP, 3, 0x22, -1, 0);
        if (address < 0 && address > -4096) {
          connection.send(Frame.of(Frame.Kind.STOP, Map.of("errno", -address)));
          var _ = connection.receive();
        }
        MemorySegment.ofAddress(address).reinterpret(STEP).fill((byte) 1);
        connection.send(Frame.of(Frame.Kind.USAGE, Map.of("allocated", taken)));
      }
    }
  }

  /// Starts threads until something happens.
  static final class ThreadBomb {
    private ThreadBomb() {}

    public static void main(String... arguments) throws IOException {
      var connection = sealed(arguments[0]);
      for (var threads = 1L; ; threads++) {
        connection.send(Frame.of(Frame.Kind.USAGE, Map.of("allocated", threads)));
        Thread.ofPlatform().stackSize(128 << 10).daemon().start(LockSupport::park);
      }
    }
  }

  private static Connection sealed(String socket) throws IOException {
    var _ = WorkerMain.warmUp();
    var connection = WorkerMain.connect(Path.of(socket));
    var unfiltered = WorkerMain.seal();
    connection.send(Frame.of(Frame.Kind.HELLO, Map.of("engine", "none", "unfiltered", unfiltered)));
    return connection;
  }
}
