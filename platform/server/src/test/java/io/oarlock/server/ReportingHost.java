package io.oarlock.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oarlock.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A host that enrolled, and tells of connections as an agent does. */
final class ReportingHost {
  private static final int BATCH_BYTES = 16;

  private final Caller caller;
  private final String namespace;
  private final String id;

  private ReportingHost(Caller caller, String namespace, String id) {
    this.caller = caller;
    this.namespace = namespace;
    this.id = id;
  }

  static ReportingHost enrol(Market market) throws Exception {
    var file = market.home.resolve("host.credential");
    market.run("enforcer", "register", "--out", file.toString()).ok();
    var credential = Json.parseObject(Files.readAllBytes(file));
    var registering =
        signedIn(
            market,
            String.valueOf(credential.get("id")),
            key(String.valueOf(credential.get("certificateKey"))));
    var keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(new ECGenParameterSpec("secp256r1"));
    var pair = keys.generateKeyPair();
    var request =
        new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=host-1"), pair.getPublic())
            .build(signer(pair.getPrivate()));
    var body =
        Map.<String, Object>of(
            "name", "host-1",
            "fqdn", "host-1.example.com",
            "certificateRequest", pem(request.getEncoded()));
    var id = registering.create(market.namespace, "enforcers", body).text("id");
    return new ReportingHost(signedIn(market, id, pair.getPrivate()), market.namespace, id);
  }

  private static ContentSigner signer(PrivateKey key) throws OperatorCreationException {
    return new JcaContentSignerBuilder("SHA256withECDSA").build(key);
  }

  private static String pem(byte[] request) {
    return "-----BEGIN CERTIFICATE REQUEST-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(request)
        + "\n-----END CERTIFICATE REQUEST-----\n";
  }

  private static PrivateKey key(String pem) throws IOException {
    try (var parser = new PEMParser(new StringReader(pem))) {
      return new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) parser.readObject());
    }
  }

  private static Caller signedIn(Market market, String credential, PrivateKey key)
      throws GeneralSecurityException, IOException, InterruptedException {
    var time = Instant.now().toString();
    var nonce = random();
    var signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(key);
    signer.update((credential + "." + time + "." + nonce).getBytes(UTF_8));
    var proof =
        Map.of(
            "credential", credential,
            "time", time,
            "nonce", nonce,
            "signature", Base64.getEncoder().encodeToString(signer.sign()));
    var asked = Json.text(Map.of("realm", "Certificate", "metadata", proof));
    var answer = market.admin.with("").post(market.namespace, "issue", asked).expect(200);
    return market.admin.with(answer.text("token"));
  }

  private static String random() {
    var bytes = new byte[BATCH_BYTES];
    ThreadLocalRandom.current().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Connections from an address to a database in the last seconds, as its own host saw them. */
  void tell(String action, String from, int connections) throws IOException, InterruptedException {
    tell(
        Map.of(
            "action", action,
            "sourceType", "ExternalNetwork",
            "sourceIp", from,
            "connections", connections));
  }

  /** The same with other things to say of it. */
  void tell(Map<String, Object> more) throws IOException, InterruptedException {
    var end = Instant.now();
    var flow = new HashMap<String, Object>();
    flow.put("startTime", end.minusSeconds(10).toString());
    flow.put("endTime", end.toString());
    flow.put("side", "Receiver");
    flow.put("destinationType", "ProcessingUnit");
    flow.put("destinationId", "database-1");
    flow.put("destinationIp", "10.0.0.1");
    flow.put("destinationPort", 5432);
    flow.put("protocol", "tcp");
    flow.put("reason", "no policy matches");
    flow.put("connections", 1);
    flow.put("bytesSent", 0);
    flow.put("bytesReceived", 0);
    flow.putAll(more);
    var body = Json.text(Map.of("batch", random(), "flows", List.of(flow)));
    caller.post(namespace, "enforcers/" + id + "/flows", body).expect(200);
  }
}
