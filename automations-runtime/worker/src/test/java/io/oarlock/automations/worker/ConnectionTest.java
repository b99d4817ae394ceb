package io.oarlock.automations.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {

  private SocketChannel near;
  private SocketChannel far;

  @BeforeEach
  void connect(@TempDir Path directory) throws IOException {
    var address = UnixDomainSocketAddress.of(directory.resolve("s"));
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address)) {
      near = SocketChannel.open(address);
      far = server.accept();
    }
  }

  @AfterEach
  void disconnect() throws IOException {
    near.close();
    far.close();
  }

  @Test
  void framesArriveAsTheyWereSent() throws IOException {
    var large = "ü".repeat(100_000);
    var sender = new Connection(near);
    var sent =
        Thread.startVirtualThread(() -> {
          try {
            sender.send(Frame.of(Frame.Kind.LOG, Map.of("run", "1", "level", "info"), large));
            sender.send(Frame.of(Frame.Kind.STOP, Map.of("run", "2")));
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    var receiver = new Connection(far);
    assertThat(receiver.receive().text()).isEqualTo(large);
    assertThat(receiver.receive().string("run")).isEqualTo("2");
    near.close();
    assertThatThrownBy(receiver::receive).isInstanceOf(EOFException.class);
    assertThat(sent).isNotNull();
  }

  @Test
  void aFrameOfImpossibleLengthIsRefusedUnread() throws IOException {
    near.write(ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).flip());
    assertThatThrownBy(new Connection(far)::receive).hasMessageContaining("says it has");
  }

  @Test
  void noiseIsRefusedAndNothingWorse() {
    var random = new Random(7);
    for (var i = 0; i < 20_000; i++) {
      var noise = noise(random);
      try {
        Frame.decoded(noise);
      } catch (IOException e) {
        assertThat(e).hasMessageMatching("(?s)a (frame|header).*");
      }
    }
  }

  /// Half of it starts like a frame, to come further.
  private static ByteBuffer noise(Random random) {
    var bytes = new byte[random.nextInt(64)];
    random.nextBytes(bytes);
    if (bytes.length > 6 && random.nextBoolean()) {
      bytes[0] = Frame.VERSION;
      bytes[1] = (byte) (1 + random.nextInt(11));
      ByteBuffer.wrap(bytes).putInt(2, random.nextInt(bytes.length));
    }
    return ByteBuffer.wrap(bytes);
  }
}
