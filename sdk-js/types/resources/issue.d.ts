// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Written } from '../platform.js';

/**
 * Exchanges a proof of identity for a token. A token never allows more than its proof does; restrictions only
 * narrow it.
 *
 * Group: Who. Routes: `/v1/issue`.
 */
export interface Issue {
  /**
   * Kind of proof.
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
   * @example "Account"
   */
  realm: 'Account' | 'Certificate' | 'Token' | 'OIDC' | 'LDAP' | 'SAML' | 'AWS' | 'GCP' | 'Azure';
  /**
   * The proof, such as account and password; which members it has depends on the realm.
   *
   * At most 1024 entries. Key: 1 to 256 characters. Value: Any JSON, at most 16384 bytes. Encrypted at rest
   * and masked when read.
   *
   * @default {}
   * @example {"account":"admin","password":"correct horse battery staple"}
   */
  metadata?: Record<string, unknown>;
  /**
   * How long the token is valid, at least: its end is rounded up to a whole second. The platform's maximum
   * caps it, and the end of the proof.
   *
   * ISO 8601 without calendar parts, such as `PT30S`. At most 64 characters.
   *
   * @default "PT24H"
   * @example "PT1H"
   */
  validity: string;
  /**
   * Narrows the token to a namespace and those below it.
   *
   * Path of a namespace, such as `/acme/prod`. At most 1024 characters.
   *
   * @example "/acme"
   */
  restrictedNamespace?: string;
  /**
   * Narrows the token to these permissions.
   *
   * At most 256 different elements. Each: `type:operation,operation`, `*`, or `@role=name`; 1 to 512
   * characters.
   *
   * @default []
   * @example ["automation:get,list"]
   */
  restrictedPermissions: string[];
  /**
   * Narrows the token to callers from these networks.
   *
   * At most 64 different elements. Each: IPv4 or IPv6 network in CIDR notation; 1 to 64 characters.
   *
   * @default []
   * @example ["10.0.0.0/8"]
   */
  restrictedNetworks: string[];
  /**
   * Who the token is meant for; others refuse it.
   *
   * At most 16 different elements. Each: 1 to 1024 characters.
   *
   * @default []
   * @example ["https://oarlock.example.com"]
   */
  audience: string[];
  /**
   * The token, a signed JWT.
   *
   * At most 16384 characters. Written by the platform.
   *
   * @example "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZG1pbiJ9.c2ln"
   */
  readonly token: string;
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
   * When the token ceases to be valid.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters. Written by the platform.
   *
   * @example "2026-11-22T00:50:00.000Z"
   */
  readonly expiresAt: string;
}

/** What may be sent to create or replace a {@link Issue}. */
export type IssueInput = Written<Issue, 'realm', 'metadata' | 'validity' | 'restrictedNamespace' | 'restrictedPermissions' | 'restrictedNetworks' | 'audience'>;
