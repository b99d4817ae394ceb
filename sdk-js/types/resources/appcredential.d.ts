// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Merged, Written } from '../platform.js';

/**
 * The identity of a program: a client certificate with the permissions that come with it.
 *
 * Group: Who. Routes: `/v1/appcredentials`.
 */
export interface Appcredential {
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
   * Name people call it by; it may be given in place of the id, as name:web-to-db.
   *
   * 1 to 256 characters. Has an index for filters.
   *
   * @example "web-to-db"
   */
  name: string;
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
   * Roles and permissions its tokens have, such as @role=name or automation:get,list; never more than its
   * maker has.
   *
   * 1 to 256 different elements. Each: `type:operation,operation`, `*`, or `@role=name`; 1 to 512 characters.
   *
   * @example ["automation:get,list"]
   */
  roles: string[];
  /**
   * Networks it may call from; everywhere when empty.
   *
   * At most 64 different elements. Each: IPv4 or IPv6 network in CIDR notation; 1 to 64 characters.
   *
   * @default []
   * @example ["10.0.0.0/8"]
   */
  authorizedSubnets: string[];
  /**
   * Longest validity of a token issued to it.
   *
   * ISO 8601 without calendar parts, such as `PT30S`. At most 64 characters.
   *
   * @example "PT1H"
   */
  maxIssuedTokenValidity?: string;
  /**
   * Certificate signing request, when the private key is made elsewhere and stays there.
   *
   * One or more PEM blocks. At most 16384 characters. Not stored.
   *
   * @example "-----BEGIN CERTIFICATE REQUEST-----\nMIIBHTCBxQIBADA=\n-----END CERTIFICATE REQUEST-----\n"
   */
  csr?: string;
  /**
   * Its certificate.
   *
   * One or more PEM blocks. At most 16384 characters. Written by the platform.
   *
   * @example "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n"
   */
  readonly certificate?: string;
  /**
   * SHA-256 of its certificate, by which a caller is recognised.
   *
   * At most 64 characters. Written by the platform. Has an index for filters.
   *
   * @example "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
   */
  readonly fingerprint?: string;
  /**
   * When its certificate ceases to be valid.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters. Written by the platform.
   *
   * @example "2027-11-21T23:50:00.000Z"
   */
  readonly certificateExpiresAt?: string;
  /**
   * Everything a program needs to sign in; shown once, in the answer of the write that made it.
   *
   * Written by the platform. Shown once, in the answer to its creation. Not stored.
   *
   * @example
   * {"apiUrl":"https://localhost:8443","id":"6741f3a2c0de4b0f8a1d2e3f","name":"deployer","namespace":"/acme","certificate":"-----BEGIN
   * CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END
   * CERTIFICATE-----\n","certificateAuthority":"-----BEGIN
   * CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n"}
   */
  readonly credentials?: {
    /**
     * URL of the platform.
     *
     * Absolute http or https URL. At most 2048 characters.
     *
     * @example "https://localhost:8443"
     */
    apiUrl: string;
    /**
     * Identifier of the app credential.
     *
     * Identifier of a resource. At most 64 characters.
     *
     * @example "6741f3a2c0de4b0f8a1d2e3f"
     */
    id: string;
    /**
     * Name of the app credential.
     *
     * At most 256 characters.
     *
     * @example "deployer"
     */
    name: string;
    /**
     * Namespace of the app credential.
     *
     * Path of a namespace, such as `/acme/prod`. At most 1024 characters.
     *
     * @example "/acme"
     */
    namespace: string;
    /**
     * Client certificate.
     *
     * One or more PEM blocks. At most 16384 characters.
     *
     * @example "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n"
     */
    certificate: string;
    /**
     * Certificate authority to trust at the platform.
     *
     * One or more PEM blocks. At most 65536 characters.
     *
     * @example "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n"
     */
    certificateAuthority: string;
    /**
     * Private key, unless it was made elsewhere.
     *
     * One or more PEM blocks. At most 16384 characters. Encrypted at rest and masked when read.
     *
     * @example "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----\n"
     */
    certificateKey?: string;
  };
  /**
   * Switches it off without deleting it.
   *
   * @default false
   * @example false
   */
  disabled: boolean;
}

/**
 * What the action `renew` is told. Makes a new certificate, for the key of a CSR when one is given; the old
 * one stays valid until it expires.
 */
export type AppcredentialRenewInput = {
  /**
   * Certificate signing request, when the private key is made elsewhere and stays there.
   *
   * One or more PEM blocks. At most 16384 characters.
   *
   * @example "-----BEGIN CERTIFICATE REQUEST-----\nMIIBHTCBxQIBADA=\n-----END CERTIFICATE REQUEST-----\n"
   */
  csr?: string;
};

/**
 * What the action `renew` answers. Makes a new certificate, for the key of a CSR when one is given; the old
 * one stays valid until it expires.
 */
export type AppcredentialRenewOutput = {
  /**
   * URL of the platform.
   *
   * Absolute http or https URL. At most 2048 characters.
   *
   * @example "https://localhost:8443"
   */
  apiUrl: string;
  /**
   * Identifier of the app credential.
   *
   * Identifier of a resource. At most 64 characters.
   *
   * @example "6741f3a2c0de4b0f8a1d2e3f"
   */
  id: string;
  /**
   * Name of the app credential.
   *
   * At most 256 characters.
   *
   * @example "deployer"
   */
  name: string;
  /**
   * Namespace of the app credential.
   *
   * Path of a namespace, such as `/acme/prod`. At most 1024 characters.
   *
   * @example "/acme"
   */
  namespace: string;
  /**
   * Client certificate.
   *
   * One or more PEM blocks. At most 16384 characters.
   *
   * @example "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n"
   */
  certificate: string;
  /**
   * Certificate authority to trust at the platform.
   *
   * One or more PEM blocks. At most 65536 characters.
   *
   * @example "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n"
   */
  certificateAuthority: string;
  /**
   * Private key, unless it was made elsewhere.
   *
   * One or more PEM blocks. At most 16384 characters. Encrypted at rest and masked when read.
   *
   * @example "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----\n"
   */
  certificateKey?: string;
};

/** What may be sent to create or replace a {@link Appcredential}. */
export type AppcredentialInput = Written<Appcredential, 'name' | 'roles', 'description' | 'annotations' | 'metadata' | 'associatedTags' | 'protected' | 'authorizedSubnets' | 'maxIssuedTokenValidity' | 'csr' | 'disabled'>;

/** What may be sent to change parts of a {@link Appcredential}. */
export type AppcredentialPatch = Merged<Appcredential, 'name' | 'description' | 'annotations' | 'associatedTags' | 'protected' | 'roles' | 'authorizedSubnets' | 'maxIssuedTokenValidity' | 'csr' | 'disabled'>;
