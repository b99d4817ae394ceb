// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Written } from '../platform.js';

/**
 * Tells who the caller is: the claims of the caller's token, or of another one given.
 *
 * Group: Who. Routes: `/v1/authn`.
 */
export interface Authn {
  /**
   * Token to look at; the caller's own when absent.
   *
   * At most 16384 characters. Encrypted at rest and masked when read.
   *
   * @example "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZG1pbiJ9.c2ln"
   */
  token?: string;
  /**
   * The claims in the token.
   *
   * At most 1024 entries. Key: 1 to 256 characters. Value: Any JSON, at most 16384 bytes. Written by the
   * platform.
   *
   * @default {}
   * @example {"realm":"Account","sub":"admin"}
   */
  readonly claims: Record<string, unknown>;
  /**
   * The claims as policies match them.
   *
   * At most 64 elements. Each: `key=value`; 1 to 1023 characters. Written by the platform.
   *
   * @default []
   * @example ["@auth:realm=account","@auth:account=admin"]
   */
  readonly tags: string[];
  /**
   * When the token ceases to be valid.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters. Written by the platform.
   *
   * @example "2026-11-22T00:50:00.000Z"
   */
  readonly expiresAt: string;
}

/** What may be sent to create or replace a {@link Authn}. */
export type AuthnInput = Written<Authn, never, 'token'>;
