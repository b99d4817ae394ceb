package io.oarlock.cli;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Resources written down in files: YAML or JSON, several to a file, in directories too. */
final class Documents {
  private static final int FILES_MAX = 1000;

  private Documents() {}

  /**
   * One of them.
   *
   * @param source where it stands, for messages
   */
  record Document(String source, Map<String, Object> tree) {}

  static List<Document> read(List<String> names, InputStream standardInput) throws IOException {
    var documents = new ArrayList<Document>();
    for (var name : names) {
      if (name.equals("-")) {
        var bytes = standardInput.readNBytes(Yaml.TEXT_MAX);
        parse("standard input", new String(bytes, StandardCharsets.UTF_8), documents);
      } else {
        for (var file : files(Path.of(name))) {
          parse(file.toString(), Files.readString(file), documents);
        }
      }
    }
    return documents;
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw Failure.usage("There is no file " + path);
    }
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (var files = Files.walk(path)) {
      return files.filter(Documents::isDocument).sorted().limit(FILES_MAX).toList();
    } catch (NoSuchFileException e) {
      throw Failure.usage("There is no file " + e.getMessage());
    }
  }

  private static boolean isDocument(Path file) {
    var name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
  }

  private static void parse(String source, String text, List<Document> into) {
    for (var value : values(source, text)) {
      add(source, value, into);
    }
  }

  // JSON is read by the strict reader; only what is not JSON at all loads the YAML library.
  private static List<Object> values(String source, String text) {
    var first = text.stripLeading();
    if (first.startsWith("{") || first.startsWith("[")) {
      try {
        var value = Json.parse(text);
        return value == null ? List.of() : List.of(value);
      } catch (JsonException e) {
        if (source.endsWith(".json")) {
          throw Failure.of(Exit.CONFLICT, source + " is not JSON", String.valueOf(e.getMessage()));
        }
      }
    }
    return Yaml.documents(text, source);
  }

  private static void add(String source, Object value, List<Document> into) {
    switch (value) {
      case Map<?, ?> map -> into.add(new Document(place(source, into), Tree.map(map)));
      case List<?> list -> list.forEach(element -> add(source, element, into));
      default ->
          throw Failure.of(
              Exit.CONFLICT,
              source + " holds no resource",
              "A document is an object with its attributes, or a list of such objects.");
    }
  }

  private static String place(String source, List<Document> before) {
    var number = before.stream().filter(d -> d.source().startsWith(source + " #")).count() + 1;
    return source + " #" + number;
  }
}
