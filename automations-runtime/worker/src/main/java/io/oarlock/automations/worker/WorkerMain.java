package io.oarlock.automations.worker;

import io.oarlock.automations.graaljs.ScriptEngine;
import io.oarlock.json.Json;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/// The worker process: takes runs of one tenant from its one socket until that closes.
public final class WorkerMain {

  /// What it is told instead of a socket, to run what every worker runs once and exit.
  static final String TRAIN = "--train";

  /// Why a worker has no filter of system calls, as its hello says it; empty if it has one.
  static final String UNFILTERED = "unfiltered";

  /// Deep enough for honest recursion; an endless one ends as a RangeError.
  private static final long STACK_BYTES = 2 << 20;

  private static final int BROKEN_EXIT = 1;
  private static final Duration PARENT_WATCH = Duration.ofMillis(500);

  private final Connection connection;
  private final ScriptEngine engine;
  private final Meters meters = new Meters();
  // Made after the rehearsal, so that its baseline holds the engine.
  private final Watchdog watchdog = new Watchdog(meters);
  private final Map<String, WorkerRun> runs = new ConcurrentHashMap<>();

  // Each run has a thread to itself while it lasts. How many there are at once, the platform says.
  private final Executor threads =
      Executors.newCachedThreadPool(
          task -> Thread.ofPlatform().name("run").stackSize(STACK_BYTES).daemon().unstarted(task));

  WorkerMain(Connection connection, ScriptEngine engine) {
    this.connection = connection;
    this.engine = engine;
  }

  /// Takes the path of the socket to connect to, or `--train`, which is how the AOT cache is made.
  public static void main(String... arguments) {
    var parent = watchParent();
    try {
      var engine = warmUp();
      if (!arguments[0].equals(TRAIN)) {
        var connection = connect(Path.of(arguments[0]));
        var worker = new WorkerMain(connection, engine);
        stop(parent);
        worker.serve(seal());
      }
    } catch (EOFException e) {
      // Scripts still running must not keep the process: there is nobody to answer to.
      Runtime.getRuntime().halt(0);
    } catch (IOException | RuntimeException e) {
      System.err.println("worker: " + e);
      Runtime.getRuntime().halt(BROKEN_EXIT);
    }
  }

  static ScriptEngine warmUp() {
    Thread.ofPlatform().daemon().name("native calls").start(SystemCallFilter::prepare);
    var engine = new ScriptEngine();
    new Rehearsal(engine).play();
    return engine;
  }

  static Connection connect(Path socket) throws IOException {
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(socket));
    return new Connection(channel);
  }

  /// From here on this process opens nothing.
  ///
  /// @return why not, or nothing
  static String seal() {
    var obstacle = SystemCallFilter.obstacle();
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    openWhatIsReadLate();
    try {
      SystemCallFilter.install();
      return "";
    } catch (IOException | RuntimeException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void openWhatIsReadLate() {
    // Looks in every jar, which opens them all: classes are still to be found in them.
    var _ = ClassLoader.getSystemResource("META-INF/none");
    // The rules of all time zones; a source of randomness.
    var _ = ZoneId.systemDefault().getRules().getOffset(Instant.EPOCH);
    var _ = new SecureRandom().nextInt();
  }

  /// For the time before there is a connection, where the kernel does not see to it. A worker with
  /// process ids of its own sees no parent.
  private static Thread watchParent() {
    var parent = ProcessHandle.current().parent();
    return Thread.ofPlatform()
        .daemon()
        .name("parent watch")
        .start(() -> {
          while (parent.isPresent() && !Thread.interrupted()) {
            if (!parent.get().isAlive()) {
              Runtime.getRuntime().halt(BROKEN_EXIT);
            }
            LockSupport.parkNanos(PARENT_WATCH.toNanos());
          }
        });
  }

  /// Its way to see the parent will be closed, and its connection ends with the platform anyway.
  private static void stop(Thread watch) throws IOException {
    watch.interrupt();
    try {
      watch.join();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  void serve(String unfiltered) throws IOException {
    watchdog.start();
    connection.send(
        Frame.of(
            Frame.Kind.HELLO,
            Map.of(
                "pid",
                ProcessHandle.current().pid(),
                "engine",
                engine.describe(),
                UNFILTERED,
                unfiltered)));
    while (true) {
      handle(connection.receive());
    }
  }

  private void handle(Frame frame) throws IOException {
    switch (frame.kind()) {
      case RUN -> begin(frame);
      case ANSWER -> answer(frame);
      case STOP -> {
        var run = runs.get(frame.string("run"));
        if (run != null) {
          run.stopSoon(frame.string("why"));
        }
      }
      case CHECK -> Thread.ofPlatform().name("check").start(() -> check(frame));
      case HELLO, CALL, LOG, STOPPING, USAGE, DONE, CHECKED, STANDS ->
          throw new IOException("a worker is sent no " + frame.kind());
    }
  }

  private void begin(Frame frame) throws IOException {
    var run = new WorkerRun(frame, engine, connection);
    runs.put(run.id(), run);
    watchdog.add(run);
    threads.execute(() ->
        run.run(
            meters,
            () -> {
              watchdog.remove(run);
              runs.remove(run.id());
            }));
  }

  private void answer(Frame frame) throws IOException {
    var run = runs.get(frame.string("run"));
    if (run != null) {
      run.answer(Math.toIntExact(frame.number("call")), frame.flag("ok"), frame.text());
    }
  }

  private void check(Frame frame) {
    try {
      var problems =
          engine.check(WireScript.script(frame.tree("script"))).stream()
              .map(WireScript::tree)
              .toList();
      connection.send(
          Frame.of(
              Frame.Kind.CHECKED, Map.of("check", frame.number("check")), Json.text(problems)));
    } catch (IOException e) {
      Runtime.getRuntime().halt(BROKEN_EXIT);
    }
  }
}
