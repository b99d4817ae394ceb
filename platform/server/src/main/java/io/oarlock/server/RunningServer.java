package io.oarlock.server;

import io.oarlock.automations.RunnerStatus;
import io.oarlock.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code run/server.json} tells of a server: where it is, which process, and how scripts are
 * confined there.
 *
 * @param confinement layers as trees of {@code layer, on, detail}
 */
record RunningServer(
    String url,
    long pid,
    Path passwordFile,
    Path caFile,
    Optional<Path> socket,
    List<Map<String, Object>> confinement) {

  static List<Map<String, Object>> trees(List<RunnerStatus.Layer> layers) {
    return layers.stream()
        .map(layer ->
            Map.<String, Object>of(
                "layer", layer.name(), "on", layer.on(), "detail", layer.detail()))
        .toList();
  }

  Map<String, Object> toTree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("url", url);
    tree.put("console", url + "/docs");
    tree.put("adminUser", io.oarlock.engine.EngineConfig.ADMIN);
    tree.put("passwordFile", passwordFile.toString());
    tree.put("caFile", caFile.toString());
    tree.put("pid", pid);
    socket.ifPresent(path -> tree.put("socket", path.toString()));
    tree.put("confinement", confinement);
    return tree;
  }

  void write(Home home) throws IOException {
    Home.writePrivate(home.serverFile(), Json.text(toTree()) + "\n");
  }

  /** The server of this home, if its process is alive. */
  static Optional<RunningServer> find(Home home) throws IOException {
    if (!Files.exists(home.serverFile())) {
      return Optional.empty();
    }
    var tree = Json.parseObject(Files.readAllBytes(home.serverFile()));
    var found =
        new RunningServer(
            String.valueOf(tree.get("url")),
            tree.get("pid") instanceof Long pid ? pid : -1,
            Path.of(String.valueOf(tree.get("passwordFile"))),
            Path.of(String.valueOf(tree.get("caFile"))),
            tree.get("socket") instanceof String path
                ? Optional.of(Path.of(path))
                : Optional.empty(),
            layers(tree.get("confinement")));
    return found.process().isPresent() ? Optional.of(found) : Optional.empty();
  }

  private static List<Map<String, Object>> layers(@Nullable Object tree) {
    var layers = new ArrayList<Map<String, Object>>();
    if (tree instanceof List<?> list) {
      for (var each : list) {
        if (each instanceof Map<?, ?> map) {
          var layer = new LinkedHashMap<String, Object>();
          map.forEach((name, value) -> layer.put(String.valueOf(name), value));
          layers.add(layer);
        }
      }
    }
    return layers;
  }

  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
  }
}
