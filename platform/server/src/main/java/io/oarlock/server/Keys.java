package io.oarlock.server;

import io.oarlock.engine.CertificateAuthority;
import io.oarlock.http.HttpConfig;
import io.oarlock.json.Json;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The keys of this installation: made at the first start, kept in {@code keys}. */
final class Keys {
  private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);
  private static final Duration SERVER_VALIDITY = Duration.ofDays(90);
  private static final int VAULT_KEY_BYTES = 32;
  private static final int PASSWORD_BYTES = 18;

  private final Home home;

  Keys(Home home) {
    this.home = home;
  }

  Path authorityFile() {
    return home.keys().resolve("ca.pem");
  }

  CertificateAuthority authority() throws IOException {
    var key = home.keys().resolve("ca.key");
    if (Files.exists(key)) {
      return CertificateAuthority.read(
          new CertificateAuthority.Pair(Files.readString(authorityFile()), Files.readString(key)));
    }
    var made = CertificateAuthority.make("Oarlock CA", AUTHORITY_VALIDITY, Instant.now());
    Home.writePrivate(authorityFile(), made.toPem().certificate());
    Home.writePrivate(key, made.toPem().key());
    return made;
  }

  /** A fresh server certificate at every start, for the names and addresses of this machine. */
  static HttpConfig.Tls server(CertificateAuthority authority) throws IOException {
    var addresses = new ArrayList<>(List.of("127.0.0.1", "::1"));
    for (var device : (Iterable<NetworkInterface>) NetworkInterface.networkInterfaces()::iterator) {
      device
          .inetAddresses()
          .filter(Inet4Address.class::isInstance)
          .map(java.net.InetAddress::getHostAddress)
          .filter(address -> !addresses.contains(address))
          .forEach(addresses::add);
    }
    var names = List.of("localhost", hostName());
    var pair = authority.server(names, addresses, SERVER_VALIDITY, Instant.now());
    return new HttpConfig.Tls(pair.key(), pair.certificate() + authority.toPem().certificate());
  }

  static String hostName() {
    var name = System.getenv("HOSTNAME");
    return name == null || !name.matches("[A-Za-z0-9.-]{1,64}") ? "oarlock.local" : name;
  }

  /** Keys for secrets at rest, by number. */
  Map<Integer, byte[]> vault() throws IOException {
    var file = home.keys().resolve("vault.json");
    if (!Files.exists(file)) {
      var key = new byte[VAULT_KEY_BYTES];
      new SecureRandom().nextBytes(key);
      var tree = new LinkedHashMap<String, Object>();
      tree.put("1", Base64.getEncoder().encodeToString(key));
      Home.writePrivate(file, Json.pretty(tree));
    }
    var keys = new TreeMap<Integer, byte[]>();
    Json.parseObject(Files.readAllBytes(file))
        .forEach((number, text) ->
            keys.put(Integer.valueOf(number), Base64.getDecoder().decode((String) text)));
    return keys;
  }

  /** The generated password of the first administrator. */
  String adminPassword() throws IOException {
    if (!Files.exists(home.password())) {
      var random = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(random);
      Home.writePrivate(
          home.password(), Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
    }
    return Files.readString(home.password()).strip();
  }
}
