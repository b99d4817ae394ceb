package io.oarlock.store;

import io.oarlock.model.NamespacePath;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What the indexes of a type see of one document. They share its namespace, its id and many of its
 * attributes, so each of these is encoded once. For one thread.
 */
final class Indexed {
  private static final byte[][] ABSENT = {Keys.value(null)};

  private final byte[] namespace;
  private final byte[] id;
  private final Map<String, Object> body;
  private final Map<String, byte[][]> values = new HashMap<>();
  private final ByteSink sink = new ByteSink(256);

  private Indexed(NamespacePath namespace, String id, Map<String, Object> body) {
    var path = new ByteSink(64);
    Keys.namespace(path, namespace);
    this.namespace = path.toBytes();
    this.id = id.getBytes(StandardCharsets.UTF_8);
    this.body = body;
  }

  static Indexed of(Document document) {
    return new Indexed(document.namespace(), document.id(), document.body());
  }

  /** Reads no more of it than the indexes need. */
  static Indexed stored(TypeEntry type, String id, byte[] bytes) {
    var part = StoredForms.part(bytes, type.indexed());
    return new Indexed(part.namespace(), id, part.body());
  }

  byte[] id() {
    return id;
  }

  boolean has(String attribute) {
    return values(attribute)[0][0] != Keys.ABSENT;
  }

  /** The values of an attribute, those of lists one by one; one that stands for none if absent. */
  byte[][] values(String attribute) {
    var known = values.get(attribute);
    if (known == null) {
      var scalars = TreePath.scalars(body, attribute);
      known = scalars.isEmpty() ? ABSENT : scalars.stream().map(Keys::value).toArray(byte[][]::new);
      values.put(attribute, known);
    }
    return known;
  }

  /** The start of its keys in an index, in a sink that holds nothing else. */
  ByteSink start(int index) {
    sink.cutTo(0);
    return sink.u16(index).raw(namespace);
  }
}
