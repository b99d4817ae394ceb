package io.oarlock.automations.worker;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a warm worker may still ask of the kernel: to compute, to wait, to have threads and memory,
/// and to use what it has open. It opens nothing any more: no file, no socket, no process. Every
/// other system call answers `EPERM`.
///
/// The filter is a seccomp program ("SECure COMPuting with filters", Linux documentation), laid on
/// all threads of the process at once. It is a list of what is allowed, so calls that are yet to be
/// invented are refused.
final class SystemCallFilter {

  /// Which of a call's arguments are accepted; `ANY` calls are decided once by the kernel and cost
  /// nothing afterwards.
  private enum Rule {
    ANY,
    /// Only what starts a thread as the C library starts it: no process, no namespace.
    THREAD,
    /// Its flags are where no filter can look. The C library then uses `clone`.
    ABSENT,
    /// Only to name a thread or a stretch of memory.
    NAME,
    /// Only to ask.
    ASK,
    /// Only to itself.
    SELF,
    /// Only how much there is to read.
    AVAILABLE,
    /// Only memory of its own: what is shared is in nobody's account.
    PRIVATE
  }

  /// Number on x86-64, number on AArch64 (`-` where it has none), name, rule if not `ANY`.
  private static final String ALLOWED =
      """
      202  98 futex
      0    63 read
      1    64 write
      7     - poll
      271  73 ppoll
      24  124 sched_yield
      9   222 mmap PRIVATE
      11  215 munmap
      10  226 mprotect
      28  233 madvise
      25  216 mremap
      12  214 brk
      27  232 mincore
      228 113 clock_gettime
      229 114 clock_getres
      230 115 clock_nanosleep
      35  101 nanosleep
      96  169 gettimeofday
      201   - time
      318 278 getrandom
      56  220 clone THREAD
      435 435 clone3 ABSENT
      60   93 exit
      231  94 exit_group
      273  99 set_robust_list
      218  96 set_tid_address
      334 293 rseq
      158   - arch_prctl
      157 167 prctl NAME
      449 449 futex_waitv
      324 283 membarrier
      131 132 sigaltstack
      13  134 rt_sigaction
      14  135 rt_sigprocmask
      15  139 rt_sigreturn
      128 137 rt_sigtimedwait
      130 133 rt_sigsuspend
      219 128 restart_syscall
      234 131 tgkill SELF
      204 123 sched_getaffinity
      143 121 sched_getparam
      145 120 sched_getscheduler
      39  172 getpid
      186 178 gettid
      110 173 getppid
      102 174 getuid
      107 175 geteuid
      104 176 getgid
      108 177 getegid
      309 168 getcpu
      98  165 getrusage
      100 153 times
      99  179 sysinfo
      63  160 uname
      97  163 getrlimit
      302 261 prlimit64 ASK
      19   65 readv
      20   66 writev
      17   67 pread64
      18   68 pwrite64
      8    62 lseek
      3    57 close
      32   23 dup
      33    - dup2
      292  24 dup3
      72   25 fcntl
      16   29 ioctl AVAILABLE
      48  210 shutdown
      55  209 getsockopt
      291  20 epoll_create1
      233  21 epoll_ctl
      232   - epoll_wait
      281  22 epoll_pwait
      290  19 eventfd2
      5    80 fstat
      4     - stat
      6     - lstat
      262  79 newfstatat
      332 291 statx
      21    - access
      269  48 faccessat
      439 439 faccessat2
      89    - readlink
      267  78 readlinkat
      79   17 getcwd
      """;

  private enum Architecture {
    X86_64(0xC000003E, 0, 157, 317),
    AARCH64(0xC00000B7, 1, 167, 277);

    private final int audit;
    private final int column;
    private final int prctl;
    private final int seccomp;

    Architecture(int audit, int column, int prctl, int seccomp) {
      this.audit = audit;
      this.column = column;
      this.prctl = prctl;
      this.seccomp = seccomp;
    }

    static Optional<Architecture> here() {
      return switch (System.getProperty("os.arch")) {
        case "amd64" -> Optional.of(X86_64);
        case "aarch64" -> Optional.of(AARCH64);
        default -> Optional.empty();
      };
    }
  }

  /// What `pthread_create` passes: memory, files and signals shared, no process of its own.
  private static final int THREAD_FLAGS = 0x3d0f00;

  /// Means nothing since Linux 2.6; musl still passes it.
  private static final int CLONE_DETACHED = 0x400000;

  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int PR_SET_NAME = 15;
  private static final int PR_SET_VMA = 0x53564d41;
  private static final int MAP_SHARED = 1;
  private static final int FIONREAD = 0x541b;
  private static final int SECCOMP_SET_MODE_FILTER = 1;
  private static final int SECCOMP_FILTER_FLAG_TSYNC = 1;
  private static final int ALLOW = 0x7fff0000;
  private static final int ERRNO = 0x00050000;
  private static final int EPERM = 1;
  private static final int ENOSYS = 38;

  // The classic BPF instructions it is made of, and where `struct seccomp_data` has what.
  private static final int LOAD = 0x20;
  private static final int AND = 0x54;
  private static final int JUMP_EQUAL = 0x15;
  private static final int JUMP_ANY_BIT = 0x45;
  private static final int RETURN = 0x06;
  private static final int NUMBER_AT = 0;
  private static final int ARCHITECTURE_AT = 4;
  private static final int ARGUMENTS_AT = 16;
  private static final int INSTRUCTION_BYTES = 8;

  private record Instruction(int code, int whenTrue, int whenFalse, int value) {}

  private final Architecture architecture;
  private final List<Instruction> program = new ArrayList<>();

  private SystemCallFilter(Architecture architecture, int pid) {
    this.architecture = architecture;
    add(LOAD, ARCHITECTURE_AT);
    add(JUMP_EQUAL, 1, 0, architecture.audit);
    add(RETURN, ERRNO | EPERM);
    add(LOAD, NUMBER_AT);
    for (var line : ALLOWED.lines().toList()) {
      allow(line.split(" +", -1), pid);
    }
    add(RETURN, ERRNO | EPERM);
  }

  /// Why there can be none here; nothing if there can.
  static Optional<String> obstacle() {
    if (Architecture.here().isEmpty()) {
      return Optional.of("no filter is written for " + System.getProperty("os.arch"));
    }
    return Files.exists(Path.of("/proc/sys/kernel/seccomp/actions_avail"))
        ? Optional.empty()
        : Optional.of("this kernel has no seccomp filters");
  }

  /// Makes ready what takes a while, so that it can be done beside something else.
  static void prepare() {
    if (obstacle().isEmpty()) {
      Libc.ready();
    }
  }

  /// Lays the filter on every thread of this process, for good.
  static void install() throws IOException {
    var architecture =
        Architecture.here().orElseThrow(() -> new IOException(obstacle().orElseThrow()));
    var pid = Math.toIntExact(ProcessHandle.current().pid());
    new SystemCallFilter(architecture, pid).enter();
  }

  private void enter() throws IOException {
    try (var arena = Arena.ofConfined()) {
      var code = arena.allocate((long) program.size() * INSTRUCTION_BYTES, INSTRUCTION_BYTES);
      code.copyFrom(MemorySegment.ofBuffer(encoded()));
      // struct sock_fprog: a count, padding, a pointer.
      var header =
          arena.allocate(2 * ValueLayout.ADDRESS.byteSize(), ValueLayout.ADDRESS.byteSize());
      header.set(ValueLayout.JAVA_SHORT, 0, (short) program.size());
      header.set(ValueLayout.ADDRESS, ValueLayout.ADDRESS.byteSize(), code);
      require(Libc.call(architecture.prctl, PR_SET_NO_NEW_PRIVS, 1, 0), "no_new_privs");
      require(
          Libc.call(
              architecture.seccomp,
              SECCOMP_SET_MODE_FILTER,
              SECCOMP_FILTER_FLAG_TSYNC,
              header.address()),
          "seccomp");
    }
  }

  private static void require(long answer, String what) throws IOException {
    if (answer != 0) {
      throw new IOException("the kernel answered %d to %s".formatted(answer, what));
    }
  }

  private ByteBuffer encoded() {
    var bytes =
        ByteBuffer.allocate(program.size() * INSTRUCTION_BYTES).order(ByteOrder.nativeOrder());
    for (var one : program) {
      bytes.putShort((short) one.code).put((byte) one.whenTrue).put((byte) one.whenFalse);
      bytes.putInt(one.value);
    }
    return bytes.flip();
  }

  private void allow(String[] line, int pid) {
    if (line[architecture.column].equals("-")) {
      return;
    }
    var number = Integer.parseInt(line[architecture.column]);
    switch (line.length > 3 ? Rule.valueOf(line[3]) : Rule.ANY) {
      case ANY -> answer(number, ALLOW);
      case ABSENT -> answer(number, ERRNO | ENOSYS);
      case THREAD -> {
        add(JUMP_EQUAL, 0, 5, number);
        add(LOAD, ARGUMENTS_AT);
        add(AND, ~CLONE_DETACHED);
        allowIf(THREAD_FLAGS);
        add(RETURN, ERRNO | EPERM);
      }
      case NAME -> {
        add(JUMP_EQUAL, 0, 6, number);
        add(LOAD, ARGUMENTS_AT);
        allowIf(PR_SET_NAME);
        allowIf(PR_SET_VMA);
        add(RETURN, ERRNO | EPERM);
      }
      case SELF -> argument(number, 0, pid);
      case AVAILABLE -> argument(number, 1, FIONREAD);
      case PRIVATE -> {
        add(JUMP_EQUAL, 0, 4, number);
        add(LOAD, ARGUMENTS_AT + 3 * Long.BYTES);
        add(JUMP_ANY_BIT, 1, 0, MAP_SHARED);
        add(RETURN, ALLOW);
        add(RETURN, ERRNO | EPERM);
      }
      case ASK -> {
        add(JUMP_EQUAL, 0, 6, number);
        add(LOAD, ARGUMENTS_AT + 2 * Long.BYTES);
        add(JUMP_EQUAL, 0, 3, 0);
        add(LOAD, ARGUMENTS_AT + 2 * Long.BYTES + Integer.BYTES);
        allowIf(0);
        add(RETURN, ERRNO | EPERM);
      }
    }
  }

  private void answer(int number, int verdict) {
    add(JUMP_EQUAL, 0, 1, number);
    add(RETURN, verdict);
  }

  private void argument(int number, int index, int accepted) {
    add(JUMP_EQUAL, 0, 4, number);
    add(LOAD, ARGUMENTS_AT + index * Long.BYTES);
    allowIf(accepted);
    add(RETURN, ERRNO | EPERM);
  }

  private void allowIf(int value) {
    add(JUMP_EQUAL, 0, 1, value);
    add(RETURN, ALLOW);
  }

  private void add(int code, int value) {
    add(code, 0, 0, value);
  }

  private void add(int code, int whenTrue, int whenFalse, int value) {
    program.add(new Instruction(code, whenTrue, whenFalse, value));
  }
}
