package io.oarlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearbyTest {
  /** Port 9 is "discard", where nothing answers: what comes back came by the socket. */
  private static final String URL = "https://localhost:9";

  private static final String AUTHORITY = "-----BEGIN CERTIFICATE-----\n…\n";

  @TempDir Path home;
  private Path socket;
  private ServerSocketChannel server;

  @BeforeEach
  void listen() throws IOException {
    var ca = Files.writeString(home.resolve("ca.pem"), AUTHORITY);
    var run = Files.createDirectory(home.resolve("run"));
    Files.writeString(
        run.resolve("server.json"), "{\"url\":\"%s\",\"caFile\":\"%s\"}".formatted(URL, ca));
    socket = run.resolve("api.sock");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    allow("rw-------");
  }

  @AfterEach
  void leave() throws IOException {
    server.close();
  }

  private void allow(String permissions) throws IOException {
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString(permissions));
  }

  private Endpoint shortcut(String authority) throws IOException {
    return new Nearby(home).shortcut(new Endpoint(URL, Optional.of(authority)));
  }

  @Test
  void thePlatformOfThisHomeIsReachedByItsSocket() throws IOException {
    assertThat(shortcut(AUTHORITY).socket()).contains(socket);
  }

  @Test
  void aPlatformWithAnotherAuthorityIsAnotherPlatform() throws IOException {
    assertThat(shortcut("-----BEGIN CERTIFICATE-----\nanother\n").socket()).isEmpty();
    assertThat(new Nearby(home).shortcut(new Endpoint(URL, Optional.empty())).socket()).isEmpty();
  }

  @Test
  void aSocketThatOthersMayOpenIsNotTrusted() throws IOException {
    allow("rw-rw----");
    assertThat(shortcut(AUTHORITY).socket()).isEmpty();
  }

  @Test
  void whatIsNoSocketIsNotTrusted() throws IOException {
    var moved = Files.move(socket, home.resolve("moved.sock"));
    Files.createSymbolicLink(socket, moved);
    assertThat(shortcut(AUTHORITY).socket()).isEmpty();
  }

  @Test
  void aLongAnswerComesWholeByTheSocket() throws Exception {
    var description = "x".repeat(3_000_000);
    var answering = Thread.ofVirtual().start(() -> answer("{\"description\":\"%s\"}", description));
    try (var api = new Api(shortcut(AUTHORITY), Optional.of("t"), Optional.empty(), _ -> {})) {
      assertThat(api.ask(Api.Ask.of("GET", "/v1/namespaces/1")).object())
          .containsEntry("description", description);
    }
    answering.join();
  }

  private void answer(String body, String description) {
    var bytes = body.formatted(description).getBytes(StandardCharsets.UTF_8);
    var head = "HTTP/1.1 200 OK\r\nContent-Length: " + bytes.length + "\r\n\r\n";
    try (var caller = server.accept();
        var out = Channels.newOutputStream(caller)) {
      var _ = caller.read(ByteBuffer.allocate(4096));
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aSocketNobodyListensAtIsNoReasonNotToTryTls() throws IOException {
    server.close();
    try (var api = new Api(shortcut(AUTHORITY), Optional.of("t"), Optional.empty(), _ -> {})) {
      api.ask(Api.Ask.of("GET", "/v1/namespaces"));
    } catch (Failure failure) {
      assertThat(failure.title()).startsWith("Cannot reach " + URL);
    }
  }
}
