package io.oarlock.spi;

import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** What a sink works with. Everything it reaches is asked of the outbound guard, each time. */
public interface SinkContext {
  /** The URL of the forwarder, which stands as source in what is sent. */
  String source();

  /** The path of the namespace of the forwarder. */
  String namespace();

  /**
   * Sends a request and reads the answer, at most 4 MiB of it, within 30 s. Redirects are answers.
   *
   * @throws SinkException when there is no answer, or the guard refuses
   */
  HttpReply http(HttpRequest request) throws SinkException;

  /**
   * Connects, with TLS where asked; the caller closes.
   *
   * @throws SinkException when it cannot, or the guard refuses
   */
  Socket connect(String host, int port, boolean tls) throws SinkException;

  /** Makes TLS connections of plain ones, trusting what the forwarder trusts. */
  SSLSocketFactory tls();

  /**
   * The value of a secret of the namespace that is bound to that host.
   *
   * @throws SinkException naming what is missing
   */
  String secret(String name, String host) throws SinkException;

  /** A request; the body is UTF-8. */
  record HttpRequest(String method, String url, Map<String, String> headers, String body) {}

  /** An answer; header names in lower case. */
  record HttpReply(int status, Map<String, String> headers, String body) {
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    public boolean isGood() {
      return status >= 200 && status < 300;
    }
  }
}
