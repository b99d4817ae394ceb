package io.oarlock.marketplace.bundle;

import static io.oarlock.marketplace.bundle.Apps.bytes;
import static io.oarlock.marketplace.bundle.Hostile.add;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/** Manifests and signatures that are not what they seem. */
final class HostileManifests {
  /** As much of a JPEG as tells it from others. */
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};

  private HostileManifests() {}

  static void all(List<Hostile> corpus) {
    yaml(corpus);
    manifests(corpus);
    pictures(corpus);
    signatures(corpus);
  }

  private static void yaml(List<Hostile> corpus) {
    var latin = Apps.files();
    latin.put("app.yaml", "name: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    add(corpus, "yaml: Latin-1", "manifest-encoding", Apps.packed(latin));
    var wrapped = new TreeMap<String, byte[]>();
    Apps.files().forEach((path, content) -> wrapped.put("app/" + path, content));
    add(corpus, "a folder in between", "no-manifest", Apps.packed(wrapped));
    manifest(corpus, "yaml: a key twice", "yaml", Apps.YAML + "version: 2.0.0\n");
    manifest(corpus, "yaml: several documents", "yaml", Apps.YAML + "---\nname: b\n");
    manifest(corpus, "yaml: a list", "yaml", "- name\n");
    manifest(corpus, "yaml: nothing", "yaml", "");
    manifest(corpus, "yaml: a tab", "yaml", "name:\n\t- a\n");
    manifest(corpus, "yaml: a Java class", "yaml", "name: !!javax.script.ScriptEngineManager []\n");
    manifest(corpus, "yaml: an endless list", "yaml", "resources: &a [*a]\n");
    manifest(corpus, "yaml: a billion laughs", "yaml", laughs());
    manifest(corpus, "yaml: deep", "yaml", "tests: " + "[".repeat(3000) + "]".repeat(3000) + "\n");
    manifest(corpus, "yaml: no number", "yaml", "name: .nan\n");
    manifest(corpus, "yaml: a key that is a number", "yaml", "1: a\n");
    manifest(corpus, "yaml: large", "manifest-too-large", large());
  }

  /** Different lines, which pack badly enough to be no bomb. */
  private static String large() {
    var yaml = new StringBuilder();
    for (var i = 0; yaml.length() <= Limits.MANIFEST_MAX; i++) {
      yaml.append("# ").append(Long.toHexString(i * 0x9e3779b97f4a7c15L)).append('\n');
    }
    return yaml.toString();
  }

  private static String laughs() {
    var yaml = new StringBuilder("a0: &a0 [lol, lol]\n");
    for (var i = 1; i < 30; i++) {
      yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    return yaml.toString();
  }

  private static void manifest(List<Hostile> corpus, String name, String code, String yaml) {
    add(corpus, name, code, Apps.packed(Apps.files(yaml)));
  }

  /** The good manifest with one text in place of another. */
  private static void but(
      List<Hostile> corpus, String name, String code, String text, String instead) {
    assertThat(Apps.YAML).contains(text);
    manifest(corpus, name, code, Apps.YAML.replace(text, instead));
  }

  /** An app that shows a file as a picture. */
  private static void picture(
      List<Hostile> corpus, String name, String code, String member, String path, byte[] content) {
    var yaml = Apps.YAML.replace("documents:", member + ": " + path + "\ndocuments:");
    var files = Apps.files(yaml.replace("screenshots: " + path, "screenshots: [" + path + "]"));
    files.put(path, content);
    add(corpus, name, code, Apps.packed(files));
  }

  private static void pictures(List<Hostile> corpus) {
    var page = Apps.bytes("<html><script>alert(1)</script></html>");
    picture(corpus, "a page as a screenshot", "wrong-picture", "screenshots", "a.png", page);
    picture(corpus, "a page as an icon", "wrong-picture", "icon", "a.svg", page);
    picture(
        corpus,
        "an icon that runs a script",
        "wrong-picture",
        "icon",
        "a.svg",
        Apps.bytes("<svg xmlns='http://www.w3.org/2000/svg'><SCRIPT>alert(1)</SCRIPT></svg>"));
    picture(corpus, "a JPEG under another name", "wrong-picture", "screenshots", "a.png", JPEG);
    picture(corpus, "a screenshot by no name", "wrong-picture", "screenshots", "a.exe", JPEG);
    var large = new byte[Limits.SCREENSHOT_MAX + 1];
    new java.util.Random(1).nextBytes(large);
    System.arraycopy(JPEG, 0, large, 0, JPEG.length);
    picture(corpus, "a screenshot too large", "picture-too-large", "screenshots", "a.jpg", large);
  }

  private static void manifests(List<Hostile> corpus) {
    but(
        corpus,
        "an unknown attribute",
        "unknown-attribute",
        "category:",
        "catgory: Audit\ncategory:");
    but(corpus, "no version", "required", "version: 1.0.0\n", "");
    but(corpus, "no semantic version", "pattern", "1.0.0", "v1");
    but(corpus, "build metadata", "pattern", "1.0.0", "1.0.0+build");
    but(corpus, "a form of the future", "out-of-range", "version:", "format: 2\nversion:");
    but(corpus, "an unknown category", "not-a-choice", "Audit", "Audits");
    but(corpus, "a name with a path", "pattern", "policy-change-log", "../log");
    but(corpus, "an unknown kind of parameter", "not-a-choice", "type: Secret", "type: Password");
    but(corpus, "twin parameters", "twin", "key: token", "key: level");
    but(
        corpus,
        "a default that is no choice",
        "bad-default",
        "defaultValue: info",
        "defaultValue: x");
    but(
        corpus,
        "a condition on what comes later",
        "unknown-parameter",
        "{key: token, op",
        "{key: tokn, op");
    but(corpus, "an expression that never ends", "bad-pattern", "#[a-z]+", "(?=a)");
    but(
        corpus,
        "a pattern for what is no text",
        "pattern-without-text",
        "type: String",
        "type: Integer");
    but(corpus, "min above max", "bounds", "max: 12", "max: 1");
    but(
        corpus,
        "a host that is none",
        "pattern",
        "  secrets: [\"${parameters.token}\"]",
        "  secrets: [\"${parameters.token}\"]\n  hosts: [\"https://a b/\"]");
    but(corpus, "nothing to choose", "no-choices", "{info: Information, warn: Warning}", "{}");
    but(corpus, "a type that is none", "unknown-type", "automation/log", "automaton/log");
    but(
        corpus,
        "a type for people",
        "not-for-apps",
        "automation/log",
        "apiauthorizationpolicy/log");
    but(corpus, "a way out", "not-for-apps", "automation/log", "egresspolicy/log");
    but(corpus, "a secret of its own", "not-for-apps", "automation/log", "secret/log");
    but(
        corpus,
        "another namespace",
        "kept-attribute",
        "    source:",
        "    namespace: /\n    source:");
    but(corpus, "a file nobody names", "undeclared-file", "documents: [README.md]\n", "");
    but(corpus, "a file that is not there", "no-such-file", "${file:main.js}", "${file:man.js}");
    but(corpus, "a file above", "no-such-file", "${file:main.js}", "${file:../main.js}");
    but(corpus, "an unknown placeholder", "placeholder", "${installation}", "${env.PATH}");
    but(
        corpus,
        "a placeholder without end",
        "placeholder",
        "\"${parameters.level}\"",
        "\"${parameters.level\"");
    but(
        corpus,
        "an unknown parameter",
        "unknown-parameter",
        "${parameters.level}",
        "${parameters.levl}");
    but(corpus, "an unknown operation", "not-a-choice", "[get, list]", "[get, lst]");
    but(
        corpus,
        "an unknown type to be entitled to",
        "bad-format",
        "{networkaccesspolicy: [get, list]}",
        "{policy: [get]}");
    but(
        corpus,
        "a resource that is no object",
        "wrong-type",
        "  automation/log",
        "  automation/b: 1\n  automation/log");
  }

  private static void signatures(List<Hostile> corpus) {
    var files = Apps.files();
    var digest = Digests.of(new TreeMap<>(files));
    var key = PrivateKey.make();
    var other = PrivateKey.make();
    signature(
        corpus, "a signature of other files", "changed", Signature.make("sha256:0", key).file());
    var borrowed = new Signature(other.publicKey(), digest, Signature.make(digest, key).base64());
    signature(corpus, "a signature under another name", "signature-wrong", borrowed.file());
    var cut = new Signature(key.publicKey(), digest, "AAAA");
    signature(corpus, "a short signature", "signature-wrong", cut.file());
    signature(corpus, "a signature that is no JSON", "signature-unreadable", bytes("ed25519"));
    signature(
        corpus,
        "a signature with more in it",
        "signature-unreadable",
        bytes("{\"alg\": \"none\"}"));
    var small = "ed25519:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    var weak =
        "{\"publisher\": \"" + small + "\", \"digest\": \"" + digest + "\", \"signature\": \"\"}";
    signature(corpus, "a key of small order", "signature-unreadable", bytes(weak));
  }

  private static void signature(List<Hostile> corpus, String name, String code, byte[] file) {
    var files = Apps.files();
    files.put(Signature.FILE, file);
    add(corpus, name, code, Apps.packed(files));
  }
}
