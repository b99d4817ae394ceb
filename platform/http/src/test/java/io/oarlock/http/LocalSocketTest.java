package io.oarlock.http;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSocketTest {
  @TempDir Path home;

  @Test
  void onlyItsOwnerMayConnect() throws Exception {
    var socket = home.resolve("api.sock");
    try (var _ = new Harbour(Harbour.quick().withSocket(socket))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void whoeverConnectsStillNeedsAToken() throws Exception {
    var socket = home.resolve("api.sock");
    try (var _ = new Harbour(Harbour.quick().withSocket(socket))) {
      assertThat(ask(socket, "no token of this platform")).startsWith("HTTP/1.1 401 ");
      assertThat(ask(socket, HarbourPlatform.TOKEN)).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aSocketLeftByAKillIsReplaced() throws Exception {
    var socket = home.resolve("api.sock");
    try (var left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      left.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();
    try (var _ = new Harbour(Harbour.quick().withSocket(socket))) {
      assertThat(ask(socket, HarbourPlatform.TOKEN)).startsWith("HTTP/1.1 200 ");
    }
  }

  private static String ask(Path socket, String token) throws IOException {
    var request =
        "GET /v1/boats HTTP/1.1\r\nHost: here\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(token);
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
