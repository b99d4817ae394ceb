package io.oarlock.store;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * A backup: compressed lines of JSON, a head, one for each document and event, and an end that
 * counts them, without which the backup is not whole. It outlives changes of the file format.
 */
final class Backup {
  private static final String FORMAT = "oarlock-backup 1";
  private static final byte[] LINE_FEED = {'\n'};

  /** Lines restored between two commits: bounds memory. */
  private static final int SLICE = 10_000;

  private Backup() {}

  static void write(Snapshot snapshot, OutputStream target) {
    try (var out = new GZIPOutputStream(target, 1 << 16)) {
      line(out, Map.of("backup", FORMAT, "head", snapshot.head()));
      var documents = 0L;
      var names = Catalog.typeNames(snapshot.state());
      var cursor = snapshot.documents().cursor(null);
      while (cursor.hasNext()) {
        var key = cursor.next();
        var type = names.get(TypeEntry.numberIn(key));
        if (type == null) {
          throw new StoreException("The store file has documents of an unnamed type", null);
        }
        var id = new String(key, 2, key.length - 2, StandardCharsets.UTF_8);
        line(out, Map.of("document", tree(StoredForms.document(type, id, cursor.getValue()))));
        documents++;
      }
      var events = snapshot.events().cursor(null);
      while (events.hasNext()) {
        var sequence = events.next();
        var event = tree(StoredForms.event(events.getValue()));
        line(out, Map.of("sequence", sequence, "event", event));
      }
      line(out, Map.of("documents", documents, "events", snapshot.events().sizeAsLong()));
    } catch (IOException e) {
      throw new StoreException("The backup cannot be written: " + e.getMessage(), e);
    }
  }

  private static void line(OutputStream out, Map<String, Object> tree) throws IOException {
    out.write(Json.write(tree));
    out.write(LINE_FEED);
  }

  private static Map<String, Object> tree(Document document) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("type", document.type());
    tree.put("id", document.id());
    tree.put("namespace", document.namespace().value());
    tree.put("version", document.version());
    document.expiresAt().ifPresent(at -> tree.put("expiresAt", at.toEpochMilli()));
    tree.put("body", document.body());
    return tree;
  }

  private static Document document(Map<String, Object> tree) {
    return new Document(
        text(tree, "type"),
        text(tree, "id"),
        NamespacePath.of(text(tree, "namespace")),
        number(tree, "version"),
        map(tree, "body"),
        tree.containsKey("expiresAt")
            ? Optional.of(Instant.ofEpochMilli(number(tree, "expiresAt")))
            : Optional.empty());
  }

  private static Map<String, Object> tree(NewEvent event) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", event.id());
    tree.put("time", event.time().toEpochMilli());
    tree.put("type", event.type());
    tree.put("operation", event.operation().wire());
    tree.put("namespace", event.namespace().value());
    tree.put("resourceId", event.resourceId());
    tree.put("object", event.object());
    event.original().ifPresent(original -> tree.put("original", original));
    tree.put("cause", event.cause());
    return tree;
  }

  private static NewEvent event(Map<String, Object> tree) {
    return new NewEvent(
        text(tree, "id"),
        Instant.ofEpochMilli(number(tree, "time")),
        text(tree, "type"),
        Operation.parse(text(tree, "operation")).orElseThrow(),
        NamespacePath.of(text(tree, "namespace")),
        text(tree, "resourceId"),
        map(tree, "object"),
        tree.containsKey("original") ? Optional.of(map(tree, "original")) : Optional.empty(),
        map(tree, "cause"));
  }

  private static String text(Map<String, Object> tree, String name) {
    if (tree.get(name) instanceof String text) {
      return text;
    }
    throw damage("no text " + name);
  }

  private static long number(Map<String, Object> tree, String name) {
    if (tree.get(name) instanceof Long number) {
      return number;
    }
    throw damage("no number " + name);
  }

  @SuppressWarnings("unchecked") // the JSON reader makes no other maps
  private static Map<String, Object> map(Map<String, Object> tree, String name) {
    if (tree.get(name) instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw damage("no object " + name);
  }

  private static StoreException damage(String what) {
    return new StoreException("The backup is damaged: " + what, null);
  }

  static void restore(InputStream source, Path directory) {
    try {
      ensureEmpty(directory);
      var draft = directory.resolve(StoreDirectory.DATA + ".new");
      StoreDirectory.draft(draft, file -> fill(file, source));
      StoreDirectory.publish(draft, directory);
    } catch (IOException | MVStoreException | JsonException e) {
      throw new StoreException(
          "The backup cannot be restored into " + directory + ": " + e.getMessage(), e);
    }
  }

  private static void ensureEmpty(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (var files = Files.list(directory)) {
      if (files.findAny().isPresent()) {
        throw new StoreException(
            "The directory " + directory + " is not empty. Restore into an empty one", null);
      }
    }
  }

  private static void fill(MVStore file, InputStream source) throws IOException {
    var tables = Tables.of(file);
    var gunzipped = new GZIPInputStream(new BufferedInputStream(source));
    var lines = new BufferedReader(new InputStreamReader(gunzipped, StandardCharsets.UTF_8));
    var first = lines.readLine();
    var head = Json.parseObject(first == null ? "{}" : first);
    if (!FORMAT.equals(head.get("backup"))) {
      throw new IOException("it is not a backup of this version");
    }
    tables.state().put(EmbeddedEvents.HEAD, new ByteSink(8).i64(number(head, "head")).toBytes());
    var documents = 0L;
    var events = 0L;
    for (var text = lines.readLine(); text != null; text = lines.readLine()) {
      var line = Json.parseObject(text);
      if (line.containsKey("document")) {
        add(tables, document(map(line, "document")));
        documents++;
      } else if (line.containsKey("event")) {
        tables.events().put(number(line, "sequence"), StoredForms.event(event(map(line, "event"))));
        events++;
      } else if (number(line, "documents") == documents && number(line, "events") == events) {
        return;
      }
      if ((documents + events) % SLICE == 0) {
        file.commit();
      }
    }
    throw new IOException("its end is missing: it was cut short");
  }

  private static void add(Tables tables, Document document) {
    var type = Catalog.typeNumber(tables.state(), document.type());
    tables.documents().put(TypeEntry.key(type, document.id()), StoredForms.document(document));
  }
}
