package io.oarlock.enforcer.agent;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import io.oarlock.model.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import jdk.net.ExtendedSocketOptions;

/**
 * Where root on this host speaks to the agent: one JSON object on a line each way. Who calls the
 * kernel tells (SO_PEERCRED), and the permissions of the file say it once more.
 */
final class ControlSocket implements AutoCloseable {
  private static final int REQUEST_MAX = 64 * 1024;
  private static final int ANSWER_MAX = 8 * 1024 * 1024;

  /** Most callers at a time; more wait. */
  private static final int CALLERS_MAX = 32;

  private static final int TAGS_MAX = 64;
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]{0,127}";

  private final Path path;
  private final Agent agent;
  private final ServerSocketChannel server;
  private final Semaphore callers = new Semaphore(CALLERS_MAX);

  ControlSocket(Path path, Agent agent) throws IOException {
    this.path = path;
    this.agent = agent;
    Files.deleteIfExists(path);
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
  }

  void start() {
    Thread.ofVirtual().name("control").start(this::accept);
  }

  private void accept() {
    try {
      while (server.isOpen()) {
        callers.acquire();
        var caller = server.accept();
        Thread.ofVirtual().start(() -> serve(caller));
      }
    } catch (IOException e) {
      // It was closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(SocketChannel caller) {
    try (caller) {
      write(caller, answer(caller));
    } catch (IOException e) {
      // Whoever asked is gone.
    } finally {
      callers.release();
    }
  }

  private Map<String, Object> answer(SocketChannel caller) throws IOException {
    try {
      requireSelf(caller);
      var request = Json.parseObject(read(caller, REQUEST_MAX));
      return switch (Tree.required(request, "op")) {
        case "status" -> agent.status();
        case "unit" -> unit(request);
        default -> throw new AgentException("There is no such request");
      };
    } catch (AgentException | JsonException e) {
      return Map.of("problem", String.valueOf(e.getMessage()));
    }
  }

  private void requireSelf(SocketChannel caller) throws IOException {
    var peer = caller.getOption(ExtendedSocketOptions.SO_PEERCRED);
    if (!peer.user().equals(Files.getOwner(path))) {
      throw new AgentException(
          "Only " + Files.getOwner(path).getName() + " may do this, not " + peer.user().getName());
    }
  }

  private Map<String, Object> unit(Map<String, Object> request) throws IOException {
    var name = Tree.required(request, "name");
    var tags = Tree.texts(request.get("tags"));
    if (!name.matches(NAME)) {
      throw new AgentException("A unit's name has letters, digits, - _ . and at most 128 of them");
    }
    requireTags(tags);
    var pid = Tree.number(request, "pid");
    requireHere(pid);
    var account = Tree.text(request, "user").map(HostUser::find);
    var metadata = account.map(HostUser::tags).orElse(List.of());
    var session = Boolean.TRUE.equals(request.get("session"));
    var unit = agent.unit(new Asked(name, pid, tags, metadata, session));
    return new Launch(unit.uid(), account).tree();
  }

  private static void requireTags(List<String> tags) {
    if (tags.size() > TAGS_MAX) {
      throw new AgentException("A unit has at most " + TAGS_MAX + " tags of its own");
    }
    for (var tag : tags) {
      if (tag.startsWith("$") || tag.startsWith("@")) {
        throw new AgentException(
            "The tag "
                + tag
                + " is not yours to give: $ and @ are the platform's; leave the sign out");
      }
      try {
        Tag.parse(tag);
      } catch (IllegalArgumentException e) {
        throw new AgentException("The tag " + tag + " cannot be: " + e.getMessage(), e);
      }
    }
  }

  /** A program elsewhere would not be caught by the rules here. */
  static void requireHere(long pid) throws IOException {
    var theirs = Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net"));
    if (!theirs.equals(Files.readSymbolicLink(Path.of("/proc/self/ns/net")))) {
      throw new AgentException(
          "The agent guards another network namespace than the one you are in; start the unit there");
    }
  }

  /** Asks the agent of a state folder. */
  static Map<String, Object> ask(StateFolder state, Map<String, Object> request) {
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(state.socket()))) {
      write(channel, request);
      var answer = Json.parseObject(read(channel, ANSWER_MAX));
      Tree.text(answer, "problem")
          .ifPresent(problem -> {
            throw new AgentException(problem);
          });
      return answer;
    } catch (IOException e) {
      throw new AgentException(
          "No agent answers at %s: %s. Start one: ./oarlock enforcer run --credential FILE --state %s"
              .formatted(state.socket(), e.getMessage(), state.folder()),
          e);
    }
  }

  private static void write(SocketChannel channel, Map<String, Object> tree) throws IOException {
    var line = ByteBuffer.wrap((Json.text(tree) + "\n").getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) {
      channel.write(line);
    }
  }

  private static byte[] read(SocketChannel channel, int most) throws IOException {
    var line = new ByteArrayOutputStream();
    var in = Channels.newInputStream(channel);
    for (var next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
      if (line.size() > most) {
        throw new AgentException("A line has at most " + most + " bytes");
      }
    }
    return line.toByteArray();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
