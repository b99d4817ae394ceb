package io.oarlock.forward.syslog;

import io.oarlock.json.Json;
import io.oarlock.spi.Outgoing;
import io.oarlock.spi.Sink;
import io.oarlock.spi.SinkContext;
import io.oarlock.spi.SinkException;
import io.oarlock.spi.SinkSettings;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Sends RFC 5424 messages over TCP (RFC 6587, octet counting) or TLS (RFC 5425).
 *
 * <p>Syslog acknowledges nothing: what was written may be lost in the server's receive buffer. So a
 * batch is a connection. After it this side says that it has ended, and the server, having read all
 * up to there, ends its side: that is the acknowledgement.
 */
final class Syslog implements Sink {
  /** Longest wait for the server to end its side. */
  private static final int ENDED_MILLIS_MAX = 10_000;

  private static final int SEVERITY_NOTICE = 5;
  private static final int NAME_MAX = 32;

  private final SinkSettings settings;
  private final SinkContext context;

  Syslog(SinkSettings settings, SinkContext context) {
    this.settings = settings;
    this.context = context;
  }

  @Override
  public void send(List<Outgoing> batch) throws SinkException {
    var port = (int) settings.number("port", 6514);
    try (var socket = context.connect(settings.required("host"), port, settings.truth("tls"))) {
      var out = new BufferedOutputStream(socket.getOutputStream());
      for (var outgoing : batch) {
        var message = message(outgoing);
        out.write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
        out.write(message);
      }
      out.flush();
      end(socket);
    } catch (IOException e) {
      throw SinkException.later("the connection broke: " + e.getMessage());
    }
  }

  private static void end(Socket socket) throws IOException, SinkException {
    socket.shutdownOutput();
    socket.setSoTimeout(ENDED_MILLIS_MAX);
    try {
      // A server has nothing to say, and what it says means nothing.
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketTimeoutException e) {
      throw SinkException.later(
          "the server did not end the connection, so it is not known what it has read");
    }
  }

  /** HEADER SP STRUCTURED-DATA SP MSG, as section 6 of RFC 5424 says. */
  byte[] message(Outgoing outgoing) {
    var priority = settings.number("facility", 1) * 8 + SEVERITY_NOTICE;
    var header =
        "<"
            + priority
            + ">1 "
            + outgoing.time()
            + " "
            + hostName()
            + " oarlock - "
            + name(outgoing.type())
            + " "
            + data(outgoing)
            + " ";
    var message = new ByteArrayOutputStream();
    message.writeBytes(header.getBytes(StandardCharsets.UTF_8));
    message.writeBytes(Json.write(outgoing.payload()));
    return message.toByteArray();
  }

  private String hostName() {
    var host = URI.create(context.source()).getHost();
    return host == null ? "-" : host;
  }

  private static String name(String text) {
    var name = text.replaceAll("[^\\x21-\\x7e]", "_");
    return name.length() <= NAME_MAX ? name : name.substring(0, NAME_MAX);
  }

  /** 32473 is the enterprise number that RFC 5612 keeps for examples; Oarlock has none yet. */
  private static String data(Outgoing outgoing) {
    return "[oarlock@32473 id=\""
        + escaped(outgoing.id())
        + "\" sequence=\""
        + outgoing.sequence()
        + "\" operation=\""
        + escaped(outgoing.operation())
        + "\" namespace=\""
        + escaped(outgoing.namespace())
        + "\" resource=\""
        + escaped(outgoing.resourceId())
        + "\"]";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("]", "\\]");
  }
}
