package io.oarlock.automations.graaljs;

import com.oracle.truffle.api.TruffleContext;
import io.oarlock.automations.ScriptError;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/// A fresh context with the prelude in it, set before it is known which run will play on it. It
/// serves one run and is closed with it.
final class Stage {

  private final Prelude prelude;
  private final Whereabouts whereabouts;
  private final Context context;
  private final Optional<TruffleContext> inner;
  private final ModuleFiles.Slot files;
  private final Value callbacks;
  private final Map<String, Value> parts = new HashMap<>();
  private @Nullable ScriptRun run;

  Stage(Prelude prelude, Whereabouts whereabouts, Context context, ModuleFiles.Slot files) {
    this.prelude = prelude;
    this.whereabouts = whereabouts;
    inner = whereabouts.latestContext();
    this.context = context;
    this.files = files;
    callbacks = prelude.ctx(context).execute(HostFunctions.with(functions()));
  }

  void start(ScriptRun owner, PreparedScript script, String facts) {
    run = owner;
    files.fill(script.files());
    if (script.plain()) {
      callback("furnish");
    }
    var main = context.eval(script.main());
    callback(
        "start", script.plain() ? prelude.plainFunctions(context) : main, script.plain(), facts);
  }

  Value callback(String name, @Nullable Object... arguments) {
    return callbacks.invokeMember(name, arguments);
  }

  Optional<ScriptError> whereabouts(long millis) {
    return inner.flatMap(known -> whereabouts.of(known, millis));
  }

  /// @param force to end what still runs in it, from whatever thread; costs more than to close one
  ///   that has come to its end
  void close(boolean force) {
    try {
      context.close(force);
    } catch (IllegalStateException | PolyglotException e) {
      context.close(true);
    }
  }

  private ScriptRun run() {
    if (run == null) {
      throw new ScriptMistake("the run has not begun");
    }
    return run;
  }

  private Map<String, Object> functions() {
    var functions = new HashMap<String, Object>();
    functions.put("call", (ProxyExecutable) args -> run().call(text(args[0]), text(args[1])));
    functions.put(
        "callAndWait", (ProxyExecutable) args -> run().callAndWait(text(args[0]), text(args[1])));
    functions.put(
        "startTimer", procedure(args -> run().startTimer(args[0].asInt(), args[1].asDouble())));
    functions.put("stopTimer", procedure(args -> run().stopTimer(args[0].asInt())));
    functions.put("log", procedure(args -> run().log(text(args[0]), text(args[1]))));
    functions.put("web", (ProxyExecutable) args -> part(text(args[0])));
    functions.put("skipped", procedure(args -> run().settle(new Outcome.Skipped())));
    functions.put("refused", procedure(args -> run().settle(new Outcome.Refused(text(args[0])))));
    functions.put("succeeded", procedure(args -> run().succeed(args[0])));
    functions.put("failed", procedure(args -> run().fail(args[0])));
    return functions;
  }

  private interface Procedure {
    void run(Value[] arguments);
  }

  private static ProxyExecutable procedure(Procedure procedure) {
    return arguments -> {
      procedure.run(arguments);
      return true;
    };
  }

  static String text(Value value) {
    if (!value.isString()) {
      throw new ScriptMistake("this cannot be written as JSON");
    }
    return value.asString();
  }

  private Value part(String name) {
    var found = parts.get(name);
    if (found == null) {
      found = prelude.part(context, name).execute(callbacks.getMember("shared"));
      parts.put(name, found);
    }
    return found;
  }
}
