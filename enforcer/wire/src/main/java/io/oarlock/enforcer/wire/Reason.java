package io.oarlock.enforcer.wire;

/** Why a peer or its bytes were refused; for the local log and counters, never for the wire. */
public enum Reason {
  /** The bytes are no frame of this protocol, or break a bound. */
  MALFORMED,
  /** Another version of the protocol. */
  WRONG_VERSION,
  /** A message that has no place here. */
  UNEXPECTED_MESSAGE,
  /** The other end refused and does not say why. */
  REFUSED_BY_PEER,
  /** No suite in common, or one that was not offered. */
  NO_COMMON_SUITE,
  /** Less protection than an end asked for. */
  DOWNGRADED,
  /** Sent for another receiver. */
  WRONG_AUDIENCE,
  /** The sender's clock and ours differ too much, or an old message was sent again. */
  CLOCK_SKEW,
  /** Seen before. */
  REPLAYED,
  /** More handshakes than can be remembered; nothing is let through unremembered. */
  OVERLOADED,
  /** Our own message, sent back to us. */
  REFLECTED,
  /** A signature, a MAC or a transcript that does not fit. */
  FORGED,
  /** A key share that forces a known secret. */
  WEAK_KEY,
  /** The certificate or the profile is past its end. */
  EXPIRED,
  /** The certificate or the profile has not begun. */
  NOT_YET_VALID,
  /** The certificate was revoked. */
  REVOKED,
  /** Issued by an authority that is not trusted. */
  UNKNOWN_ISSUER,
  /** Speaks for a namespace its authority or its enforcer does not own. */
  WRONG_NAMESPACE,
  /** A certificate made for something else. */
  WRONG_PURPOSE,
  /** The peer's policies are older than is acceptable. */
  STALE_EPOCH,
  /** A record that was changed, moved, repeated or left out. */
  TAMPERED,
  /** The stream ended without its authenticated end. */
  TRUNCATED
}
