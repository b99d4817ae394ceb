package io.oarlock.enforcer.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;

/** What a unit proves itself with: its profile and the key the profile names. */
public final class Identity {
  private final String profile;
  private final ECPrivateKeyParameters key;
  private final Instant until;
  private final byte[] hash;

  Identity(String profile, ECPrivateKeyParameters key, Instant until) {
    this.profile = profile;
    this.key = key;
    this.until = until;
    this.hash = Primitives.sha256(profile.getBytes(StandardCharsets.UTF_8));
  }

  /** The text peers verify. */
  public String profile() {
    return profile;
  }

  public Instant until() {
    return until;
  }

  byte[] hash() {
    return hash;
  }

  byte[] sign(byte[] message) {
    return Primitives.sign(key, message);
  }
}
