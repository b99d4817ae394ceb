package io.oarlock.engine;

import java.util.List;
import java.util.Map;

/** An enforcer that enrolled. */
record TestHost(TestPlatform.Caller caller, Map<String, Object> resource, String key) {

  String id() {
    return Trees.required(resource, "id");
  }

  /** Somebody with a registration credential of that namespace. */
  static TestPlatform.Caller registration(
      TestPlatform platform, TestPlatform.Caller admin, String namespace) throws Exception {
    var made =
        admin.create(
            "appcredential",
            namespace,
            Map.of("name", "registration", "roles", List.of("@role=enforcer.registration")));
    return platform.as(TestCredentials.signIn(platform, Trees.object(made.get("credentials"))));
  }

  static TestHost enrol(
      TestPlatform platform, TestPlatform.Caller admin, String namespace, String name)
      throws Exception {
    var request = CertificateRequests.make();
    var made =
        registration(platform, admin, namespace).create("enforcer", namespace, body(name, request));
    return new TestHost(admin, made, request.key()).signIn(platform);
  }

  static Map<String, Object> body(String name, CertificateAuthority.Pair request) {
    return Map.of(
        "name", name, "fqdn", name + ".example.com", "certificateRequest", request.certificate());
  }

  TestHost signIn(TestPlatform platform) throws Exception {
    var proof = Map.<String, Object>of("id", id(), "certificateKey", key);
    return new TestHost(platform.as(TestCredentials.signIn(platform, proof)), resource, key);
  }
}
