package io.oarlock.marketplace.bundle;

import io.oarlock.model.ModelReader;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.types.ResourceTypes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Apps to test with. */
final class Apps {
  static final ResourceModel PLATFORM = ModelReader.load(ResourceTypes.all());

  static final String YAML =
      """
      name: policy-change-log
      version: 1.0.0
      category: Audit
      description: Writes a log line for every change of a policy.
      documents: [README.md]
      parameters:
      - key: level
        type: Enum
        allowedChoices: {info: Information, warn: Warning}
        defaultValue: info
      - key: token
        type: Secret
        optional: true
      - key: channel
        type: String
        pattern: "#[a-z]+"
        patternMessage: A channel starts with a hash sign.
        min: 2
        max: 12
        optional: true
        visibilityCondition: [[{key: token, operator: Defined}]]
      permissions:
        entitlements: {networkaccesspolicy: [get, list]}
        secrets: ["${parameters.token}"]
      resources:
        automation/log of ${installation}:
          trigger: {kind: OnEvent, types: [networkaccesspolicy]}
          source: ${file:main.js}
          parameters: {level: "${parameters.level}", where: "${parameters.channel}"}
          entitlements: {networkaccesspolicy: [get]}
      tests:
      - name: by default
        makes: [automation/log of test]
      """;

  private Apps() {}

  /** The files of a good app, to be spoilt. */
  static Map<String, byte[]> files() {
    return files(YAML);
  }

  static Map<String, byte[]> files(String yaml) {
    var files = new LinkedHashMap<String, byte[]>();
    files.put("app.yaml", bytes(yaml));
    files.put(
        "main.js", bytes("export default async (ctx) => ctx.log.info(`${ctx.event.type}`);\n"));
    files.put("README.md", bytes("# Policy change log\n"));
    return files;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] packed(Map<String, byte[]> files) {
    return Packer.zip(new TreeMap<>(files));
  }

  static Bundle good() throws BundleException {
    return read(YAML);
  }

  static Bundle read(String yaml) throws BundleException {
    return Bundle.read(packed(files(yaml)), PLATFORM);
  }
}
