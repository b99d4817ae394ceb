package io.oarlock.automations.graaljs;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.instrumentation.provider.TruffleInstrumentProvider;
import java.util.Collection;
import java.util.List;
import org.graalvm.polyglot.SandboxPolicy;

/// How the engine finds [Whereabouts]: what Truffle's annotation processor would write.
@TruffleInstrument.Registration(
    id = Whereabouts.ID,
    name = "Whereabouts",
    version = "1",
    services = Whereabouts.class,
    sandbox = SandboxPolicy.CONSTRAINED)
public final class WhereaboutsProvider extends TruffleInstrumentProvider {

  @Override
  protected String getInstrumentClassName() {
    return Whereabouts.class.getName();
  }

  @Override
  protected Object create() {
    return new Whereabouts();
  }

  @Override
  protected Collection<String> getServicesClassNames() {
    return List.of(Whereabouts.class.getName());
  }
}
