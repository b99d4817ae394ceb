package io.oarlock.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One platform for all tests that leave it as they found it; JUnit closes it at the end. */
final class SharedProgram implements ParameterResolver {
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
        .computeIfAbsent(Program.class, _ -> start(), Program.class);
  }

  private static Program start() {
    try {
      return Program.up(Files.createTempDirectory("oarlock-shared"), "--http", "--port", "0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
