// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Merged, Written } from '../platform.js';

/**
 * Sends events to a system outside, at least once and in order, from a cursor that survives restarts. Begins
 * with the first event after it was made.
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
    }
    /** An OpenTelemetry collector: log records over OTLP/HTTP, as JSON. */
    | {
      kind: 'Otlp';
      /**
       * URL of the logs endpoint.
       *
       * Absolute http or https URL. At most 2048 characters.
       *
       * @example "https://collector.example.com:4318/v1/logs"
       */
      url: string;
      /**
       * Name of the secret sent as bearer token.
       *
       * At most 256 characters.
       *
       * @example "collector-token"
       */
      secret?: string;
    }
    /** Elasticsearch or OpenSearch, through _bulk; a repeated event is stored once. */
    | {
      kind: 'Elastic';
      /**
       * URL of the cluster, without path.
       *
       * Absolute http or https URL. At most 2048 characters.
       *
       * @example "https://elastic.example.com:9200"
       */
      url: string;
      /**
       * Index or data stream the events go to.
       *
       * Write small letters, digits, dots, dashes and underscores. 1 to 255 characters.
       *
       * @example "oarlock-events"
       */
      index: string;
      /**
       * Name of the secret sent as API key.
       *
       * At most 256 characters.
       *
       * @example "elastic-key"
       */
      secret?: string;
    }
    /** A mail server (SMTP): one mail for each batch. */
    | {
      kind: 'Smtp';
      /**
       * Host name or address.
       *
       * Write a host name or an address. 1 to 253 characters.
       *
       * @example "mail.example.com"
       */
      host: string;
      /**
       * TCP port.
       *
       * Whole number, 1 to 65535.
       *
       * @default 587
       * @example 587
       */
      port?: number;
      /**
       * How the connection is protected.
       *
       * - `StartTls`: Begins in the clear and changes to TLS; refused where the server cannot.
       * - `Tls`: TLS from the beginning, usually port 465.
       * - `None`: Not at all: for a relay on the same machine.
       *
       * @default "StartTls"
       * @example "StartTls"
       */
      security?: 'StartTls' | 'Tls' | 'None';
      /**
       * Address mails come from.
       *
       * Mail address. At most 254 characters.
       *
       * @example "oarlock@example.com"
       */
      from: string;
      /**
       * Who gets them; the emails of an alarm are told of it as well.
       *
       * At most 32 different elements. Each: Mail address; 1 to 254 characters.
       *
       * @default []
       * @example ["ops@example.com"]
       */
      to?: string[];
      /**
       * User name, when the server asks for one.
       *
       * At most 256 characters.
       *
       * @example "oarlock"
       */
      user?: string;
      /**
       * Name of the secret that holds the password.
       *
       * At most 256 characters.
       *
       * @example "mail-password"
       */
      secret?: string;
    }
    /** What a plugin in a folder of the platform sends to. */
    | {
      kind: 'Plugin';
      /**
       * The kind of sink, as the plugin names it.
       *
       * Write letters and digits, a capital letter first. 1 to 64 characters.
       *
       * @example "Kafka"
       */
      type: string;
      /**
       * What the plugin asks for; of secrets their names.
       *
       * At most 1024 entries. Key: 1 to 64 characters. Value: Any JSON, at most 64 bytes.
       *
       * @default {}
       * @example {"topic":"oarlock"}
       */
      settings?: Record<string, unknown>;
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
   * Certificate authorities to trust at the sink instead of the usual ones.
   *
   * One or more PEM blocks. At most 65536 characters.
   *
   * @example "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n"
   */
  certificateAuthority?: string;
  /**
   * Where it stands.
   *
   * Written by the platform. Not stored.
   *
   * @example
   * {"acknowledged":41,"acknowledgedAt":"2026-11-21T23:50:00.000Z","lag":0,"sent":12,"givenUp":0,"lost":0,"failures":0}
   */
  readonly progress?: {
    /**
     * Sequence of the last event that was acknowledged, or not meant for the sink.
     *
     * Whole number, 0 to 9007199254740991.
     *
     * @example 41
     */
    acknowledged: number;
    /**
     * When the sink acknowledged something last.
     *
     * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
     *
     * @example "2026-11-21T23:50:00.000Z"
     */
    acknowledgedAt?: string;
    /**
     * Events in the log after that one.
     *
     * Whole number, 0 to 9007199254740991.
     *
     * @example 0
     */
    lag: number;
    /**
     * Events the sink took since the forwarder was made.
     *
     * Whole number, 0 to 9007199254740991.
     *
     * @example 12
     */
    sent: number;
    /**
     * Events the sink or the transform refused: deliveries that were given up.
     *
     * Whole number, 0 to 9007199254740991.
     *
     * @example 0
     */
    givenUp: number;
    /**
     * Events that were past their retention before they could be sent.
     *
     * Whole number, 0 to 9007199254740991.
     *
     * @example 0
     */
    lost: number;
    /**
     * Why the last attempt failed; absent when it did not.
     *
     * At most 1024 characters.
     *
     * @example "connection refused"
     */
    lastError?: string;
    /**
     * When it failed.
     *
     * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
     *
     * @example "2026-11-21T23:50:00.000Z"
     */
    failedAt?: string;
    /**
     * Failures in a row.
     *
     * Whole number, 0 to 9007199254740991.
     *
     * @example 0
     */
    failures: number;
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
 * What the action `rewind` is told. Sends again what followed an event, as far back as the log reaches; with
 * a later one, leaves out what is before it.
 */
export type EventforwarderRewindInput = {
  /**
   * Sequence of the event after which it goes on; 0 for all that are kept.
   *
   * Whole number, 0 to 9007199254740991.
   *
   * @example 41
   */
  after: number;
};

/** What may be sent to create or replace a {@link Eventforwarder}. */
export type EventforwarderInput = Written<Eventforwarder, 'name' | 'sink', 'description' | 'annotations' | 'metadata' | 'associatedTags' | 'protected' | 'types' | 'operations' | 'subject' | 'filter' | 'recursive' | 'transform' | 'batch' | 'certificateAuthority' | 'disabled'>;

/** What may be sent to change parts of a {@link Eventforwarder}. */
export type EventforwarderPatch = Merged<Eventforwarder, 'name' | 'description' | 'annotations' | 'associatedTags' | 'protected' | 'types' | 'operations' | 'subject' | 'filter' | 'recursive' | 'transform' | 'sink' | 'batch' | 'certificateAuthority' | 'disabled'>;
