// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Merged, Written } from '../platform.js';

/**
 * Anything that computes and has an identity of its own: a process, a container, a service of a host, a host,
 * a session of a user.
 *
 * Group: What runs. Routes: `/v1/processingunits`.
 */
export interface Processingunit {
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
   * What it is.
   *
   * - `Docker`: A container.
   * - `KubernetesPod`: A pod of Kubernetes.
   * - `Host`: A whole host.
   * - `HostService`: A port of a host.
   * - `LinuxService`: A tree of processes on Linux.
   * - `WindowsService`: A service on Windows.
   * - `UserSession`: A session of a user.
   * - `SSHSession`: A session over SSH.
   * - `APIGateway`: A gateway in front of APIs.
   *
   * Cannot be changed after creation. Has an index for filters.
   *
   * @example "Docker"
   */
  type: 'Docker' | 'KubernetesPod' | 'Host' | 'HostService' | 'LinuxService' | 'WindowsService' | 'UserSession' | 'SSHSession' | 'APIGateway';
  /**
   * Images it was started from.
   *
   * At most 64 elements. Each: 1 to 1024 characters. Cannot be changed after creation.
   *
   * @default []
   * @example ["nginx:1.29"]
   */
  images: string[];
  /**
   * Identifier its host knows it by, such as that of the container.
   *
   * At most 256 characters.
   *
   * @example "3f4e1a9b7c2d"
   */
  nativeContextId?: string;
  /**
   * Identifier its enforcer gave it while the platform was away.
   *
   * At most 128 characters.
   *
   * @example "local-7"
   */
  clientLocalId?: string;
  /**
   * Identifier of its enforcer.
   *
   * Identifier of a resource. At most 64 characters. Has an index for filters.
   *
   * @example "6741f3a2c0de4b0f8a1d2e3f"
   */
  enforcerId?: string;
  /**
   * Namespace of its enforcer.
   *
   * Path of a namespace, such as `/acme/prod`. At most 1024 characters.
   *
   * @example "/acme/prod"
   */
  enforcerNamespace?: string;
  /**
   * Whether it runs.
   *
   * - `Initialized`: It is known and has not started.
   * - `Running`: It runs.
   * - `Paused`: It is paused.
   * - `Stopped`: It has stopped and may start again.
   * - `Terminated`: It is gone.
   *
   * Has an index for filters.
   *
   * @default "Initialized"
   * @example "Running"
   */
  operationalStatus: 'Initialized' | 'Running' | 'Paused' | 'Stopped' | 'Terminated';
  /**
   * Whether its policies are enforced.
   *
   * - `Inactive`: They are not.
   * - `Active`: They are.
   * - `Failed`: They should be and cannot.
   *
   * Has an index for filters.
   *
   * @default "Inactive"
   * @example "Active"
   */
  enforcementStatus: 'Inactive' | 'Active' | 'Failed';
  /**
   * Protocols and ports it listens on.
   *
   * At most 256 different elements. Each: `proto/port[:port]`, `proto`, `icmp/type/code` or `any`; 1 to 64
   * characters.
   *
   * @default []
   * @example ["tcp/80"]
   */
  networkServices: string[];
  /**
   * When its enforcer last told of it.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters. Written by the platform.
   *
   * @example "2026-11-21T23:50:00.000Z"
   */
  readonly lastSyncTime?: string;
}

/** What may be sent to create or replace a {@link Processingunit}. */
export type ProcessingunitInput = Written<Processingunit, 'name' | 'type', 'description' | 'annotations' | 'metadata' | 'associatedTags' | 'protected' | 'images' | 'nativeContextId' | 'clientLocalId' | 'enforcerId' | 'enforcerNamespace' | 'operationalStatus' | 'enforcementStatus' | 'networkServices'>;

/** What may be sent to change parts of a {@link Processingunit}. */
export type ProcessingunitPatch = Merged<Processingunit, 'name' | 'description' | 'annotations' | 'associatedTags' | 'protected' | 'nativeContextId' | 'clientLocalId' | 'enforcerId' | 'enforcerNamespace' | 'operationalStatus' | 'enforcementStatus' | 'networkServices'>;
