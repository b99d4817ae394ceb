// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Written } from '../platform.js';

/**
 * Makes tokens invalid before they expire: a single one, or all issued to a subject before a moment. It
 * counts in its namespace and below.
 *
 * Group: Who. Routes: `/v1/revocations`.
 */
export interface Revocation {
  /**
   * Identifier given by the platform.
   *
   * Identifier of a resource. At most 64 characters. Written by the platform.
   *
   * @example "6741f3a2c0de4b0f8a1d2e3f"
   */
  readonly id: string;
  /**
   * Namespace it lives in.
   *
   * Path of a namespace, such as `/acme/prod`. At most 1024 characters. Written by the platform.
   *
   * @example "/acme/prod"
   */
  readonly namespace: string;
  /**
   * When it was created.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters. Written by the platform.
   *
   * @example "2026-11-21T23:50:00.000Z"
   */
  readonly createTime: string;
  /**
   * When it was last written.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters. Written by the platform.
   *
   * @example "2026-11-21T23:50:00.000Z"
   */
  readonly updateTime: string;
  /**
   * Identifier (jti) of the token.
   *
   * At most 128 characters. Has an index for filters.
   *
   * @example "01JD8Z3N7QX5"
   */
  tokenId?: string;
  /**
   * Tag expression over the claims of the tokens.
   *
   * At most 64 elements. Each: 1 to 64 different elements; Each: `key=value`, `key`, `!key=value`, `!key` or
   * `key=prefix*`; 1 to 1024 characters.
   *
   * @example [["@auth:realm=account","@auth:account=alice"]]
   */
  subject?: string[][];
  /**
   * Tokens of the subject issued before this moment are meant; now when absent.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
   *
   * @example "2026-11-21T23:50:00.000Z"
   */
  issuedBefore?: string;
  /**
   * Why, in words.
   *
   * At most 1024 characters.
   *
   * @example "Her laptop was stolen."
   */
  reason?: string;
  /**
   * When it is deleted by itself.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters. Has an index for filters.
   *
   * @example "2027-01-01T00:00:00.000Z"
   */
  expirationTime?: string;
}

/** What may be sent to create or replace a {@link Revocation}. */
export type RevocationInput = Written<Revocation, never, 'tokenId' | 'subject' | 'issuedBefore' | 'reason' | 'expirationTime'>;
