// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Merged, Written } from '../platform.js';

/**
 * Networks and hosts outside the platform that policies select by tags.
 *
 * Group: What runs. Routes: `/v1/externalnetworks`.
 */
export interface Externalnetwork {
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
   * Networks in CIDR notation and host names, with *. for every host of a domain and ! for what is excluded.
   *
   * 1 to 1024 different elements. Each: Write a network such as 10.0.0.0/8 or a host such as *.example.com,
   * with ! in front to exclude it; 1 to 1024 characters.
   *
   * @example ["0.0.0.0/0","!10.0.0.0/8"]
   */
  entries: string[];
  /**
   * Protocols and ports that can be reached there; any when empty.
   *
   * At most 256 different elements. Each: `proto/port[:port]`, `proto`, `icmp/type/code` or `any`; 1 to 64
   * characters.
   *
   * @default []
   * @example ["tcp/443"]
   */
  servicePorts: string[];
  /**
   * What the network is; it changes how consoles show it, nothing else.
   *
   * - `Subnet`: Any network.
   * - `SecurityGroup`: A security group of a cloud.
   * - `ENI`: A network interface of a cloud.
   * - `RDSCluster`: A cluster of databases of a cloud.
   * - `RDSInstance`: A database of a cloud.
   *
   * @default "Subnet"
   * @example "Subnet"
   */
  type: 'Subnet' | 'SecurityGroup' | 'ENI' | 'RDSCluster' | 'RDSInstance';
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
}

/** What may be sent to create or replace a {@link Externalnetwork}. */
export type ExternalnetworkInput = Written<Externalnetwork, 'name' | 'entries', 'description' | 'annotations' | 'metadata' | 'associatedTags' | 'protected' | 'servicePorts' | 'type' | 'propagate' | 'propagationHidden'>;

/** What may be sent to change parts of a {@link Externalnetwork}. */
export type ExternalnetworkPatch = Merged<Externalnetwork, 'name' | 'description' | 'annotations' | 'associatedTags' | 'protected' | 'entries' | 'servicePorts' | 'type' | 'propagate' | 'propagationHidden'>;
