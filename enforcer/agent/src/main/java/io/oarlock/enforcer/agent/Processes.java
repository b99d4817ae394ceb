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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What the kernel knows of the programs of this host, read from {@code /proc} (proc(5)). */
final class Processes {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENS = "0A";

  /** Has the ports that two units have: no unit is this user. */
  static final long NOBODY = -1;

  /**
   * Fields of a line of {@code /proc/net/tcp} and its like: the local address, the state, the user.
   */
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
    sockets(
        "tcp",
        fields -> {
          // Listeners stand first; whatever number of connections follows is not read.
          if (!fields[STATE].equals(LISTENS)) {
            return false;
          }
          var user = Long.parseLong(fields[USER]);
          if (users.contains(user)) {
            ports.computeIfAbsent(port(fields), _ -> new HashSet<>()).add(user);
          }
          return true;
        });
    return ports;
  }

  /** Which of these users have which UDP ports of this network namespace. */
  static Map<Integer, Long> datagramPorts(Set<Long> users) {
    var ports = new HashMap<Integer, Long>();
    sockets(
        "udp",
        fields -> {
          var user = Long.parseLong(fields[USER]);
          if (users.contains(user)) {
            ports.merge(port(fields), user, (one, other) -> one.equals(other) ? one : NOBODY);
          }
          return true;
        });
    return ports;
  }

  private static int port(String[] fields) {
    var address = fields[LOCAL];
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
  }

  private static void sockets(String protocol, Predicate<String[]> goesOn) {
    for (var file : List.of(protocol, protocol + "6")) {
      var path = Path.of("/proc/self/net", file);
      try (var lines = Files.newBufferedReader(path, StandardCharsets.US_ASCII)) {
        read(lines, goesOn);
      } catch (java.nio.file.NoSuchFileException e) {
        // A kernel without IPv6.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void read(BufferedReader lines, Predicate<String[]> goesOn) throws IOException {
    lines.readLine();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var fields = line.trim().split("\\s+", -1);
      if (fields.length <= USER || !goesOn.test(fields)) {
        return;
      }
    }
  }
}
