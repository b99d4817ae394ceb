package io.oarlock.engine;

import io.oarlock.model.Attribute;
import io.oarlock.model.ResourceType;
import io.oarlock.model.ValueType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encryption at rest of attributes marked secret: AES-256-GCM, a random nonce each, bound to the
 * type, resource and attribute it stands in, so that a ciphertext moved elsewhere does not open.
 * Several keys may open; the newest seals.
 */
final class Vault {
  private static final String PREFIX = "sealed:v1:";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final TreeMap<Integer, SecretKeySpec> keys = new TreeMap<>();

  /** Keys of 32 bytes by number; the greatest number seals. */
  Vault(Map<Integer, byte[]> keysByNumber) {
    keysByNumber.forEach((number, key) -> keys.put(number, new SecretKeySpec(key, "AES")));
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("A vault needs at least one key");
    }
  }

  /** The tree with its secrets sealed; the given one stays as it is. */
  Map<String, Object> seal(ResourceType type, String id, Map<String, Object> tree) {
    return walk(type, id, tree, true);
  }

  /** The tree with its secrets in the clear. */
  Map<String, Object> open(ResourceType type, String id, Map<String, Object> tree) {
    return walk(type, id, tree, false);
  }

  private Map<String, Object> walk(
      ResourceType type, String id, Map<String, Object> tree, boolean seal) {
    if (!holdsSecret(type.attributes())) {
      return tree;
    }
    return members(type.attributes(), type.name() + "/" + id, tree, seal);
  }

  private static boolean holdsSecret(List<Attribute> attributes) {
    for (var attribute : attributes) {
      if (attribute.is(Attribute.Flag.SECRET)
          || (attribute.type() instanceof ValueType.ObjectOf(var nested) && holdsSecret(nested))) {
        return true;
      }
    }
    return false;
  }

  private Map<String, Object> members(
      List<Attribute> attributes, String path, Map<String, Object> tree, boolean seal) {
    var copy = new LinkedHashMap<>(tree);
    for (var attribute : attributes) {
      var at = path + "/" + attribute.name();
      if (attribute.is(Attribute.Flag.SECRET)) {
        copy.computeIfPresent(attribute.name(), (_, value) -> value(at, value, seal));
      } else if (attribute.type() instanceof ValueType.ObjectOf(var nested)) {
        copy.computeIfPresent(
            attribute.name(),
            (_, value) ->
                value instanceof Map<?, ?> map ? members(nested, at, cast(map), seal) : value);
      }
    }
    return copy;
  }

  @SuppressWarnings("unchecked") // trees have text keys
  private static Map<String, Object> cast(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  private Object value(String path, Object value, boolean seal) {
    return switch (value) {
      case String text -> seal ? sealText(path, text) : openText(path, text);
      case List<?> list -> {
        var copy = new ArrayList<Object>(list.size());
        for (var element : list) {
          copy.add(value(path, java.util.Objects.requireNonNull(element), seal));
        }
        yield copy;
      }
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<String, Object>();
        cast(map).forEach((key, element) -> copy.put(key, value(path, element, seal)));
        yield copy;
      }
      default -> value;
    };
  }

  String sealText(String path, String text) {
    var number = keys.lastKey();
    var nonce = Ids.randomBytes(NONCE_BYTES);
    try {
      var cipher = cipher(Cipher.ENCRYPT_MODE, number, nonce, path);
      var sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
      var encoder = Base64.getEncoder().withoutPadding();
      return PREFIX
          + number
          + ":"
          + encoder.encodeToString(nonce)
          + ":"
          + encoder.encodeToString(sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not available in this JDK", e);
    }
  }

  String openText(String path, String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalStateException("The secret at " + path + " is stored in the clear");
    }
    var parts = text.substring(PREFIX.length()).split(":", 3);
    try {
      var nonce = Base64.getDecoder().decode(parts[1]);
      var cipher = cipher(Cipher.DECRYPT_MODE, Integer.parseInt(parts[0]), nonce, path);
      return new String(
          cipher.doFinal(Base64.getDecoder().decode(parts[2])), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "The secret at "
              + path
              + " does not open: it was sealed with another key or moved from elsewhere. Restore the"
              + " keys that belong to this data",
          e);
    }
  }

  private Cipher cipher(int mode, int number, byte[] nonce, String path)
      throws GeneralSecurityException {
    var key = keys.get(number);
    if (key == null) {
      throw new GeneralSecurityException("No key " + number);
    }
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(path.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
