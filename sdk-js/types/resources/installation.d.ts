// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Merged, Written } from '../platform.js';

/**
 * An app in the namespace, with what it made. Creating it installs, changing it upgrades, deleting it removes
 * exactly what was made; a dry run of any of these is a plan.
 *
 * Group: Marketplace. Routes: `/v1/installations`.
 */
export interface Installation {
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
   * Name of the app, published in the namespace or handed down to it.
   *
   * 1 to 64 characters. Cannot be changed after creation. Has an index for filters.
   *
   * @example "policy-change-log"
   */
  app: string;
  /**
   * Version of the app; another one upgrades it, or goes back.
   *
   * 1 to 64 characters.
   *
   * @example "1.0.0"
   */
  appVersion: string;
  /**
   * Answers to the parameters of the app.
   *
   * At most 1024 entries. Key: 1 to 64 characters. Value: Any JSON, at most 131072 bytes.
   *
   * @default {}
   * @example {"level":"warn"}
   */
  parameters: Record<string, unknown>;
  /**
   * What the app may do; all that its version asks for must be in it.
   *
   * @example {"entitlements":{"networkaccesspolicy":["get"]}}
   */
  consent?: {
    /**
     * What its automations may do, by resource type.
     *
     * At most 128 entries. Key: Name of a resource type, or `*`; 1 to 64 characters. Value: At most 256
     * different elements.
     *
     * @default {}
     * @example {"networkaccesspolicy":["get"]}
     */
    entitlements?: Record<string, Array<'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete' | '*'>>;
    /**
     * Names of the secrets it may use.
     *
     * At most 32 different elements. Each: 1 to 1024 characters.
     *
     * @default []
     * @example ["slack-token"]
     */
    secrets?: string[];
    /**
     * Hosts it may send requests to; * for any.
     *
     * At most 64 different elements. Each: Write a host name or an address, *. and a domain, or * for any; 1
     * to 1024 characters.
     *
     * @default []
     * @example ["hooks.slack.com"]
     */
    hosts?: string[];
  };
  /**
   * A signed bundle of that version, a zip or tar.gz in Base64, that is published in the namespace with this
   * write: both happen, or neither.
   *
   * Write the bundle in Base64. 1 to 960000 characters. Not stored.
   *
   * @example "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=="
   */
  bundle?: string;
  /**
   * Goes back to what was installed before: its version, answers and consent, whatever this write says of
   * them, and what its automations kept then.
   *
   * Not stored.
   *
   * @example true
   */
  goBack?: boolean;
  /**
   * With a dry run: also tells what its automations would have done about the events of the last day. Takes
   * up to 20 s.
   *
   * Not stored.
   *
   * @example true
   */
  rehearse?: boolean;
  /**
   * What it made, in the order of its app.yaml.
   *
   * At most 512 elements. Written by the platform.
   *
   * @default []
   */
  readonly resources: Array<{
    /**
     * Its type.
     *
     * At most 64 characters.
     *
     * @example "automation"
     */
    type: string;
    /**
     * Its name.
     *
     * At most 256 characters.
     *
     * @example "policy-change-log"
     */
    name: string;
    /**
     * Its id.
     *
     * Identifier of a resource. At most 64 characters.
     *
     * @example "6741f3a2c0de4b0f8a1d2e3f"
     */
    id: string;
    /**
     * Digest of what the app said of it.
     *
     * At most 128 characters.
     *
     * @example "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
     */
    digest: string;
  }>;
  /**
   * What this write changed, or would change if it is a dry run.
   *
   * At most 1024 elements. Written by the platform.
   *
   * @default []
   */
  readonly changes: Array<{
    /**
     * What is done.
     *
     * - `Add`: It is made.
     * - `Change`: It is changed.
     * - `Remove`: It is removed.
     * - `Keep`: It stays as it is.
     *
     * @example "Add"
     */
    doing: 'Add' | 'Change' | 'Remove' | 'Keep';
    /**
     * Its type.
     *
     * At most 64 characters.
     *
     * @example "automation"
     */
    type: string;
    /**
     * Its name.
     *
     * At most 256 characters.
     *
     * @example "policy-change-log"
     */
    name: string;
  }>;
  /**
   * What the automations it adds or changes would have done about the events of the last day, as far as they
   * listen to events.
   *
   * At most 128 elements. Written by the platform.
   *
   * @default []
   * @example
   * [{"automation":"connection-alarm","since":"2026-11-21T23:50:00.000Z","events":12,"succeeded":11,"skipped":0,"failed":1,"effects":[{"kind":"Api","what":"create
   * alarm","count":11}]}]
   */
  readonly rehearsals: Array<{
    /**
     * Name of the automation.
     *
     * At most 256 characters.
     *
     * @example "connection-alarm"
     */
    automation: string;
    /**
     * Events since then were looked at: a day ago, or when the first that is left happened.
     *
     * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
     *
     * @example "2026-11-21T23:50:00.000Z"
     */
    since: string;
    /**
     * Events that would have set it off; the newest 100 were tried.
     *
     * Whole number, 0 to 1000000.
     *
     * @example 12
     */
    events: number;
    /**
     * Runs that would have succeeded.
     *
     * Whole number, 0 to 1000.
     *
     * @example 11
     */
    succeeded: number;
    /**
     * Runs whose condition would have said no.
     *
     * Whole number, 0 to 1000.
     *
     * @example 0
     */
    skipped: number;
    /**
     * Runs that would have failed.
     *
     * Whole number, 0 to 1000.
     *
     * @example 1
     */
    failed: number;
    /**
     * What the runs would have written and sent.
     *
     * At most 64 elements.
     *
     * @default []
     */
    effects?: Array<{
      /**
       * What kind of effect.
       *
       * - `Api`: A write through the platform's API.
       * - `Fetch`: A request to a server outside.
       * - `Kv`: A change of the automation's own values.
       *
       * @example "Fetch"
       */
      kind: 'Api' | 'Fetch' | 'Kv';
      /**
       * What was done.
       *
       * At most 512 characters.
       *
       * @example "POST https://chat.example.com"
       */
      what: string;
      /**
       * How often.
       *
       * Whole number, 0 to 1000000.
       *
       * @example 11
       */
      count: number;
    }>;
    /**
     * What the first that failed said.
     *
     * At most 2048 characters.
     *
     * @example "TypeError: x is undefined (line 3)"
     */
    fault?: string;
  }>;
  /**
   * Key of the publisher who signed the installed version.
   *
   * At most 64 characters. Written by the platform.
   *
   * @example "ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
   */
  readonly publisher?: string;
  /**
   * Digest of the installed version.
   *
   * At most 128 characters. Written by the platform.
   *
   * @example "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
   */
  readonly digest?: string;
  /**
   * What was installed before the last change of version, to go back to.
   *
   * Written by the platform.
   */
  readonly previous?: {
    /**
     * Version of the app.
     *
     * At most 64 characters.
     *
     * @example "1.0.0"
     */
    appVersion: string;
    /**
     * Answers to its parameters.
     *
     * At most 1024 entries. Key: 1 to 64 characters. Value: Any JSON, at most 131072 bytes.
     *
     * @default {}
     * @example {"level":"warn"}
     */
    parameters?: Record<string, unknown>;
    /**
     * What it might do.
     *
     * @example {"entitlements":{"networkaccesspolicy":["get"]}}
     */
    consent?: {
      /**
       * What its automations may do, by resource type.
       *
       * At most 128 entries. Key: Name of a resource type, or `*`; 1 to 64 characters. Value: At most 256
       * different elements.
       *
       * @default {}
       * @example {"networkaccesspolicy":["get"]}
       */
      entitlements?: Record<string, Array<'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete' | '*'>>;
      /**
       * Names of the secrets it may use.
       *
       * At most 32 different elements. Each: 1 to 1024 characters.
       *
       * @default []
       * @example ["slack-token"]
       */
      secrets?: string[];
      /**
       * Hosts it may send requests to; * for any.
       *
       * At most 64 different elements. Each: Write a host name or an address, *. and a domain, or * for any;
       * 1 to 1024 characters.
       *
       * @default []
       * @example ["hooks.slack.com"]
       */
      hosts?: string[];
    };
    /**
     * How many values its automations kept; going back brings them back. Absent when they were too many or
     * too large to be remembered: then they stay as they are.
     *
     * Whole number, 0 to 200.
     *
     * @example 3
     */
    keptValues?: number;
  };
}

/** What may be sent to create or replace a {@link Installation}. */
export type InstallationInput = Written<Installation, 'name' | 'app' | 'appVersion', 'description' | 'annotations' | 'metadata' | 'associatedTags' | 'protected' | 'parameters' | 'consent' | 'bundle' | 'goBack' | 'rehearse'>;

/** What may be sent to change parts of a {@link Installation}. */
export type InstallationPatch = Merged<Installation, 'name' | 'description' | 'annotations' | 'associatedTags' | 'protected' | 'appVersion' | 'parameters' | 'consent' | 'bundle' | 'goBack' | 'rehearse'>;
