// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Merged, Written } from '../platform.js';

/**
 * Something that wants somebody's attention until it is resolved. The same kind and content again adds an
 * occurrence instead of a second alarm.
 *
 * Group: What happens. Routes: `/v1/alarms`.
 */
export interface Alarm {
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
   * What kind of thing happened, words separated by colons.
   *
   * 1 to 128 characters. Cannot be changed after creation. Has an index for filters.
   *
   * @example "flow:rejected"
   */
  kind: string;
  /**
   * What happened, in full.
   *
   * Markdown. 1 to 16384 characters. Cannot be changed after creation.
   *
   * @example "web tried to reach db and was refused."
   */
  content: string;
  /**
   * Where it stands.
   *
   * - `Open`: Nobody has looked at it.
   * - `Acknowledged`: Somebody looks after it.
   * - `Resolved`: It is over.
   *
   * Has an index for filters.
   *
   * @default "Open"
   * @example "Open"
   */
  status: 'Open' | 'Acknowledged' | 'Resolved';
  /**
   * Further facts for programs.
   *
   * At most 1024 entries. Key: 1 to 256 characters. Value: Any JSON, at most 16384 bytes.
   *
   * @default {}
   * @example {"source":"web","destination":"db"}
   */
  data: Record<string, unknown>;
  /**
   * Who is told by mail.
   *
   * At most 32 different elements. Each: Mail address; 1 to 254 characters.
   *
   * @default []
   * @example ["ops@example.com"]
   */
  emails: string[];
  /**
   * When it happened, the last times.
   *
   * At most 100 elements. Each: RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`; 1 to 64 characters.
   * Written by the platform.
   *
   * @default []
   * @example ["2026-11-21T23:50:00.000Z"]
   */
  readonly occurrences: string[];
  /**
   * How often it happened.
   *
   * Whole number, 0 to 9007199254740991. Written by the platform.
   *
   * @example 1
   */
  readonly count?: number;
}

/** What may be sent to create or replace a {@link Alarm}. */
export type AlarmInput = Written<Alarm, 'name' | 'kind' | 'content', 'description' | 'annotations' | 'metadata' | 'associatedTags' | 'protected' | 'status' | 'data' | 'emails'>;

/** What may be sent to change parts of a {@link Alarm}. */
export type AlarmPatch = Merged<Alarm, 'name' | 'description' | 'annotations' | 'associatedTags' | 'protected' | 'status' | 'data' | 'emails'>;
