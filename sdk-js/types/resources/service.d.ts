// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Merged, Written } from '../platform.js';

/**
 * A service with a name and a port that processing units implement, and how its users prove who they are.
 *
 * Group: What runs. Routes: `/v1/services`.
 */
export interface Service {
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
   * What it speaks.
   *
   * - `HTTP`: HTTP, and what is built on it.
   * - `TCP`: Any protocol over TCP.
   *
   * Has an index for filters.
   *
   * @default "HTTP"
   * @example "HTTP"
   */
  type: 'HTTP' | 'TCP';
  /**
   * Host names it is reached by.
   *
   * At most 64 different elements. Each: Write a host name; 1 to 1024 characters.
   *
   * @default []
   * @example ["shop.example.com"]
   */
  hosts: string[];
  /**
   * Networks it is reached at.
   *
   * At most 64 different elements. Each: IPv4 or IPv6 network in CIDR notation; 1 to 64 characters.
   *
   * @default []
   * @example ["192.0.2.7/32"]
   */
  ips: string[];
  /**
   * Port its users connect to.
   *
   * Whole number, 1 to 65535.
   *
   * @example 443
   */
  exposedPort: number;
  /**
   * Port the processing units listen on; needed unless the service is external.
   *
   * Whole number, 1 to 65535.
   *
   * @example 8080
   */
  port?: number;
  /**
   * Further port for users without an enforcer, with TLS.
   *
   * Whole number, 1 to 65535.
   *
   * @example 8443
   */
  publicApplicationPort?: number;
  /**
   * Whether the processing units themselves speak TLS.
   *
   * @default false
   * @example false
   */
  exposedServiceIsTLS: boolean;
  /**
   * Whether it is run by somebody outside the platform.
   *
   * @default false
   * @example false
   */
  external: boolean;
  /**
   * Tag expression that selects the processing units implementing it.
   *
   * At most 64 elements. Each: 1 to 64 different elements; Each: `key=value`, `key`, `!key=value`, `!key` or
   * `key=prefix*`; 1 to 1024 characters.
   *
   * @default []
   * @example [["app=shop"]]
   */
  selectors: string[][];
  /**
   * Where the certificate of its public port comes from.
   *
   * - `Oarlock`: The certificate authority of the namespace.
   * - `LetsEncrypt`: Let's Encrypt.
   * - `External`: The certificate and key given here.
   * - `None`: Nowhere: the port speaks no TLS.
   *
   * @default "Oarlock"
   * @example "Oarlock"
   */
  tlsType: 'Oarlock' | 'LetsEncrypt' | 'External' | 'None';
  /**
   * Certificate of its public port, for tlsType External.
   *
   * One or more PEM blocks. At most 65536 characters.
   *
   * @example "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n"
   */
  tlsCertificate?: string;
  /**
   * Private key of that certificate; never shown again.
   *
   * One or more PEM blocks. At most 16384 characters. Encrypted at rest and masked when read.
   *
   * @example "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----\n"
   */
  tlsCertificateKey?: string;
  /**
   * How users prove who they are.
   *
   * - `None`: They do not.
   * - `JWT`: By a JSON web token.
   * - `OIDC`: By signing in at an OpenID Connect provider.
   * - `MTLS`: By a client certificate.
   *
   * @default "None"
   * @example "JWT"
   */
  authorizationType: 'None' | 'JWT' | 'OIDC' | 'MTLS';
  /**
   * Certificate or key that JWTs of users are verified with.
   *
   * One or more PEM blocks. At most 65536 characters.
   *
   * @example "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n"
   */
  jwtSigningCertificate?: string;
  /**
   * Certificate authorities of the client certificates of users.
   *
   * One or more PEM blocks. At most 65536 characters.
   *
   * @example "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n"
   */
  mtlsCertificateAuthority?: string;
  /**
   * OpenID Connect provider of users.
   *
   * @example {"url":"https://id.example.com","clientId":"shop"}
   */
  oidc?: {
    /**
     * URL of the provider.
     *
     * Absolute http or https URL. At most 2048 characters.
     *
     * @example "https://id.example.com"
     */
    url: string;
    /**
     * Name the provider knows the service by.
     *
     * 1 to 256 characters.
     *
     * @example "shop"
     */
    clientId: string;
    /**
     * Secret shared with the provider; never shown again.
     *
     * At most 1024 characters. Encrypted at rest and masked when read.
     *
     * @example "hunter2"
     */
    clientSecret?: string;
    /**
     * Scopes to ask for.
     *
     * At most 32 different elements. Each: 1 to 1024 characters.
     *
     * @default []
     * @example ["openid","email"]
     */
    scopes?: string[];
  };
  /**
   * HTTP headers that carry claims of the user, by header.
   *
   * At most 64 entries. Key: a header has letters, digits and hyphens; 1 to 256 characters. Value: 1 to 1024
   * characters.
   *
   * @default {}
   * @example {"X-User":"email"}
   */
  claimsToHeaders: Record<string, string>;
  /**
   * Where browsers go that may not enter.
   *
   * Absolute http or https URL. At most 2048 characters.
   *
   * @example "https://shop.example.com/denied"
   */
  redirectUrlOnAuthorizationFailure?: string;
  /**
   * Counts in the namespaces below as well.
   *
   * @default false
   * @example true
   */
  propagate: boolean;
  /**
   * Hides it from the namespaces below, where it counts all the same.
   *
   * @default false
   * @example false
   */
  propagationHidden: boolean;
  /**
   * Switches it off without deleting it.
   *
   * @default false
   * @example false
   */
  disabled: boolean;
}

/** What may be sent to create or replace a {@link Service}. */
export type ServiceInput = Written<Service, 'name' | 'exposedPort', 'description' | 'annotations' | 'metadata' | 'associatedTags' | 'protected' | 'type' | 'hosts' | 'ips' | 'port' | 'publicApplicationPort' | 'exposedServiceIsTLS' | 'external' | 'selectors' | 'tlsType' | 'tlsCertificate' | 'tlsCertificateKey' | 'authorizationType' | 'jwtSigningCertificate' | 'mtlsCertificateAuthority' | 'oidc' | 'claimsToHeaders' | 'redirectUrlOnAuthorizationFailure' | 'propagate' | 'propagationHidden' | 'disabled'>;

/** What may be sent to change parts of a {@link Service}. */
export type ServicePatch = Merged<Service, 'name' | 'description' | 'annotations' | 'associatedTags' | 'protected' | 'type' | 'hosts' | 'ips' | 'exposedPort' | 'port' | 'publicApplicationPort' | 'exposedServiceIsTLS' | 'external' | 'selectors' | 'tlsType' | 'tlsCertificate' | 'tlsCertificateKey' | 'authorizationType' | 'jwtSigningCertificate' | 'mtlsCertificateAuthority' | 'oidc' | 'claimsToHeaders' | 'redirectUrlOnAuthorizationFailure' | 'propagate' | 'propagationHidden' | 'disabled'>;
