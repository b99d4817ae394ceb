package io.oarlock.forward.smtp;

import io.oarlock.spi.Sink;
import io.oarlock.spi.SinkContext;
import io.oarlock.spi.SinkPlugin;
import io.oarlock.spi.SinkSettings;
import java.util.Set;

/** The sink for mail servers. */
public final class SmtpSinks implements SinkPlugin {
  @Override
  public Set<String> kinds() {
    return Set.of("Smtp");
  }

  @Override
  public Sink open(SinkSettings settings, SinkContext context) {
    return new Smtp(settings, context);
  }
}
