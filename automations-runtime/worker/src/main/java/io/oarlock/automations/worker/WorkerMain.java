package io.oarlock.automations.worker;

import io.oarlock.automations.graaljs.ScriptEngine;
import io.oarlock.json.Json;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// The worker process: takes runs of one tenant from its one socket until that closes.
public final class WorkerMain {

  private static final int BROKEN_EXIT = 1;
  private static final Duration PARENT_WATCH = Duration.ofMillis(500);

  private final Connection connection;
  private final ScriptEngine engine;
  // Made after the rehearsal, so that its baseline holds the engine.
  private final Watchdog watchdog = new Watchdog();
  private final Map<String, WorkerRun> runs = new ConcurrentHashMap<>();

  private WorkerMain(Connection connection, ScriptEngine engine) {
    this.connection = connection;
    this.engine = engine;
  }

  /// Takes the path of the socket to connect to, or `--train` to run what every worker runs once
  /// and exit, which is how the AOT cache is made.
  public static void main(String... arguments) {
    ProcessHandle.current().parent().ifPresent(WorkerMain::endWith);
    try {
      var engine = new ScriptEngine();
      Rehearsal.play(engine);
      if (!arguments[0].equals("--train")) {
        serve(Path.of(arguments[0]), engine);
      }
    } catch (IOException | RuntimeException e) {
      System.err.println("worker: " + e);
      Runtime.getRuntime().halt(BROKEN_EXIT);
    }
  }

  /// Where the kernel does not see to it. A worker with process ids of its own sees no parent; its
  /// connection ends with the platform, and so does it.
  private static void endWith(ProcessHandle parent) {
    Thread.ofPlatform()
        .daemon()
        .name("parent watch")
        .start(() -> {
          while (parent.isAlive()) {
            LockSupport.parkNanos(PARENT_WATCH.toNanos());
          }
          Runtime.getRuntime().halt(BROKEN_EXIT);
        });
  }

  private static void serve(Path socket, ScriptEngine engine) throws IOException {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      new WorkerMain(new Connection(channel), engine).serve();
    }
  }

  private void serve() throws IOException {
    watchdog.start();
    connection.send(
        Frame.of(
            Frame.Kind.HELLO,
            Map.of("pid", ProcessHandle.current().pid(), "engine", engine.describe())));
    try {
      while (true) {
        handle(connection.receive());
      }
    } catch (java.io.EOFException e) {
      // Scripts still running must not keep the process: there is nobody to answer to.
      Runtime.getRuntime().halt(0);
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
    run.start(() -> {
      watchdog.remove(run);
      runs.remove(run.id());
    });
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
