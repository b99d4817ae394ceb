// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Written } from '../platform.js';

/**
 * One version of an app, published in the namespace for installation there.
 *
 * Group: Marketplace. Routes: `/v1/apps`.
 */
export interface App {
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
   * The signed bundle, a zip or tar.gz in Base64.
   *
   * Write the bundle in Base64. 1 to 960000 characters. Not stored.
   *
   * @example "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=="
   */
  bundle?: string;
  /**
   * Name of the app, the same in all its versions.
   *
   * At most 64 characters. Written by the platform. Has an index for filters.
   *
   * @example "policy-change-log"
   */
  readonly app?: string;
  /**
   * Version of the app.
   *
   * At most 64 characters. Written by the platform.
   *
   * @example "1.0.0"
   */
  readonly appVersion?: string;
  /**
   * Digest of its contents.
   *
   * At most 128 characters. Written by the platform.
   *
   * @example "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
   */
  readonly digest?: string;
  /**
   * Key of the publisher who signed it.
   *
   * At most 64 characters. Written by the platform.
   *
   * @example "ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
   */
  readonly publisher?: string;
  /**
   * What its app.yaml says: what it is, what it asks, what it makes.
   *
   * At most 1024 entries. Key: 1 to 64 characters. Value: Any JSON, at most 524288 bytes. Written by the
   * platform.
   *
   * @default {}
   * @example {"name":"policy-change-log","version":"1.0.0"}
   */
  readonly manifest: Record<string, unknown>;
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

/** What may be sent to create or replace a {@link App}. */
export type AppInput = Written<App, 'name' | 'bundle', 'description' | 'annotations' | 'metadata' | 'associatedTags' | 'protected' | 'propagate' | 'propagationHidden'>;
