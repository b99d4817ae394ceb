package io.oarlock.enforcer.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the kernel knows of the programs of this host, read from {@code /proc} (proc(5)). */
final class Processes {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENS = "0A";

  /** Fields of a line of {@code /proc/net/tcp}: the local address, the state, the user. */
  private static final int LOCAL = 1;

  private static final int STATE = 3;
  private static final int USER = 7;

  private Processes() {}

  /** A process of each of these users that has one. */
  static Map<Long, Long> witnesses(Set<Long> users) {
    var found = new HashMap<Long, Long>();
    try (var processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var process : processes) {
        var pid = Long.parseLong(process.getFileName().toString());
        usersOf(pid).stream().filter(users::contains).forEach(user -> found.put(user, pid));
      }
      return found;
    } catch (IOException | DirectoryIteratorException e) {
      throw new AgentException("The processes of this host cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Real, effective, saved and file system user of a process, as its status says: the owner of its
   * folder is root whenever it may not be dumped. Empty when it is gone.
   */
  static Set<Long> usersOf(long pid) {
    var users = new HashSet<Long>();
    try (var status = Files.newBufferedReader(PROC.resolve(pid + "/status"))) {
      for (var line = status.readLine(); line != null; line = status.readLine()) {
        if (line.startsWith("State:\tZ")) {
          return Set.of();
        }
        if (line.startsWith("Uid:")) {
          for (var user : line.substring(4).trim().split("\\s+", -1)) {
            users.add(Long.parseLong(user));
          }
          return users;
        }
      }
      return Set.of();
    } catch (IOException e) {
      return Set.of();
    }
  }

  /** Whether there is such a process, and not only its exit code for its parent. */
  static boolean exists(long pid) {
    return !usersOf(pid).isEmpty();
  }

  /** Which of these users listen at which TCP ports of this network namespace. */
  static Map<Integer, Set<Long>> listeners(Set<Long> users) {
    var ports = new HashMap<Integer, Set<Long>>();
    for (var file : new String[] {"/proc/self/net/tcp", "/proc/self/net/tcp6"}) {
      try (var lines = Files.newBufferedReader(Path.of(file), StandardCharsets.US_ASCII)) {
        read(lines, users, ports);
      } catch (java.nio.file.NoSuchFileException e) {
        // A kernel without IPv6.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ports;
  }

  /** Listeners stand first; whatever number of connections follows is not read. */
  private static void read(BufferedReader lines, Set<Long> users, Map<Integer, Set<Long>> ports)
      throws IOException {
    lines.readLine();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var fields = line.trim().split("\\s+", -1);
      if (fields.length <= USER || !fields[STATE].equals(LISTENS)) {
        return;
      }
      var user = Long.parseLong(fields[USER]);
      if (users.contains(user)) {
        var address = fields[LOCAL];
        var port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
        ports.computeIfAbsent(port, _ -> new HashSet<>()).add(user);
      }
    }
  }
}
