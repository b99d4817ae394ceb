package io.oarlock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searching in folders, and over TLS on a server of somebody else. */
class CatalogsTest {
  private static final String PASSWORD = "changeit";

  @TempDir static Path folder;
  private static Path shelf;
  private static Path authority;
  private static Shell shell;
  private static HttpsServer server;

  /** One signed app in two versions, and a server that hands out the folder they are in. */
  @BeforeAll
  static void prepare() throws Exception {
    shell = new Shell(Files.createDirectory(folder.resolve("home")));
    authority = folder.resolve("ca.pem");
    shelf = Files.createDirectory(folder.resolve("shelf"));
    var app = folder.resolve("greeter");
    ok("app", "init", app.toString());
    pack(app, "1.0.0");
    var manifest = app.resolve("app.yaml");
    Files.writeString(manifest, Files.readString(manifest).replace("1.0.0", "1.1.0"));
    pack(app, "1.1.0");
    ok("app", "index", shelf.toString());
    server = serve();
  }

  private static void pack(Path app, String version) {
    var file = shelf.resolve("greeter-" + version + ".zip").toString();
    ok("app", "build", app.toString(), "--to", file);
    ok("app", "sign", file);
  }

  private static Shell.Result ok(String... words) {
    var result = shell.run(words);
    assertThat(result.exit()).as(result.err()).isZero();
    return result;
  }

  private static HttpsServer serve() throws Exception {
    var keys = folder.resolve("keys.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-dname",
        "CN=catalogue",
        "-ext",
        "san=ip:127.0.0.1",
        "-validity",
        "30",
        "-keystore",
        keys.toString());
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "server",
        "-file",
        authority.toString(),
        "-keystore",
        keys.toString());
    var store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    var made = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    made.setHttpsConfigurator(new HttpsConfigurator(context));
    made.createContext("/", CatalogsTest::answer);
    made.start();
    return made;
  }

  private static void keytool(String... words) throws IOException, InterruptedException {
    var program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var command = new ArrayList<>(List.of(program));
    command.addAll(List.of(words));
    command.addAll(List.of("-storepass", PASSWORD));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  /** Files below /shelf; elsewhere what a catalogue should not do. */
  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var file = folder.resolve(path.substring(1));
      if (path.startsWith("/moved")) {
        exchange.getResponseHeaders().add("Location", "/shelf/index.json");
        exchange.sendResponseHeaders(302, -1);
      } else if (path.startsWith("/endless")) {
        exchange.sendResponseHeaders(200, 0);
        var piece = new byte[1024 * 1024];
        for (var i = 0; i < 32; i++) {
          exchange.getResponseBody().write(piece);
        }
      } else if (Files.isRegularFile(file)) {
        var bytes = Files.readAllBytes(file);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  private static String url(String path) {
    return "https://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static Shell.Result search(String place, String... more) {
    var words = new ArrayList<>(List.of("app", "search", "GREET"));
    words.addAll(List.of("--catalog", place));
    words.addAll(List.of(more));
    return shell.run(words.toArray(String[]::new));
  }

  private static Shell.Result searchOver(String path) {
    return search(url(path), "--ca-file", authority.toString());
  }

  @Test
  void wordsFindTheNewestVersionInAFolderAndOverTls() {
    assertThat(search(shelf.toString()).out()).contains("greeter", "1.1.0").doesNotContain("1.0.0");
    assertThat(searchOver("/shelf").out()).isEqualTo(search(shelf.toString()).out());
    var found = search(url("/shelf/index.json"), "--ca-file", authority.toString(), "-o", "json");
    assertThat(found.out()).contains("\"get externalnetwork\"", "ed25519:", url("/shelf"));
    assertThat(shell.run("app", "search", "nothing", "--catalog", shelf.toString()).exit())
        .isEqualTo(Exit.NOT_FOUND);
  }

  @Test
  void appsInFoldersOfTheirOwnNeedNoIndex() throws Exception {
    var sources = Files.createDirectory(folder.resolve("sources"));
    ok("app", "init", sources.resolve("greeter").toString());
    ok("app", "init", sources.resolve("broken").toString());
    Files.writeString(sources.resolve("broken/app.yaml"), "name: broken\n");

    var found = search(sources.toString());

    assertThat(found.out()).contains("greeter", "1.0.0").doesNotContain("broken");
    assertThat(found.err()).contains("broken is left out");
  }

  @Test
  void aServerIsBelievedOnlyByItsCertificateAndLeadsNobodyElsewhere() {
    assertThat(search(url("/shelf")).exit()).isEqualTo(Exit.AUTH);
    assertThat(search(url("/shelf").replace("https", "http")).err()).contains("https://");
    assertThat(searchOver("/moved").err()).contains("302", "led elsewhere");
    assertThat(searchOver("/nowhere").exit()).isEqualTo(Exit.NOT_FOUND);
    assertThat(searchOver("/endless").err()).contains("larger than");
  }

  @Test
  void aBundleThatWasExchangedIsNotTaken() throws Exception {
    var other = Files.createDirectory(folder.resolve("exchanged"));
    Files.copy(shelf.resolve("index.json"), other.resolve("index.json"));
    Files.copy(
        shelf.resolve("greeter-1.0.0.zip"),
        other.resolve("greeter-1.1.0.zip"),
        StandardCopyOption.REPLACE_EXISTING);

    var refused =
        shell.run(
            "app",
            "publish",
            "greeter@1",
            "--catalog",
            url("/exchanged"),
            "--ca-file",
            authority.toString());

    assertThat(refused.exit()).isEqualTo(Exit.CONFLICT);
    assertThat(refused.err()).contains("greeter@1.0.0", "the bundle was exchanged");
  }
}
