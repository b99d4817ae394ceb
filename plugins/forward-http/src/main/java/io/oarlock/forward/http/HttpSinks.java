package io.oarlock.forward.http;

import io.oarlock.spi.Sink;
import io.oarlock.spi.SinkContext;
import io.oarlock.spi.SinkPlugin;
import io.oarlock.spi.SinkSettings;
import java.util.Set;

/** The sinks that speak HTTP: they differ in the shape of a body and in what is an answer. */
public final class HttpSinks implements SinkPlugin {
  @Override
  public Set<String> kinds() {
    return Set.of("Http", "SplunkHec", "Otlp", "Elastic");
  }

  @Override
  public Sink open(SinkSettings settings, SinkContext context) {
    var web = new Web(settings, context);
    return switch (settings.kind()) {
      case "Http" -> new CloudEvents(web);
      case "SplunkHec" -> new SplunkHec(web);
      case "Otlp" -> new Otlp(web);
      case "Elastic" -> new Elastic(web);
      default -> throw new IllegalArgumentException("No sink of this plugin: " + settings.kind());
    };
  }
}
