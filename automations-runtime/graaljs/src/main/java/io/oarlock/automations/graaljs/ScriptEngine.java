package io.oarlock.automations.graaljs;

import io.oarlock.automations.Script;
import io.oarlock.automations.SourceProblem;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SandboxPolicy;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.IOAccess;
import org.jspecify.annotations.Nullable;

/// GraalJS for one tenant: a shared engine and the sources it has parsed, so that a run costs a
/// fresh context and no more. Nothing of one run is visible to the next.
///
/// The sandbox policy keeps honest mistakes in; it does not hold an attacker. That is what the
/// process around it is for.
public final class ScriptEngine implements AutoCloseable {

  private static final int SCRIPTS_KEPT_MAX = 64;

  private final Engine engine;
  private final Whereabouts whereabouts;
  private final Prelude prelude = new Prelude();
  private final AtomicReference<@Nullable Stage> ready = new AtomicReference<>();
  private final LinkedHashMap<Script, PreparedScript> prepared =
      new LinkedHashMap<>(16, 0.75f, true);

  public ScriptEngine() {
    engine =
        Engine.newBuilder("js")
            .sandbox(SandboxPolicy.CONSTRAINED)
            .out(OutputStream.nullOutputStream())
            .err(OutputStream.nullOutputStream())
            .option("engine.WarnInterpreterOnly", "false")
            .build();
    var instrument = engine.getInstruments().get(Whereabouts.ID);
    if (instrument == null) {
      throw new IllegalStateException(Whereabouts.ID + " is not registered with the engine");
    }
    whereabouts = instrument.lookup(Whereabouts.class);
  }

  /// Name and version of the language implementation.
  public String describe() {
    var version = Engine.class.getPackage().getImplementationVersion();
    return "GraalJS " + (version == null ? engine.getVersion() : version);
  }

  /// Makes one run, not started yet.
  ///
  /// @param facts JSON of what the script's `ctx` shows
  public ScriptRun prepare(Script script, String facts, long resultBytesMax, ScriptHost host) {
    return new ScriptRun(this, preparedScript(script), facts, resultBytesMax, host);
  }

  /// Sets a stage ahead of time, so that the next run finds it ready; call it when a run has
  /// answered and nobody waits.
  public void setStage() {
    if (ready.get() == null) {
      var fresh = freshStage();
      if (!ready.compareAndSet(null, fresh)) {
        fresh.close(false);
      }
    }
  }

  Stage stage() {
    var set = ready.getAndSet(null);
    return set == null ? freshStage() : set;
  }

  private Stage freshStage() {
    var files = new ModuleFiles.Slot();
    return new Stage(prelude, whereabouts, context(files), files);
  }

  /// Parses without running.
  public List<SourceProblem> check(Script script) {
    var problems = new ArrayList<SourceProblem>();
    var fresh = new PreparedScript(script);
    try (var context = context(new ModuleFiles.Slot())) {
      parse(context, script.name(), fresh.main(), problems);
      script
          .modules()
          .forEach(
              (path, text) -> parse(context, path, PreparedScript.module(path, text), problems));
    }
    return List.copyOf(problems);
  }

  private static void parse(
      Context context, String name, Source source, List<SourceProblem> problems) {
    try {
      context.parse(source);
    } catch (PolyglotException e) {
      problems.add(ErrorPositions.problem(name, e));
    }
  }

  private PreparedScript preparedScript(Script script) {
    synchronized (prepared) {
      var found = prepared.computeIfAbsent(script, PreparedScript::new);
      if (prepared.size() > SCRIPTS_KEPT_MAX) {
        prepared.remove(prepared.firstEntry().getKey());
      }
      return found;
    }
  }

  private Context context(ModuleFiles.Slot files) {
    return Context.newBuilder("js")
        .engine(engine)
        .sandbox(SandboxPolicy.CONSTRAINED)
        .allowHostAccess(HostAccess.CONSTRAINED)
        .allowIO(IOAccess.newBuilder().fileSystem(files).build())
        .option("js.esm-eval-returns-exports", "true")
        .option("js.text-encoding", "true")
        .option("js.console", "false")
        .option("js.graal-builtin", "false")
        .option("js.load", "false")
        .option("js.print", "false")
        .build();
  }

  @Override
  public void close() {
    engine.close(true);
  }
}
