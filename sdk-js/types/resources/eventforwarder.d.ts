// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Merged, Written } from '../platform.js';

/**
 * Sends events to a system outside, at least once and in order, from a cursor that survives restarts.
 *
 * Group: What happens. Routes: `/v1/eventforwarders`.
 */
export interface Eventforwarder {
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
   * Types of the resources whose events are sent; all when empty.
   *
   * At most 64 different elements. Each: Name of a resource type; 1 to 64 characters.
   *
   * @default []
   * @example ["networkaccesspolicy"]
   */
  types: string[];
  /**
   * Which writes are sent.
   *
   * 1 to 3 different elements.
   *
   * @default ["Create","Update","Delete"]
   * @example ["Create"]
   */
  operations: Array<'Create' | 'Update' | 'Delete'>;
  /**
   * Tag expression the resource matches; any resource when absent.
   *
   * At most 64 elements. Each: 1 to 64 different elements; Each: `key=value`, `key`, `!key=value`, `!key` or
   * `key=prefix*`; 1 to 1024 characters.
   *
   * @example [["env=prod"]]
   */
  subject?: string[][];
  /**
   * Condition on the attributes of the resource.
   *
   * Filter expression. At most 4096 characters.
   *
   * @example "action == Reject"
   */
  filter?: string;
  /**
   * Sends the events of the namespaces below as well.
   *
   * @default false
   * @example true
   */
  recursive: boolean;
  /**
   * ES module whose default export turns an event into what is sent; nothing is sent for what it returns as
   * null.
   *
   * ECMAScript. At most 65536 characters.
   *
   * @example "export default (event) => ({name: event.object.name})"
   */
  transform?: string;
  /**
   * Where the events go.
   *
   * @example {"kind":"Http","url":"https://events.example.com/"}
   */
  sink: 
    /** An HTTP server that takes CloudEvents in batches. */
    | {
      kind: 'Http';
      /**
       * URL to post to.
       *
       * Absolute http or https URL. At most 2048 characters.
       *
       * @example "https://events.example.com/"
       */
      url: string;
      /**
       * Name of the secret sent as bearer token.
       *
       * At most 256 characters.
       *
       * @example "receiver-token"
       */
      secret?: string;
    }
    /** A Splunk HTTP event collector. */
    | {
      kind: 'SplunkHec';
      /**
       * URL of the collector, without path.
       *
       * Absolute http or https URL. At most 2048 characters.
       *
       * @example "https://splunk.example.com:8088"
       */
      url: string;
      /**
       * Name of the secret that holds the collector's token.
       *
       * 1 to 256 characters.
       *
       * @example "splunk-token"
       */
      secret: string;
      /**
       * Index the events go to; the token's own when absent.
       *
       * At most 256 characters.
       *
       * @example "oarlock"
       */
      index?: string;
      /**
       * Waits for the indexers to acknowledge.
       *
       * @default false
       * @example true
       */
      acknowledge?: boolean;
    }
    /** A syslog server (RFC 5424). */
    | {
      kind: 'Syslog';
      /**
       * Host name or address.
       *
       * Write a host name or an address. 1 to 253 characters.
       *
       * @example "syslog.example.com"
       */
      host: string;
      /**
       * TCP port.
       *
       * Whole number, 1 to 65535.
       *
       * @default 6514
       * @example 6514
       */
      port?: number;
      /**
       * Speaks TLS to the server.
       *
       * @default true
       * @example true
       */
      tls?: boolean;
      /**
       * Facility of the messages.
       *
       * Whole number, 0 to 23.
       *
       * @default 1
       * @example 1
       */
      facility?: number;
    };
  /**
   * How events are gathered before they are sent.
   *
   * @example {"maxEvents":100,"maxWait":"PT1S"}
   */
  batch?: {
    /**
     * Most events in one message.
     *
     * Whole number, 1 to 1000.
     *
     * @default 100
     * @example 100
     */
    maxEvents?: number;
    /**
     * Longest wait for a batch to fill, at most PT1M.
     *
     * ISO 8601 without calendar parts, such as `PT30S`. At most 64 characters.
     *
     * @default "PT1S"
     * @example "PT1S"
     */
    maxWait?: string;
  };
  /**
   * Sequence of the last event the sink acknowledged.
   *
   * Whole number, 0 to 9007199254740991. Written by the platform.
   *
   * @example 41
   */
  readonly acknowledged?: number;
  /**
   * Events that wait behind it.
   *
   * Whole number, 0 to 9007199254740991. Written by the platform. Not stored.
   *
   * @example 0
   */
  readonly lag?: number;
  /**
   * Why the last attempt failed.
   *
   * At most 1024 characters. Written by the platform.
   *
   * @example "connection refused"
   */
  readonly lastError?: string;
  /**
   * Switches it off without deleting it.
   *
   * @default false
   * @example false
   */
  disabled: boolean;
}

/** What may be sent to create or replace a {@link Eventforwarder}. */
export type EventforwarderInput = Written<Eventforwarder, 'name' | 'sink', 'description' | 'annotations' | 'metadata' | 'associatedTags' | 'protected' | 'types' | 'operations' | 'subject' | 'filter' | 'recursive' | 'transform' | 'batch' | 'disabled'>;

/** What may be sent to change parts of a {@link Eventforwarder}. */
export type EventforwarderPatch = Merged<Eventforwarder, 'name' | 'description' | 'annotations' | 'associatedTags' | 'protected' | 'types' | 'operations' | 'subject' | 'filter' | 'recursive' | 'transform' | 'sink' | 'batch' | 'disabled'>;
