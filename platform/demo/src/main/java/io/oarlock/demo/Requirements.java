package io.oarlock.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a stage of network namespaces needs of the machine it is built on. */
final class Requirements {
  /** Debian's package of each program. */
  private static final Map<String, String> PACKAGES = packages();

  /** Bits of {@code CapEff} (capabilities(7)). */
  private static final Map<String, Integer> CAPABILITIES =
      Map.of(
          "CAP_KILL",
          5,
          "CAP_SETGID",
          6,
          "CAP_SETUID",
          7,
          "CAP_NET_ADMIN",
          12,
          "CAP_NET_RAW",
          13,
          "CAP_SYS_ADMIN",
          21);

  private Requirements() {}

  private static Map<String, String> packages() {
    var packages = new LinkedHashMap<String, String>();
    packages.put("ip", "iproute2");
    packages.put("nft", "nftables");
    packages.put("nsenter", "util-linux");
    packages.put("setpriv", "util-linux");
    packages.put("curl", "curl");
    packages.put("nc", "netcat-openbsd");
    return packages;
  }

  /** The system's own, which every user may run; a person's may be in a home that is closed. */
  static Optional<Path> python() {
    return Optional.of(Path.of("/usr/bin/python3")).filter(Files::isExecutable);
  }

  /** What is missing, each with its remedy; empty when nothing is. */
  static List<String> missing(URI platform) throws IOException, InterruptedException {
    var missing = new ArrayList<String>();
    var powers = missingCapabilities();
    if (!powers.isEmpty()) {
      missing.add(
          "it must be root with "
              + String.join(", ", powers)
              + ", since enforcers that intercept nothing do not exist yet; run it as"
              + " sudo OARLOCK_HOME=\"${OARLOCK_HOME:-$HOME/.oarlock}\" ./oarlock demo enforcement");
    }
    for (var each : PACKAGES.entrySet()) {
      if (!isThere(each.getKey())) {
        missing.add(
            "the program %s is missing: apt install %s".formatted(each.getKey(), each.getValue()));
      }
    }
    if (python().isEmpty()) {
      missing.add("the program /usr/bin/python3 is missing: apt install python3");
    }
    if (!"https".equals(platform.getScheme())) {
      missing.add("enforcers speak to a platform with TLS only: start it without --http");
    }
    return missing;
  }

  /** Others called nc have other options. */
  private static boolean isThere(String program) throws InterruptedException {
    var wanted = program.equals("nc") ? "nc -h 2>&1 | grep -q OpenBSD" : "command -v " + program;
    return Shell.run("sh", "-c", wanted).good();
  }

  private static List<String> missingCapabilities() throws IOException {
    var status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return List.of("Linux");
    }
    var held = capabilities(Files.readAllLines(status));
    return CAPABILITIES.entrySet().stream()
        .filter(each -> (held & (1L << each.getValue())) == 0)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static long capabilities(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith("CapEff:"))
        .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .findFirst()
        .orElse(0L);
  }
}
