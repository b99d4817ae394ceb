package io.oarlock.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The way to the platform that runs from the same home: its Unix-domain socket, which spares a
 * command the TLS that is most of its time.
 *
 * <p>It is the same platform when it says the same URL and the profile pins its authority; the file
 * says who listens, as the certificate does elsewhere: only the owner of the home may have made it,
 * and only he may connect.
 */
final class Nearby {
  private static final int TYPE_MASK = 0170000;
  private static final int SOCKET = 0140000;
  private static final int OTHERS = 0077;

  private final Path home;
  private final Profiles profiles;

  Nearby(Path home) {
    this.home = home;
    this.profiles = new Profiles(home);
  }

  /** The endpoint with the shorter way to it, when there is one. */
  Endpoint shortcut(Endpoint endpoint) throws IOException {
    var socket = home.resolve("run").resolve("api.sock");
    return endpoint.secure() && isThisHome(endpoint) && isPrivate(socket)
        ? endpoint.by(socket)
        : endpoint;
  }

  private boolean isThisHome(Endpoint endpoint) throws IOException {
    var local = profiles.localServer();
    var file = Tree.text(local, "caFile").filter(_ -> endpoint.url().equals(local.get("url")));
    return file.isPresent() && endpoint.ca().equals(text(Path.of(file.get())));
  }

  private static Optional<String> text(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private boolean isPrivate(Path socket) throws IOException {
    try {
      var facts = Files.readAttributes(socket, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
      return facts.get("mode") instanceof Integer mode
          && (mode & TYPE_MASK) == SOCKET
          && (mode & OTHERS) == 0
          && Files.getAttribute(home, "unix:uid").equals(facts.get("uid"));
    } catch (NoSuchFileException | UnsupportedOperationException e) {
      return false;
    }
  }
}
