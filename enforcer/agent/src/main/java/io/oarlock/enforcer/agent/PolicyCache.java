package io.oarlock.enforcer.agent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The last set of policies, for when the platform is away. It is sealed with a key derived from the
 * enforcer's own (AES-256-GCM, HKDF of RFC 5869) and signed by the authority beneath. The newest
 * epoch is kept beside it, so that an older set put back in its place is noticed. Who can put back
 * the whole folder as it was cannot be noticed before the platform is there again.
 */
final class PolicyCache {
  static final String FILE = "policies.sealed";

  static final String EPOCH_FILE = "epoch.sealed";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BYTES = 32;

  private final StateFolder state;
  private final Enrolment enrolment;
  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  PolicyCache(StateFolder state, Enrolment enrolment) {
    this.state = state;
    this.enrolment = enrolment;
    var parameters =
        HKDFParameterSpec.ofExtract()
            .addIKM(enrolment.privateKey().getEncoded())
            .thenExpand("oarlock agent cache".getBytes(StandardCharsets.US_ASCII), KEY_BYTES);
    try {
      this.key = KDF.getInstance("HKDF-SHA256").deriveKey("AES", parameters);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("JDK 25 has HKDF", e);
    }
  }

  void save(SignedPolicies policies) {
    var epoch = ByteBuffer.allocate(Long.BYTES).putLong(policies.epoch()).array();
    state.write(FILE, seal(FILE, policies.text().getBytes(StandardCharsets.US_ASCII)));
    state.write(EPOCH_FILE, seal(EPOCH_FILE, epoch));
  }

  /**
   * The set that was saved last; empty when none was.
   *
   * @throws AgentException when it was changed or put back, with what to do
   */
  Optional<SignedPolicies> load() {
    var sealed = state.read(FILE);
    var newest = state.read(EPOCH_FILE).map(bytes -> ByteBuffer.wrap(open(EPOCH_FILE, bytes)));
    if (sealed.isEmpty()) {
      if (newest.isPresent()) {
        throw refused("it was removed", FILE);
      }
      return Optional.empty();
    }
    var text = new String(open(FILE, sealed.get()), StandardCharsets.US_ASCII);
    var policies = SignedPolicies.verify(text, enrolment);
    if (newest.isEmpty() || policies.epoch() < newest.get().getLong()) {
      throw refused("it is older than what was here before", FILE);
    }
    return Optional.of(policies);
  }

  private byte[] seal(String name, byte[] plain) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      var sealed = cipher(Cipher.ENCRYPT_MODE, name, nonce).doFinal(plain);
      return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not available in this JDK", e);
    }
  }

  private byte[] open(String name, byte[] sealed) {
    if (sealed.length < NONCE_BYTES) {
      throw refused("it was cut short", name);
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, name, Arrays.copyOf(sealed, NONCE_BYTES))
          .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw refused("it was changed, or is of another enforcer", name);
    }
  }

  private Cipher cipher(int mode, String name, byte[] nonce) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((enrolment.id() + "/" + name).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private AgentException refused(String what, String name) {
    return new AgentException(
        "The cached policies in %s are not used: %s. Nothing is allowed until the platform sends new ones"
            .formatted(state.folder().resolve(name), what));
  }
}
