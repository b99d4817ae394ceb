package io.oarlock.engine;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Signs in as a program does that holds an app credential. */
final class TestCredentials {
  private TestCredentials() {}

  static String signIn(TestPlatform platform, Map<String, Object> credentials) throws Exception {
    var id = Trees.required(credentials, "id");
    var time = Instant.now().toString();
    var nonce = Ids.secret();
    var signer = Signature.getInstance("SHA256withECDSA");
    try (var parser =
        new PEMParser(new StringReader(Trees.required(credentials, "certificateKey")))) {
      var info = (PrivateKeyInfo) parser.readObject();
      signer.initSign(new JcaPEMKeyConverter().getPrivateKey(info));
    }
    signer.update((id + "." + time + "." + nonce).getBytes(StandardCharsets.UTF_8));
    var metadata =
        Map.<String, Object>of(
            "credential", id,
            "time", time,
            "nonce", nonce,
            "signature", Base64.getEncoder().encodeToString(signer.sign()));
    var answer = platform.issue(Map.of("realm", "Certificate", "metadata", metadata));
    return Trees.required(answer, "token");
  }
}
