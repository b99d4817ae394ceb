package io.oarlock.engine;

import io.oarlock.model.Filter;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceType;
import io.oarlock.model.ValueType;
import io.oarlock.spi.Outgoing;
import io.oarlock.spi.Sink;
import io.oarlock.spi.SinkContext;
import io.oarlock.spi.SinkException;
import io.oarlock.spi.SinkPlugin;
import io.oarlock.spi.SinkSettings;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Opens the sinks of forwarders with the plugins there are, and is their way to the world outside.
 */
final class Sinks {
  /** Longest wait for an answer. */
  static final Duration ANSWER = Duration.ofSeconds(30);

  private static final Logger LOG = System.getLogger(Sinks.class.getName());
  private static final int REPLY_MAX = 4 * 1024 * 1024;

  private final Map<String, SinkPlugin> plugins = new LinkedHashMap<>();
  private final OutboundGuard guard;
  private final Outbound outbound;
  private final ResourceStore store;
  private final ResourceType secrets;
  private final Vault vault;
  private final String publicUrl;
  private final Clock clock;

  Sinks(
      List<SinkPlugin> plugins,
      OutboundGuard guard,
      Outbound outbound,
      ResourceStore store,
      ResourceType secrets,
      Vault vault,
      String publicUrl,
      Clock clock) {
    plugins.forEach(plugin -> plugin.kinds().forEach(kind -> add(kind, plugin)));
    this.guard = guard;
    this.outbound = outbound;
    this.store = store;
    this.secrets = secrets;
    this.vault = vault;
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  private void add(String kind, SinkPlugin plugin) {
    var other = plugins.putIfAbsent(kind, plugin);
    if (other != null) {
      throw Problem.conflict(
          "two-plugins",
          "Two plugins make sinks of the kind %s: %s and %s. Remove one of them"
              .formatted(kind, other.getClass().getName(), plugin.getClass().getName()));
    }
  }

  Set<String> kinds() {
    return plugins.keySet();
  }

  /** Those that the model of forwarders does not know, in alphabetical order. */
  Set<String> kindsBeyond(ResourceType forwarders) {
    var beyond = new TreeSet<>(kinds());
    if (forwarders.attribute("sink").orElseThrow().type()
        instanceof ValueType.OneOf(var known, var _)) {
      beyond.removeAll(known.keySet());
    }
    return beyond;
  }

  List<SinkPlugin.Fault> faults(SinkSettings settings) {
    return Optional.ofNullable(plugins.get(settings.kind()))
        .map(plugin -> plugin.faults(settings))
        .orElse(List.of());
  }

  Sink open(Forwarder forwarder) throws SinkException {
    var plugin = plugins.get(forwarder.sink().kind());
    if (plugin == null) {
      throw SinkException.later("no plugin of this platform serves " + forwarder.sink().kind());
    }
    try {
      return new Caught(plugin.open(forwarder.sink(), new Context(forwarder)));
    } catch (RuntimeException | LinkageError e) {
      throw mistake(e);
    }
  }

  /** A mistake of a plugin is a failure of its sink, which is told and tried again. */
  private record Caught(Sink sink) implements Sink {
    @Override
    public void send(List<Outgoing> batch) throws SinkException, InterruptedException {
      try {
        sink.send(batch);
      } catch (RuntimeException | LinkageError e) {
        throw mistake(e);
      }
    }

    @Override
    public void close() {
      try {
        sink.close();
      } catch (RuntimeException | LinkageError e) {
        LOG.log(Logger.Level.WARNING, "A sink was not closed: {0}", e.toString());
      }
    }
  }

  private static SinkException mistake(Throwable e) {
    LOG.log(Logger.Level.WARNING, "A plugin failed", e);
    return SinkException.later("the plugin failed: " + e);
  }

  private final class Context implements SinkContext {
    private final Forwarder forwarder;

    Context(Forwarder forwarder) {
      this.forwarder = forwarder;
    }

    @Override
    public String source() {
      return publicUrl + "/v1/eventforwarders/" + forwarder.id();
    }

    @Override
    public String namespace() {
      return forwarder.namespace().value();
    }

    @Override
    public HttpReply http(HttpRequest request) throws SinkException {
      var target = target(request.url());
      var headers = new LinkedHashMap<>(request.headers());
      headers.putIfAbsent("user-agent", "Oarlock");
      try {
        var reply =
            outbound.send(
                target,
                new Outbound.Request(
                    request.method(),
                    headers,
                    Buffer.buffer(request.body()),
                    forwarder.tls(),
                    ANSWER,
                    REPLY_MAX));
        return new HttpReply(reply.status(), reply.headers(), reply.text());
      } catch (Outbound.Failure e) {
        throw SinkException.later(e.reason());
      }
    }

    private OutboundGuard.Target target(String url) throws SinkException {
      try {
        return guard.check(forwarder.namespace(), url);
      } catch (Problem e) {
        throw SinkException.later(e.code() + ": " + e.detail());
      }
    }

    @Override
    public Socket connect(String host, int port, boolean tls) throws SinkException {
      var target = target(Sinks.url(host, port));
      var socket = new Socket();
      try {
        var address = new InetSocketAddress(target.address(), port);
        socket.connect(address, (int) Outbound.CONNECT.toMillis());
        socket.setSoTimeout((int) ANSWER.toMillis());
        socket.setTcpNoDelay(true);
        return tls ? secured(socket, host, port) : socket;
      } catch (IOException e) {
        close(socket);
        throw SinkException.later("no connection: " + e.getMessage());
      }
    }

    private Socket secured(Socket socket, String host, int port) throws IOException, SinkException {
      var secured = (SSLSocket) tls().createSocket(socket, host, port, true);
      var parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
      secured.startHandshake();
      return secured;
    }

    @Override
    public SSLSocketFactory tls() {
      return Sinks.tls(forwarder.tls().authorities());
    }

    @Override
    public String secret(String name, String host) throws SinkException {
      var named = new Filter.Compare("name", Filter.Comparison.EQUAL, name);
      var query =
          Query.all(SecretHandles.TYPE, new Query.Scope.Only(forwarder.namespace()))
              .where(named)
              .limit(1);
      var found = store.list(query).documents().stream().findFirst();
      if (found.isEmpty()) {
        throw SinkException.later("there is no secret " + name + " in " + forwarder.namespace());
      }
      var body = vault.open(secrets, found.get().id(), found.get().body());
      if (Trees.instant(body, "expirationTime").filter(clock.instant()::isAfter).isPresent()) {
        throw SinkException.later("the secret " + name + " has expired");
      }
      if (!Hosts.oneOf(Set.copyOf(Trees.texts(body.get("destinations"))), host)) {
        throw SinkException.later(
            "the secret "
                + name
                + " may not be sent to "
                + host
                + "; add the host to the destinations of the secret");
      }
      return Trees.required(body, "value");
    }
  }

  /** What the guard is asked for a connection that speaks no HTTP. */
  static String url(String host, int port) {
    return "https://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port + "/";
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      return; // it was not open
    }
  }

  private static SSLSocketFactory tls(Optional<String> authorities) {
    try {
      var context = SSLContext.getInstance("TLS");
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(authorities.isPresent() ? keys(authorities.get()) : null);
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("The certificate authorities cannot be read", e);
    }
  }

  private static KeyStore keys(String pem) throws GeneralSecurityException, IOException {
    var keys = KeyStore.getInstance(KeyStore.getDefaultType());
    keys.load(null, null);
    var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
    var number = 0;
    for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
      keys.setCertificateEntry("authority-" + number++, certificate);
    }
    return keys;
  }
}
