package io.oarlock.enforcer.agent;

import io.oarlock.enforcer.wire.EnforcerRequest;
import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import io.oarlock.model.NamespacePath;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Becoming an enforcer of the platform, and staying one. */
final class Enrolling {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Most networks told of. */
  private static final int SUBNETS_MAX = 64;

  private Enrolling() {}

  /** Enrols by a registration credential; the key is made here. */
  static Enrolment enrol(Path file, String name, InstantSource clock) {
    var credential = credential(file);
    var url = URI.create(Tree.required(credential, "apiUrl"));
    var request = EnforcerRequest.make();
    try (var platform = client(credential, clock)) {
      var host = new LinkedHashMap<String, Object>();
      host.put("name", name);
      host.put("fqdn", hostName());
      host.put("subnets", subnets());
      host.put("certificateRequest", request.pem());
      var made = platform.post("/v1/enforcers", host, PATIENCE);
      return new Enrolment(
          Tree.required(made, "id"),
          name,
          NamespacePath.of(Tree.required(credential, "namespace")),
          url,
          Tree.required(credential, "certificateAuthority"),
          Tree.required(made, "certificateAuthority"),
          Tree.required(made, "certificate"),
          Pem.text(request.key().getPrivate()));
    } catch (IOException e) {
      throw new AgentException("Enrolling at " + url + " failed: " + e.getMessage(), e);
    }
  }

  /** Speaks to the platform as the holder of a credential. */
  static PlatformClient client(Path file, InstantSource clock) {
    return client(credential(file), clock);
  }

  private static PlatformClient client(Map<String, Object> credential, InstantSource clock) {
    return new PlatformClient(
        URI.create(Tree.required(credential, "apiUrl")),
        Tree.required(credential, "certificateAuthority"),
        Tree.required(credential, "id"),
        Pem.key(Tree.required(credential, "certificateKey")),
        Tree.required(credential, "namespace"),
        clock);
  }

  private static Map<String, Object> credential(Path file) {
    try {
      return Json.parseObject(Files.readAllBytes(file));
    } catch (IOException | JsonException e) {
      throw new AgentException(
          "The credential %s cannot be read: %s. Make one with: ./oarlock enforcer register --out FILE"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** A new certificate for the same key. */
  static Enrolment renew(Enrolment enrolment, PlatformClient platform) throws IOException {
    var pair = new KeyPair(enrolment.x509().getPublicKey(), enrolment.privateKey());
    var asked = Map.<String, Object>of("certificateRequest", EnforcerRequest.of(pair).pem());
    var renewed = platform.patch("/v1/enforcers/" + enrolment.id(), asked, PATIENCE);
    return enrolment.renewed(Tree.required(renewed, "certificate"));
  }

  static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** The networks this host is in, but for itself. */
  static List<String> subnets() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(each -> each.getInterfaceAddresses().stream())
          .filter(each -> !each.getAddress().isLoopbackAddress())
          .filter(each -> !each.getAddress().isLinkLocalAddress())
          .map(Enrolling::network)
          .distinct()
          .sorted()
          .limit(SUBNETS_MAX)
          .toList();
    } catch (SocketException e) {
      throw new AgentException("The networks of this host cannot be read: " + e.getMessage(), e);
    }
  }

  private static String network(InterfaceAddress address) {
    var bytes = address.getAddress().getAddress();
    var prefix = address.getNetworkPrefixLength();
    for (var bit = (int) prefix; bit < bytes.length * 8; bit++) {
      bytes[bit >> 3] &= (byte) ~(0x80 >> (bit & 7));
    }
    try {
      var text = InetAddress.getByAddress(bytes).getHostAddress();
      return (address.getAddress() instanceof Inet4Address ? text : text.split("%", 2)[0])
          + "/"
          + prefix;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("The bytes of an address are an address", e);
    }
  }
}
