package io.oarlock.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 over one connection that is kept as long as both sides like. Used by one thread.
 *
 * <p>Why not the JDK's clients: java.net.http takes ten times as long to load as to ask, and
 * HttpURLConnection cannot send PATCH.
 */
final class Wire implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

  /** Longest silence while an answer is awaited; the platform's own limits are shorter. */
  static final int READ_TIMEOUT_MILLIS = 120_000;

  private static final int HEAD_BYTES_MAX = 64 * 1024;

  private final Endpoint endpoint;
  private @Nullable Connection connection;
  private @Nullable InputStream in;

  Wire(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** What is asked; {@code body} is empty for none. */
  record Request(String method, String target, Map<String, String> headers, String body) {}

  /** What is answered; names of headers are in lower case. The body is read by the caller. */
  record Response(int status, String reason, Map<String, String> headers, InputStream body) {
    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  /** Sends and reads the head of the answer. The body must be read before the next call. */
  Response send(Request request) throws IOException {
    var reused = connection != null;
    try {
      return exchange(request);
    } catch (ClosedBeforeAnswer e) {
      close();
      // A kept connection may have been closed meanwhile, and to read twice does no harm.
      if (!reused && !request.method().equals("GET") && !request.method().equals("HEAD")) {
        throw e;
      }
      return exchange(request);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private Response exchange(Request request) throws IOException {
    var opened = connection();
    try {
      var out = new BufferedOutputStream(opened.out(), 8192);
      var body = request.body().getBytes(StandardCharsets.UTF_8);
      out.write(head(request, body.length).getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
    } catch (SSLException e) {
      throw e;
    } catch (IOException e) {
      throw new ClosedBeforeAnswer(e);
    }
    return answer(request.method().equals("HEAD"));
  }

  private Connection connection() throws IOException {
    var open = connection;
    if (open == null) {
      open = connect();
      connection = open;
      in = new BufferedInputStream(open.in(), 16 * 1024);
    }
    return open;
  }

  private Connection connect() throws IOException {
    var socket = endpoint.socket();
    if (socket.isPresent()) {
      try {
        return LocalConnection.to(socket.get());
      } catch (IOException e) {
        // Left by a platform that was killed: what is wrong is told by the usual way.
      }
    }
    try {
      return tcp();
    } catch (SSLHandshakeException e) {
      // A busy server gives up handshakes that take long; nothing has been asked yet.
      return tcp();
    }
  }

  private Connection tcp() throws IOException {
    var plain = new Socket();
    try {
      plain.connect(
          new InetSocketAddress(endpoint.host(), endpoint.port()), CONNECT_TIMEOUT_MILLIS);
      plain.setTcpNoDelay(true);
      plain.setSoTimeout(READ_TIMEOUT_MILLIS);
      return new Connection.Tcp(endpoint.secure() ? Tls.over(plain, endpoint) : plain);
    } catch (UnknownHostException e) {
      plain.close();
      throw new ConnectException("Unknown host " + endpoint.host());
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  /** How long to wait for the next byte. */
  void readTimeout(int millis) throws IOException {
    connection().readTimeout(millis);
  }

  private String head(Request request, int length) {
    var text = new StringBuilder(512);
    text.append(request.method()).append(' ').append(endpoint.prefix()).append(request.target());
    text.append(" HTTP/1.1\r\nHost: ").append(endpoint.uri().getRawAuthority()).append("\r\n");
    request.headers().forEach((name, value) -> text.append(line(name, value)));
    if (length > 0) {
      text.append("Content-Length: ").append(length).append("\r\n");
    } else if (request.method().startsWith("P")) {
      text.append("Content-Length: 0\r\n");
    }
    return text.append("\r\n").toString();
  }

  private static String line(String name, String value) {
    if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw Failure.usage("The header " + name + " cannot carry this value: " + value);
    }
    return name + ": " + value + "\r\n";
  }

  private Response answer(boolean headOnly) throws IOException {
    var source = java.util.Objects.requireNonNull(in, "in is null");
    var budget = new int[] {HEAD_BYTES_MAX};
    var status = readLine(source, budget);
    if (status.isEmpty()) {
      throw new ClosedBeforeAnswer(null);
    }
    var words = status.split(" ", 3);
    if (!words[0].startsWith("HTTP/1.") || words.length < 2) {
      throw new IOException("Not HTTP: the server answered \"" + shortened(status) + "\"");
    }
    var headers = new LinkedHashMap<String, String>();
    for (var line = readLine(source, budget); !line.isEmpty(); line = readLine(source, budget)) {
      var colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    var code = Integer.parseInt(words[1]);
    if (code == 100) {
      return answer(headOnly);
    }
    var reason = words.length > 2 ? words[2] : "";
    return new Response(code, reason, headers, body(source, code, headers, headOnly));
  }

  private InputStream body(
      InputStream source, int code, Map<String, String> headers, boolean headOnly) {
    if (headOnly || code == 204 || code == 304) {
      return InputStream.nullInputStream();
    }
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return new ChunkedInput(source);
    }
    var length = headers.get("content-length");
    if (length != null) {
      return new SizedInput(source, Long.parseLong(length));
    }
    return source;
  }

  private static String readLine(InputStream source, int[] budget) throws IOException {
    var line = new StringBuilder(80);
    for (int c = source.read(); c >= 0 && c != '\n'; c = source.read()) {
      if (--budget[0] < 0) {
        throw new IOException("The head of the answer is longer than " + HEAD_BYTES_MAX + " bytes");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  @Override
  public void close() {
    var open = connection;
    connection = null;
    in = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Nothing was left to say on it.
      }
    }
  }

  /** The connection ended before a byte of the answer came. */
  private static final class ClosedBeforeAnswer extends IOException {
    private static final long serialVersionUID = 1L;

    ClosedBeforeAnswer(@Nullable IOException cause) {
      super("The server closed the connection without an answer", cause);
    }
  }
}
