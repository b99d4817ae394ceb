package io.oarlock.automations.graaljs;

import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.instrumentation.ContextsListener;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.nodes.LanguageInfo;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.source.SourceSection;
import io.oarlock.automations.ScriptError;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Asks a busy script where it stands. The exception that later ends it cannot be relied on for
/// that: promises and async functions lose its frames on the way out.
final class Whereabouts extends TruffleInstrument {

  static final String ID = "oarlock-whereabouts";

  private static final ThreadLocal<@Nullable TruffleContext> LATEST = new ThreadLocal<>();
  private @Nullable Env env;

  @Override
  protected void onCreate(Env created) {
    env = created;
    created.registerService(this);
    created.getInstrumenter().attachContextsListener(new Newcomers(), false);
  }

  /// The context this thread made last.
  Optional<TruffleContext> latestContext() {
    return Optional.ofNullable(LATEST.get());
  }

  /// The author's innermost position, if the script comes by a safepoint in time.
  Optional<ScriptError> of(TruffleContext context, long millis) {
    var current = env;
    if (current == null) {
      return Optional.empty();
    }
    var found = new CompletableFuture<SourceSection>();
    var look = current.submitThreadLocal(context, null, new Look(found));
    try {
      var section = found.get(millis, TimeUnit.MILLISECONDS);
      return Optional.of(ErrorPositions.standing(section));
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      look.cancel(false);
    }
  }

  private static final class Look extends ThreadLocalAction {
    private final CompletableFuture<SourceSection> found;

    Look(CompletableFuture<SourceSection> found) {
      super(false, false);
      this.found = found;
    }

    @Override
    protected void perform(Access access) {
      offer(access.getLocation());
      Truffle.getRuntime()
          .iterateFrames(frame -> {
            offer(frame.getCallNode());
            return found.isDone() ? found : null;
          });
    }

    private void offer(@Nullable Node node) {
      var section = node == null ? null : node.getEncapsulatingSourceSection();
      if (section != null && ErrorPositions.authored(section)) {
        found.complete(section);
      }
    }
  }

  private static final class Newcomers implements ContextsListener {
    @Override
    public void onContextCreated(TruffleContext context) {
      LATEST.set(context);
    }

    @Override
    public void onLanguageContextCreated(TruffleContext context, LanguageInfo language) {}

    @Override
    public void onLanguageContextInitialized(TruffleContext context, LanguageInfo language) {}

    @Override
    public void onLanguageContextFinalized(TruffleContext context, LanguageInfo language) {}

    @Override
    public void onLanguageContextDisposed(TruffleContext context, LanguageInfo language) {}

    @Override
    public void onContextClosed(TruffleContext context) {}
  }
}
