package io.oarlock.demo;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a platform is and how its administrator signs in. */
public record Site(URI url, String administrator, Path passwordFile, Path caFile) {

  /** The platform that runs with this {@code OARLOCK_HOME}, if any does. */
  public static Optional<Site> of(Path home) throws IOException {
    var file = home.resolve("run").resolve("server.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      var tree = Json.parseObject(Files.readAllBytes(file));
      var isAlive =
          tree.get("pid") instanceof Long pid
              && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
      return isAlive
          ? Optional.of(
              new Site(
                  URI.create(String.valueOf(tree.get("url"))),
                  String.valueOf(tree.get("adminUser")),
                  Path.of(String.valueOf(tree.get("passwordFile"))),
                  Path.of(String.valueOf(tree.get("caFile")))))
          : Optional.empty();
    } catch (JsonException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  String password() throws IOException {
    return Files.readString(passwordFile).strip();
  }
}
