// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Merged, Written } from '../platform.js';

/**
 * Calls a URL or an automation before or after a resource is written. A Pre hook may refuse the write or
 * replace the object; a Post hook is told about it, at least once.
 *
 * Group: What happens. Routes: `/v1/hookpolicies`.
 */
export interface Hookpolicy {
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
   * Tag expression that selects whom the policy is about; an empty one selects nothing.
   *
   * At most 64 elements. Each: 1 to 64 different elements; Each: `key=value`, `key`, `!key=value`, `!key` or
   * `key=prefix*`; 1 to 1024 characters.
   *
   * @default []
   * @example [["app=web","env=prod"]]
   */
  subject: string[][];
  /**
   * Which writes it is called for.
   *
   * 1 to 3 different elements.
   *
   * @default ["Create","Update","Delete"]
   * @example ["Create","Update"]
   */
  triggerOperations: Array<'Create' | 'Update' | 'Delete'>;
  /**
   * Whether it is called before the write is stored, after it, or both.
   *
   * - `Pre`: Before the write is stored; it may refuse or replace.
   * - `Post`: After the write is stored.
   * - `Both`: Before and after.
   *
   * Has an index for filters.
   *
   * @default "Pre"
   * @example "Pre"
   */
  mode: 'Pre' | 'Post' | 'Both';
  /**
   * What is called.
   *
   * - `URL`: An HTTP server.
   * - `Automation`: An automation whose trigger is OnHook.
   *
   * @default "URL"
   * @example "URL"
   */
  endpointType: 'URL' | 'Automation';
  /**
   * URL that is called; for endpointType URL alone.
   *
   * Absolute http or https URL. At most 2048 characters.
   *
   * @example "https://hooks.example.com/oarlock"
   */
  endpoint?: string;
  /**
   * Tag expression that picks the automations to call, which answer hooks; for endpointType Automation alone.
   *
   * At most 64 elements. Each: 1 to 64 different elements; Each: `key=value`, `key`, `!key=value`, `!key` or
   * `key=prefix*`; 1 to 1024 characters.
   *
   * @default []
   * @example [["role=guard"]]
   */
  selectors: string[][];
  /**
   * What happens to the write when a Pre hook does not answer properly.
   *
   * - `Fail`: The write is refused.
   * - `Continue`: The write goes on unchecked.
   *
   * @default "Fail"
   * @example "Fail"
   */
  failurePolicy: 'Fail' | 'Continue';
  /**
   * Longest wait for an answer, at most PT30S.
   *
   * ISO 8601 without calendar parts, such as `PT30S`. At most 64 characters.
   *
   * @default "PT5S"
   * @example "PT5S"
   */
  timeout: string;
  /**
   * Place among the hooks of a write: lower ones are called first, then by name.
   *
   * Whole number, 0 to 10000.
   *
   * @default 100
   * @example 100
   */
  priority: number;
  /**
   * Whether a Pre hook may give another object in place of the one that is written. Hooks that may not and
   * follow each other are asked at the same time; an object from one of them is no proper answer.
   *
   * @default true
   * @example false
   */
  mayChange: boolean;
  /**
   * Whether the messages of a Post hook about one resource wait for each other.
   *
   * - `None`: In any order, as fast as the endpoint takes them.
   * - `Resource`: Those about one resource in the order of its writes.
   *
   * @default "None"
   * @example "Resource"
   */
  ordering: 'None' | 'Resource';
  /**
   * Certificate authorities to trust at the endpoint instead of the usual ones.
   *
   * One or more PEM blocks. At most 65536 characters.
   *
   * @example "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n"
   */
  certificateAuthority?: string;
  /**
   * Certificate shown to the endpoint.
   *
   * One or more PEM blocks. At most 65536 characters.
   *
   * @example "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n"
   */
  clientCertificate?: string;
  /**
   * Private key of the client certificate; never shown again.
   *
   * One or more PEM blocks. At most 16384 characters. Encrypted at rest and masked when read.
   *
   * @example "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----\n"
   */
  clientCertificateKey?: string;
  /**
   * Secret with which messages are signed, as Standard Webhooks say; shown once, in the answer of the write
   * that made it.
   *
   * At most 128 characters. Written by the platform. Shown once, in the answer to its creation. Not stored.
   *
   * @example "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
   */
  readonly signingSecret?: string;
  /**
   * Public key, Ed25519, that the v1a signatures of messages are verified with.
   *
   * At most 256 characters. Written by the platform.
   *
   * @example "whpk_MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="
   */
  readonly signingPublicKey?: string;
  /**
   * State of the circuit breaker that spares an endpoint which keeps failing.
   *
   * Written by the platform. Not stored.
   *
   * @example {"state":"Closed","since":"2026-11-21T23:50:00.000Z","failures":0,"passedUnchecked":0}
   */
  readonly breaker?: {
    /**
     * Whether calls go out.
     *
     * - `Closed`: Calls go out.
     * - `Open`: No call goes out; failurePolicy decides at once.
     * - `HalfOpen`: One call goes out to find out whether the endpoint is back.
     *
     * @example "Open"
     */
    state: 'Closed' | 'Open' | 'HalfOpen';
    /**
     * Since when it is in that state.
     *
     * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
     *
     * @example "2026-11-21T23:50:00.000Z"
     */
    since: string;
    /**
     * Failures in a row.
     *
     * Whole number, 0 to 9007199254740991.
     *
     * @example 5
     */
    failures: number;
    /**
     * Writes that passed unchecked and were not looked at since: deliveries whose status is PassedUnchecked.
     *
     * Whole number, 0 to 9007199254740991.
     *
     * @example 0
     */
    passedUnchecked: number;
  };
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
   * Counts only where no other policy of the type resolved.
   *
   * @default false
   * @example false
   */
  fallback: boolean;
  /**
   * Switches it off without deleting it.
   *
   * @default false
   * @example false
   */
  disabled: boolean;
  /**
   * When it is deleted by itself.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters. Has an index for filters.
   *
   * @example "2027-01-01T00:00:00.000Z"
   */
  expirationTime?: string;
}

/**
 * What the action `rotate` is told. Makes a new signing secret, shown once in the answer. The old one signs
 * beside it for as long as overlap says, so that no message is refused meanwhile.
 */
export type HookpolicyRotateInput = {
  /**
   * How long the old secret signs beside the new one, at most P7D.
   *
   * ISO 8601 without calendar parts, such as `PT30S`. At most 64 characters.
   *
   * @default "PT24H"
   * @example "PT24H"
   */
  overlap?: string;
};

/**
 * What the action `rotate` answers. Makes a new signing secret, shown once in the answer. The old one signs
 * beside it for as long as overlap says, so that no message is refused meanwhile.
 */
export type HookpolicyRotateOutput = {
  /**
   * The new secret; it cannot be shown again.
   *
   * At most 128 characters.
   *
   * @example "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
   */
  signingSecret: string;
  /**
   * Until when the old secret signs as well.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
   *
   * @example "2026-11-22T23:50:00.000Z"
   */
  oldSecretUntil: string;
};

/**
 * What the action `revalidate` answers. Asks a Pre hook about the resources that had passed it unchecked, as
 * they are now; nothing is changed. Done by itself when the circuit breaker closes.
 */
export type HookpolicyRevalidateOutput = {
  /**
   * Writes it was asked about.
   *
   * Whole number, 0 to 9007199254740991.
   *
   * @example 12
   */
  asked: number;
  /**
   * Of these, those it would have refused or changed.
   *
   * Whole number, 0 to 9007199254740991.
   *
   * @example 1
   */
  refused: number;
};

/** What may be sent to create or replace a {@link Hookpolicy}. */
export type HookpolicyInput = Written<Hookpolicy, 'name', 'description' | 'annotations' | 'metadata' | 'associatedTags' | 'protected' | 'subject' | 'triggerOperations' | 'mode' | 'endpointType' | 'endpoint' | 'selectors' | 'failurePolicy' | 'timeout' | 'priority' | 'mayChange' | 'ordering' | 'certificateAuthority' | 'clientCertificate' | 'clientCertificateKey' | 'propagate' | 'propagationHidden' | 'fallback' | 'disabled' | 'expirationTime'>;

/** What may be sent to change parts of a {@link Hookpolicy}. */
export type HookpolicyPatch = Merged<Hookpolicy, 'name' | 'description' | 'annotations' | 'associatedTags' | 'protected' | 'subject' | 'triggerOperations' | 'mode' | 'endpointType' | 'endpoint' | 'selectors' | 'failurePolicy' | 'timeout' | 'priority' | 'mayChange' | 'ordering' | 'certificateAuthority' | 'clientCertificate' | 'clientCertificateKey' | 'propagate' | 'propagationHidden' | 'fallback' | 'disabled' | 'expirationTime'>;
