package io.oarlock.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One platform for all tests that leave it as they found it; JUnit closes it at the end. */
final class SharedProgram implements ParameterResolver {
  private record Running(Program program) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      program.close();
      program.awaitEnd();
      try (var files = Files.walk(program.home())) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SharedProgram.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Program.class;
  }

  @Override
  public Program resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Running.class, _ -> new Running(start()), Running.class)
        .program();
  }

  /** The embedded store; a database of its own at {@code OARLOCK_TEST_MONGO} where that is set. */
  private static List<String> store() {
    var mongo = System.getenv("OARLOCK_TEST_MONGO");
    if (mongo == null || mongo.isEmpty()) {
      return List.of();
    }
    var address = URI.create(mongo);
    var query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    var database = "oarlock-test-" + ProcessHandle.current().pid();
    return List.of("--store", "mongodb://" + address.getRawAuthority() + "/" + database + query);
  }

  private static Program start() {
    try {
      var options = new ArrayList<>(List.of("--http", "--port", "0"));
      options.addAll(store());
      return Program.up(
          Files.createTempDirectory("oarlock-shared"), options.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
