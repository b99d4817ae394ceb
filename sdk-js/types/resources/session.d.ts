// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
/**
 * A token that was issued, without the token itself. Deleting it revokes the token.
 *
 * Group: Who. Routes: `/v1/sessions`.
 *
 * Kept for PT2160H.
 */
export interface Session {
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
  tokenId: string;
  /**
   * How its holder proved who they are.
   *
   * - `Account`: Name and password of a local account, and a one-time code where asked for.
   * - `Certificate`: Client certificate, such as that of an app credential.
   * - `Token`: A token of this platform, to narrow it.
   * - `OIDC`: OpenID Connect provider.
   * - `LDAP`: LDAP directory.
   * - `SAML`: SAML identity provider.
   * - `AWS`: Role of an AWS account.
   * - `GCP`: Identity of a Google Cloud workload.
   * - `Azure`: Managed identity of Azure.
   *
   * Has an index for filters.
   *
   * @example "Account"
   */
  realm: 'Account' | 'Certificate' | 'Token' | 'OIDC' | 'LDAP' | 'SAML' | 'AWS' | 'GCP' | 'Azure';
  /**
   * Claims in the token, as policies match them.
   *
   * At most 64 elements. Each: `key=value`; 1 to 1023 characters. Has an index for filters.
   *
   * @default []
   * @example ["@auth:realm=account","@auth:account=alice"]
   */
  claims: string[];
  /**
   * When the token was issued.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
   *
   * @example "2026-11-21T23:50:00.000Z"
   */
  issuedAt: string;
  /**
   * When the token ceases to be valid.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
   *
   * @example "2026-11-22T00:50:00.000Z"
   */
  expiresAt: string;
  /**
   * Address it was asked for from.
   *
   * At most 64 characters.
   *
   * @example "10.1.2.3"
   */
  source?: string;
}
