package io.oarlock.engine;

import io.oarlock.json.Json;
import io.oarlock.model.Instants;
import io.oarlock.model.NamespacePath;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The P-256 keys that sign tokens, in the store, sealed. The newest signs; each verifies until no
 * token signed by it can be valid any more.
 */
final class SigningKeys {
  static final String TYPE = "signingkey";

  /** After that a new key signs. */
  static final Duration ROTATION = Duration.ofDays(30);

  private static final int COORDINATE_BYTES = 32;

  private final ResourceStore store;
  private final Vault vault;
  private final Clock clock;

  /** A key as JWK members (RFC 7517), the private one among them. */
  record Key(String id, Instant made, Map<String, Object> jwk) {
    Map<String, Object> publicJwk() {
      var copy = new LinkedHashMap<>(jwk);
      copy.remove("d");
      return copy;
    }
  }

  SigningKeys(ResourceStore store, Vault vault, Clock clock) {
    this.store = store;
    this.vault = vault;
    this.clock = clock;
  }

  /** All that verify, the signing one first; makes one when there is none or it is too old. */
  List<Key> current() {
    var keys = stored();
    if (keys.isEmpty() || keys.getFirst().made().isBefore(clock.instant().minus(ROTATION))) {
      make();
      keys = stored();
    }
    return keys;
  }

  /** Makes a new key sign from now on. */
  void rotate() {
    make();
  }

  private List<Key> stored() {
    var found = new ArrayList<Key>();
    for (var document : store.list(Query.all(TYPE, new Query.Scope.Everywhere())).documents()) {
      found.add(key(document));
    }
    found.sort(Comparator.comparing(Key::made).reversed());
    return found;
  }

  private Key key(Document document) {
    var sealed = Trees.required(document.body(), "jwk");
    var jwk = Json.parseObject(vault.openText(TYPE + "/" + document.id(), sealed));
    return new Key(
        document.id(), Instants.parse(Trees.required(document.body(), "createTime")), jwk);
  }

  private void make() {
    var id = Ids.next();
    var body = new LinkedHashMap<String, Object>();
    body.put("id", id);
    body.put("namespace", "/");
    body.put("version", 1L);
    body.put("createTime", Instants.text(clock.instant()));
    body.put("jwk", vault.sealText(TYPE + "/" + id, Json.text(generate(id))));
    var ends = clock.instant().plus(ROTATION).plus(Tokens.VALIDITY_MAX);
    var document = new Document(TYPE, id, NamespacePath.ROOT, 1, body, Optional.of(ends));
    try {
      store.commit(Batch.builder().write(new Batch.Write.Insert(document)).build());
    } catch (ConflictException e) {
      throw new IllegalStateException("A fresh id was taken", e);
    }
  }

  private static Map<String, Object> generate(String id) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var pair = generator.generateKeyPair();
      var point = ((ECPublicKey) pair.getPublic()).getW();
      var jwk = new LinkedHashMap<String, Object>();
      jwk.put("kty", "EC");
      jwk.put("crv", "P-256");
      jwk.put("alg", "ES256");
      jwk.put("use", "sig");
      jwk.put("kid", id);
      jwk.put("x", coordinate(point.getAffineX()));
      jwk.put("y", coordinate(point.getAffineY()));
      jwk.put("d", coordinate(((ECPrivateKey) pair.getPrivate()).getS()));
      return jwk;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("P-256 is not available in this JDK", e);
    }
  }

  private static String coordinate(BigInteger value) {
    var bytes = value.toByteArray();
    var fixed = new byte[COORDINATE_BYTES];
    var length = Math.min(bytes.length, COORDINATE_BYTES);
    System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
    var text = Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    Arrays.fill(fixed, (byte) 0);
    return text;
  }
}
