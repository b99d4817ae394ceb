// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Merged, Written } from '../platform.js';

/**
 * A local account that a person signs in with, by password and, if wished, a one-time code.
 *
 * Group: Who. Routes: `/v1/accounts`.
 */
export interface Account {
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
   * What it is for, in words.
   *
   * Markdown. At most 1024 characters.
   *
   * @example "The shop's front end reads its database."
   */
  description?: string;
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
   * Grows by one with each write; the ETag of the resource.
   *
   * Whole number, 1 to 9007199254740991. Written by the platform.
   *
   * @example 1
   */
  readonly version: number;
  /**
   * Free notes of tools, by key; no policy looks at them.
   *
   * At most 64 entries. Key: 1 to 256 characters. Value: At most 256 elements; Each: 1 to 1024 characters.
   *
   * @default {}
   * @example {"ticket":["NET-42"]}
   */
  annotations: Record<string, string[]>;
  /**
   * Tags starting with @ that the creator vouches for; they never change.
   *
   * At most 64 different elements. Each: `key=value`; Metadata tags start with @, and not with @auth:, which
   * is kept for tokens; 1 to 1023 characters. Cannot be changed after creation.
   *
   * @default []
   * @example ["@app:image=nginx"]
   */
  metadata: string[];
  /**
   * Tags that users give it.
   *
   * At most 128 different elements. Each: `key=value`; User tags do not start with $, @ or +, which are kept
   * for the platform; 1 to 1023 characters.
   *
   * @default []
   * @example ["env=prod"]
   */
  associatedTags: string[];
  /**
   * All tags that policies can match: those of users, the metadata and the computed ones.
   *
   * At most 512 different elements. Each: `key=value`; 1 to 1023 characters. Written by the platform. Has an
   * index for filters.
   *
   * @default []
   * @example ["$name=web-to-db","env=prod"]
   */
  readonly normalizedTags: string[];
  /**
   * Refuses updates and deletion unless the request says override=true.
   *
   * @default false
   * @example false
   */
  protected: boolean;
  /**
   * Name to sign in with.
   *
   * An account name has 1 to 128 letters, digits or @ . _ + - and starts with a letter or digit. 1 to 128
   * characters. Cannot be changed after creation. Has an index for filters.
   *
   * @example "alice"
   */
  name: string;
  /**
   * Mail address of the person.
   *
   * Mail address. At most 254 characters. Has an index for filters.
   *
   * @example "alice@example.com"
   */
  email?: string;
  /**
   * First name of the person.
   *
   * At most 128 characters.
   *
   * @example "Alice"
   */
  firstName?: string;
  /**
   * Last name of the person.
   *
   * At most 128 characters.
   *
   * @example "Liddell"
   */
  lastName?: string;
  /**
   * Company of the person.
   *
   * At most 128 characters.
   *
   * @example "Acme"
   */
  company?: string;
  /**
   * New password, at least 8 characters; only a salted hash of it is kept.
   *
   * 8 to 1024 characters. Encrypted at rest and masked when read. Not stored.
   *
   * @example "correct horse battery staple"
   */
  password?: string;
  /**
   * Whether the account may sign in.
   *
   * - `Active`: It may sign in.
   * - `Disabled`: It may not sign in.
   * - `Invited`: Its person has yet to choose a password.
   * - `Pending`: It waits for somebody to approve it.
   *
   * Has an index for filters.
   *
   * @default "Active"
   * @example "Active"
   */
  status: 'Active' | 'Disabled' | 'Invited' | 'Pending';
  /**
   * Asks for a one-time code at sign-in; switching it on makes a new otpUri.
   *
   * @default false
   * @example false
   */
  otpEnabled: boolean;
  /**
   * otpauth URI for an authenticator app; shown once, in the answer of the write that made it.
   *
   * At most 512 characters. Written by the platform. Shown once, in the answer to its creation. Not stored.
   *
   * @example "otpauth://totp/Oarlock:alice?secret=JBSWY3DPEHPK3PXP&issuer=Oarlock"
   */
  readonly otpUri?: string;
  /**
   * When it last signed in.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters. Written by the platform.
   *
   * @example "2026-11-21T23:50:00.000Z"
   */
  readonly lastSignInAt?: string;
}

/** What may be sent to create or replace a {@link Account}. */
export type AccountInput = Written<Account, 'name', 'description' | 'annotations' | 'metadata' | 'associatedTags' | 'protected' | 'email' | 'firstName' | 'lastName' | 'company' | 'password' | 'status' | 'otpEnabled'>;

/** What may be sent to change parts of a {@link Account}. */
export type AccountPatch = Merged<Account, 'description' | 'annotations' | 'associatedTags' | 'protected' | 'email' | 'firstName' | 'lastName' | 'company' | 'password' | 'status' | 'otpEnabled'>;
