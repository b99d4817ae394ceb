package io.oarlock.store;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Documents and events as the embedded store keeps them. */
final class StoredForms {
  private static final Shared<NamespacePath> NAMESPACES = new Shared<>(NamespacePath::of);

  private StoredForms() {}

  static byte[] document(Document document) {
    var out =
        new ByteSink(512)
            .varLong(document.version())
            .i64(document.expiresAt().map(Instant::toEpochMilli).orElse(0L))
            .text(document.namespace().value());
    TreeBytes.write(out, document.body());
    return out.toBytes();
  }

  static Document document(String type, String id, byte[] bytes) {
    var in = new ByteSource(bytes);
    var version = in.varLong();
    var expires = in.i64();
    var namespace = in.shared(NAMESPACES);
    return new Document(
        type,
        id,
        namespace,
        version,
        TreeBytes.readMap(in),
        expires == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires)));
  }

  /** Where a document is, and some of its attributes. */
  record Part(NamespacePath namespace, Map<String, Object> body) {}

  static Part part(byte[] document, Set<String> attributes) {
    var in = new ByteSource(document);
    in.varLong();
    in.skip(Long.BYTES);
    return new Part(in.shared(NAMESPACES), TreeBytes.readMembers(in, attributes));
  }

  static long version(byte[] document) {
    return new ByteSource(document).varLong();
  }

  /** Milliseconds of the epoch; 0 for never. */
  static long expiry(byte[] document) {
    var in = new ByteSource(document);
    in.varLong();
    return in.i64();
  }

  static boolean expired(byte[] document, long now) {
    var expires = expiry(document);
    return expires != 0 && expires <= now;
  }

  static byte[] event(NewEvent event) {
    var out =
        new ByteSink(1024)
            .text(event.id())
            .i64(event.time().toEpochMilli())
            .text(event.type())
            .text(event.operation().wire())
            .text(event.namespace().value())
            .text(event.resourceId());
    TreeBytes.write(out, event.object());
    TreeBytes.write(out, event.original().orElse(Map.of()));
    out.u8(event.original().isPresent() ? 1 : 0);
    TreeBytes.write(out, event.cause());
    return out.toBytes();
  }

  /** An event that many may read; the outermost maps of its trees refuse to be changed. */
  static NewEvent event(byte[] bytes) {
    var in = new ByteSource(bytes);
    var id = in.text();
    var time = Instant.ofEpochMilli(in.i64());
    var type = in.text();
    var operation = Operation.parse(in.text()).orElseThrow();
    var namespace = in.shared(NAMESPACES);
    var resourceId = in.text();
    var object = Collections.unmodifiableMap(TreeBytes.readMap(in));
    var original = Collections.unmodifiableMap(TreeBytes.readMap(in));
    var hasOriginal = in.u8() == 1;
    return new NewEvent(
        id,
        time,
        type,
        operation,
        namespace,
        resourceId,
        object,
        hasOriginal ? Optional.of(original) : Optional.empty(),
        Collections.unmodifiableMap(TreeBytes.readMap(in)));
  }
}
