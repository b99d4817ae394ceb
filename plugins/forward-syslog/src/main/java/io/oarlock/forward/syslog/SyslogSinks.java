package io.oarlock.forward.syslog;

import io.oarlock.spi.Sink;
import io.oarlock.spi.SinkContext;
import io.oarlock.spi.SinkPlugin;
import io.oarlock.spi.SinkSettings;
import java.util.Set;

/** The sink for syslog servers. */
public final class SyslogSinks implements SinkPlugin {
  @Override
  public Set<String> kinds() {
    return Set.of("Syslog");
  }

  @Override
  public Sink open(SinkSettings settings, SinkContext context) {
    return new Syslog(settings, context);
  }
}
