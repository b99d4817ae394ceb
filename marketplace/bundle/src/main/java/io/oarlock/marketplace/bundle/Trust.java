package io.oarlock.marketplace.bundle;

import java.util.Set;

/**
 * Whose bundles are taken. Nobody's when empty.
 *
 * @param revoked keys that count no longer, whatever else is said of them
 */
public record Trust(Set<PublicKey> publishers, Set<PublicKey> revoked) {
  public Trust {
    publishers = Set.copyOf(publishers);
    revoked = Set.copyOf(revoked);
  }

  /** Refused unless the bundle is signed by a key that is trusted and not revoked. */
  public void require(Bundle bundle) throws BundleException {
    var signature =
        bundle
            .signature()
            .orElseThrow(() ->
                refusal(
                    "unsigned",
                    "It is not signed, and here only what trusted publishers signed is taken.",
                    "Sign it with oarlock app sign."));
    var key = signature.publisher();
    if (revoked.contains(key)) {
      throw refusal(
          "revoked",
          "It is signed by " + key + ", which was revoked.",
          "Ask its publisher for one that is signed by another key.");
    }
    if (!publishers.contains(key)) {
      throw refusal(
          "unknown-publisher",
          "It is signed by " + key + ", which nobody here trusts.",
          "If you trust its publisher, create a publisherkey of that key.");
    }
  }

  private static BundleException refusal(String code, String reason, String fix) {
    return new BundleException(Fault.of(code, reason, fix));
  }
}
