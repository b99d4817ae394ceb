package io.oarlock.enforcer.lab;

import io.oarlock.enforcer.datapath.Datagrams;
import io.oarlock.enforcer.datapath.Datapath;
import io.oarlock.enforcer.datapath.Intercepted;
import io.oarlock.enforcer.datapath.Interception;
import io.oarlock.enforcer.datapath.Limits;
import io.oarlock.enforcer.datapath.Snapshot;
import io.oarlock.enforcer.datapath.SocketOwner;
import io.oarlock.enforcer.datapath.Unit;
import io.oarlock.enforcer.policy.Defaults;
import io.oarlock.enforcer.policy.ExternalNetworks;
import io.oarlock.enforcer.policy.Policies;
import io.oarlock.enforcer.policy.Rule;
import io.oarlock.enforcer.wire.EnforcerKey;
import io.oarlock.enforcer.wire.Trust;
import io.oarlock.json.Json;
import io.oarlock.model.Cidr;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.TreeCodec;
import io.oarlock.model.types.NetworkAccessPolicy;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The enforcer of one lab host: its first line of input is what it is, each further line the
 * policies that hold from then on, the end of input its end. It prints what becomes of connections.
 */
final class HostMain {
  private static final int OUTGOING_PORT = 15001;
  private static final int INCOMING_PORT = 15006;
  private static final NamespacePath PROD = NamespacePath.of("/acme/prod");

  private HostMain() {}

  public static void main(String[] args) throws Exception {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var self = Json.parseObject(input.readLine());
    var users = new HashMap<Long, Unit>();
    var services = new HashMap<Integer, Unit>();
    for (var tree : objects(self, "units")) {
      var unit = new Unit(text(tree, "id"), Set.copyOf(texts(tree, "tags")));
      users.put(whole(tree, "uid"), unit);
      services.put(Math.toIntExact(whole(tree, "port")), unit);
    }
    var trust =
        new Trust(
            List.of(new Trust.Anchor(certificate(text(self, "authority")), PROD)),
            InstantSource.system());
    var setup =
        new Datapath.Setup(
            new EnforcerKey(text(self, "name"), certificate(text(self, "certificate")), key(self)),
            PROD,
            trust,
            InstantSource.system(),
            Interception.MARK,
            address -> Optional.ofNullable(services.get(address.getPort())));
    try (var owners = new SocketOwner();
        var path = new Datapath(setup, Limits.DEFAULT, HostMain::say, 1)) {
      path.listenOutgoing(
          new InetSocketAddress("::", OUTGOING_PORT), Intercepted.outgoing(owners, users));
      path.listenIncoming(
          new InetSocketAddress("::", INCOMING_PORT), Intercepted.incoming(services));
      Interception.install(
          new Interception.Rules(
              users.keySet(), services.keySet(), Datagrams.Acl.NONE, OUTGOING_PORT, INCOMING_PORT));
      say("READY");
      for (var line = input.readLine(); line != null; line = input.readLine()) {
        path.apply(snapshot(Json.parseObject(line)));
        say("APPLIED");
      }
      Interception.remove();
    }
  }

  private static void say(Object line) {
    System.out.println(line);
  }

  private static long whole(Map<String, Object> tree, String name) {
    return Long.parseLong(text(tree, name));
  }

  private static Snapshot snapshot(Map<String, Object> tree) {
    var rules = new ArrayList<Rule>();
    for (var policy : objects(tree, "policies")) {
      rules.add(Rule.of(TreeCodec.of(NetworkAccessPolicy.class).decode(policy)));
    }
    return new Snapshot(
        Policies.compile(whole(tree, "epoch"), rules, Defaults.REJECT),
        new ExternalNetworks(List.of()),
        List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0")),
        0);
  }

  private static PrivateKey key(Map<String, Object> self) throws GeneralSecurityException {
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text(self, "key"))));
  }

  private static X509Certificate certificate(String base64) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
  }

  private static String text(Map<String, Object> tree, String name) {
    return String.valueOf(tree.get(name));
  }

  private static List<String> texts(Map<String, Object> tree, String name) {
    return ((List<?>) tree.getOrDefault(name, List.of())).stream().map(String::valueOf).toList();
  }

  @SuppressWarnings("unchecked") // the test that writes these lines writes objects
  private static List<Map<String, Object>> objects(Map<String, Object> tree, String name) {
    return (List<Map<String, Object>>) tree.getOrDefault(name, List.of());
  }
}
