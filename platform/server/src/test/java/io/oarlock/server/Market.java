package io.oarlock.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.model.ModelReader;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Trait;
import io.oarlock.model.types.ResourceTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A namespace in which one publisher is trusted, and the commands people use there. */
final class Market {
  static final Path CATALOG = Path.of("..", "..", "marketplace", "catalog");

  private static final AtomicInteger NAMESPACES = new AtomicInteger();
  private static final int CONFLICT = 5;

  /** Times and counters go on whatever is written. */
  private static final Set<String> GOING_ON =
      Set.of("version", "updateTime", "currentVersion", "nextAt", "progress");

  /** Types of records that are not known by how long they are kept. */
  private static final Set<String> RECORDS = Set.of("automationversion", "alarm");

  final Path home;
  final Caller admin;
  final String namespace;
  final String key;

  /** What came of a command. */
  record Result(int exit, String out, String err) {
    Result ok() {
      assertThat(exit).as(out + err).isZero();
      return this;
    }

    Result refused(String... words) {
      assertThat(exit).as(out + err).isEqualTo(CONFLICT);
      assertThat(err).contains(words);
      return this;
    }
  }

  Market(Program platform, Path home) throws IOException, InterruptedException {
    this.home = home;
    this.admin = platform.admin();
    var name = "market" + NAMESPACES.incrementAndGet();
    this.namespace = "/" + name;
    admin.create("/", "namespaces", Map.of("name", name));
    run(
            "login",
            "--url",
            platform.text("url"),
            "--user",
            platform.text("adminUser"),
            "--password-file",
            platform.text("passwordFile"))
        .ok();
    run("app", "init", first().toString()).ok();
    this.key = run("app", "sign", packed(first())).ok().out().strip();
    run("api", "create", "publisherkey", "--set", "name=me", "--set", "key=" + key).ok();
  }

  /** The app that app init makes. */
  Path first() {
    return home.resolve("first");
  }

  Result run(String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var exit =
        io.oarlock.cli.Main.run(
            Map.of("OARLOCK_HOME", home.toString(), "OARLOCK_NAMESPACE", namespace),
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            words);
    return new Result(exit, out.toString(UTF_8), err.toString(UTF_8));
  }

  String packed(Path folder) {
    var file = home.resolve(folder.getFileName() + ".zip").toString();
    run("app", "build", folder.toString(), "--to", file).ok();
    return file;
  }

  /** Packs, signs and publishes a folder. */
  Result publish(Path folder) {
    var file = packed(folder);
    run("app", "sign", file).ok();
    return run("app", "publish", file);
  }

  /** Publishes an app of the catalogue, and installs it with answers such as {@code key=value}. */
  Result install(String app, String... answers) {
    publish(CATALOG.resolve(app)).ok();
    return run(with(answers, "app", "install", app, "--yes")).ok();
  }

  static String[] with(String[] answers, String... words) {
    var all = new ArrayList<>(List.of(words));
    for (var answer : answers) {
      all.addAll(List.of("--set", answer));
    }
    return all.toArray(String[]::new);
  }

  /** Lets what runs here reach servers of this machine. */
  void reachLoopback() throws IOException, InterruptedException {
    admin.create(
        namespace, "egresspolicies", Map.of("name", "loopback", "allow", List.of("127.0.0.0/8")));
  }

  /** A secret for servers of this machine. */
  void secret(String name, String value) throws IOException, InterruptedException {
    admin.create(
        namespace,
        "secrets",
        Map.of("name", name, "value", value, "destinations", List.of("127.0.0.1")));
  }

  /** Runs an automation to its good end; what it returned. */
  Object ran(String automation) throws Exception {
    var act = run("api", "act", "automation", automation, "run", "-o", "jsonpath={.run}");
    var path = "runs/" + act.ok().out().strip();
    Program.until(() -> admin.get(namespace, path).object().containsKey("endedAt"));
    var ended = admin.get(namespace, path).object();
    assertThat(ended.get("status")).as(ended.toString()).isEqualTo("Succeeded");
    return Objects.requireNonNull(ended.get("result"));
  }

  /** A resource by its name. */
  Map<String, Object> named(String plural, String name) throws IOException, InterruptedException {
    return admin.get(namespace, plural + "/name:" + name).expect(200).object();
  }

  /** A copy of an app in which one text stands in place of another. */
  Path changed(Path folder, String text, String instead) throws IOException {
    var copy = Files.createDirectories(home.resolve("changed").resolve(folder.getFileName()));
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.write(copy.resolve(file.getFileName()), Files.readAllBytes(file));
      }
    }
    var manifest = copy.resolve("app.yaml");
    assertThat(Files.readString(manifest)).contains(text);
    Files.writeString(manifest, Files.readString(manifest).replace(text, instead));
    return copy;
  }

  static Map<String, Object> without(Map<String, Object> export, String plural) {
    var rest = new TreeMap<>(export);
    rest.remove(plural);
    rest.remove("apps");
    return rest;
  }

  Map<String, Object> export(String left) throws IOException, InterruptedException {
    return without(export(), left);
  }

  /** All there is in the namespace, except records of what happened. */
  Map<String, Object> export() throws IOException, InterruptedException {
    var found = new TreeMap<String, Object>();
    for (var type : ModelReader.load(ResourceTypes.all()).types()) {
      if (isExported(type)) {
        found.put(type.plural(), list(type));
      }
    }
    return found;
  }

  private static boolean isExported(ResourceType type) {
    return type.has(Trait.STORED)
        && type.allows(Operation.LIST)
        && type.allows(Operation.CREATE)
        && type.retention().isEmpty()
        && !RECORDS.contains(type.name());
  }

  private List<String> list(ResourceType type) throws IOException, InterruptedException {
    return admin.get(namespace, type.plural() + "?limit=1000").expect(200).list().stream()
        .map(each -> (Map<?, ?>) each)
        .map(each -> {
          var tree = new TreeMap<Object, Object>(each);
          tree.keySet().removeAll(GOING_ON);
          return tree.toString();
        })
        .sorted()
        .toList();
  }
}
