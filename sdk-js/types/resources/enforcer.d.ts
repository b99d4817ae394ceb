// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Merged, Written } from '../platform.js';

/**
 * An agent on a host, registered with the platform: it gives workloads their identity and enforces the
 * policies among them.
 *
 * Group: What runs. Routes: `/v1/enforcers`.
 */
export interface Enforcer {
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
   * Full name of the host.
   *
   * 1 to 253 characters. Cannot be changed after creation. Has an index for filters.
   *
   * @example "host-1.example.com"
   */
  fqdn: string;
  /**
   * What the host says it is, stable over restarts.
   *
   * At most 128 characters. Cannot be changed after creation.
   *
   * @example "1b4e28ba-2fa1-11d2-883f-0016d3cca427"
   */
  machineId?: string;
  /**
   * Certificate signing request of the agent, whose key never leaves the host.
   *
   * One or more PEM blocks. At most 16384 characters. Not stored.
   *
   * @example "-----BEGIN CERTIFICATE REQUEST-----\nMIIBHTCBxQIBADA=\n-----END CERTIFICATE REQUEST-----\n"
   */
  certificateRequest?: string;
  /**
   * Certificate of the agent.
   *
   * One or more PEM blocks. At most 16384 characters. Written by the platform.
   *
   * @example "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n"
   */
  readonly certificate?: string;
  /**
   * Authority over the enforcers of the namespace: it certifies them and signs their policies.
   *
   * One or more PEM blocks. At most 16384 characters. Written by the platform.
   *
   * @example "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n"
   */
  readonly certificateAuthority?: string;
  /**
   * Version the agent runs.
   *
   * Write a semantic version such as 1.2.3. At most 64 characters.
   *
   * @example "0.1.0"
   */
  currentVersion?: string;
  /**
   * Version the agent should move to.
   *
   * Write a semantic version such as 1.2.3. At most 64 characters.
   *
   * @example "0.2.0"
   */
  nextAvailableVersion?: string;
  /**
   * Whether the agent is connected.
   *
   * - `Registered`: It has enrolled and never connected.
   * - `Initialized`: It has started and not yet connected.
   * - `Connected`: It is connected.
   * - `Disconnected`: It has said goodbye.
   *
   * Has an index for filters.
   *
   * @default "Registered"
   * @example "Connected"
   */
  operationalStatus: 'Registered' | 'Initialized' | 'Connected' | 'Disconnected';
  /**
   * Whether the agent enforces policies.
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
   * How much the agent logs.
   *
   * - `Error`: What went wrong.
   * - `Warn`: What may go wrong, too.
   * - `Info`: What happened, too.
   * - `Debug`: Facts for hunting a fault, too.
   * - `Trace`: Everything.
   *
   * @default "Info"
   * @example "Info"
   */
  logLevel: 'Error' | 'Warn' | 'Info' | 'Debug' | 'Trace';
  /**
   * How long a changed log level lasts, at most PT24H.
   *
   * ISO 8601 without calendar parts, such as `PT30S`. At most 64 characters.
   *
   * @default "PT10S"
   * @example "PT10S"
   */
  logLevelDuration: string;
  /**
   * Networks the host is in.
   *
   * At most 64 different elements. Each: IPv4 or IPv6 network in CIDR notation; 1 to 64 characters.
   *
   * @default []
   * @example ["10.0.0.0/8"]
   */
  subnets: string[];
  /**
   * Policy version the agent is at.
   *
   * Whole number, 0 to 9007199254740991.
   *
   * @example 41
   */
  epoch?: number;
  /**
   * When the agent started.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
   *
   * @example "2026-11-21T23:50:00.000Z"
   */
  startTime?: string;
  /**
   * When the agent was last heard of.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters. Written by the platform.
   *
   * @example "2026-11-21T23:50:00.000Z"
   */
  readonly lastSyncTime?: string;
  /**
   * Whether nothing was heard of the agent for five minutes.
   *
   * Written by the platform.
   *
   * @default false
   * @example false
   */
  readonly unreachable: boolean;
}

/**
 * What the action `policyset` answers. The policies of its namespace, signed, for the enforcer itself; with
 * after=EPOCH and wait=PT20S it waits for newer ones.
 */
export type EnforcerPolicysetOutput = {
  /**
   * Version of the policies; it grows.
   *
   * Whole number, 0 to 9007199254740991.
   *
   * @example 41
   */
  epoch: number;
  /**
   * The policies as a JWS signed by the authority, unless none are newer.
   *
   * At most 6291456 characters.
   *
   * @example "eyJhbGciOiJFUzI1NiJ9.e30.c2ln"
   */
  signed?: string;
};

/**
 * What the action `flows` is told. Takes what became of connections, from the enforcer itself; it is kept as
 * flow reports. A batch that was taken before is not taken again.
 */
export type EnforcerFlowsInput = {
  /**
   * Drawn at random by the agent; the same batch is sent again by the same name.
   *
   * Identifier of a resource. 16 to 64 characters.
   *
   * @example "9f86d081884c7d659a2feaa0c55ad015"
   */
  batch: string;
  /**
   * What became of connections.
   *
   * 1 to 500 elements.
   */
  flows: Array<{
    /**
     * When the window began in which it happened.
     *
     * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
     *
     * @example "2026-11-21T23:50:00.000Z"
     */
    startTime: string;
    /**
     * When the window ended.
     *
     * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
     *
     * @example "2026-11-21T23:50:10.000Z"
     */
    endTime: string;
    /**
     * What was decided.
     *
     * - `Accept`: It was allowed.
     * - `Reject`: It was refused, or cut because policies changed.
     *
     * @example "Reject"
     */
    action: 'Accept' | 'Reject';
    /**
     * Which end tells of it; of a connection between two hosts with enforcers both ends tell.
     *
     * - `Initiator`: The end that opens it.
     * - `Receiver`: The end that is asked for it.
     *
     * @example "Receiver"
     */
    side: 'Initiator' | 'Receiver';
    /**
     * What opened the connections.
     *
     * - `ProcessingUnit`: A unit that proved who it is.
     * - `ExternalNetwork`: An address that proved nothing: outside, or of a host without an enforcer.
     *
     * @example "ProcessingUnit"
     */
    sourceType: 'ProcessingUnit' | 'ExternalNetwork';
    /**
     * The unit that opened them, as its enforcer calls it: the unit's clientLocalId.
     *
     * 1 to 300 characters. Has an index for filters.
     *
     * @example "frontend-1c9e02aa"
     */
    sourceId?: string;
    /**
     * Address they came from, when it proved to be no unit.
     *
     * 1 to 64 characters.
     *
     * @example "203.0.113.7"
     */
    sourceIp?: string;
    /**
     * What they were opened to.
     *
     * - `ProcessingUnit`: A unit that proved who it is.
     * - `ExternalNetwork`: An address that proved nothing: outside, or of a host without an enforcer.
     *
     * @example "ProcessingUnit"
     */
    destinationType: 'ProcessingUnit' | 'ExternalNetwork';
    /**
     * The unit they were opened to, as its enforcer calls it: the unit's clientLocalId.
     *
     * 1 to 300 characters. Has an index for filters.
     *
     * @example "backend-77d0b5e1"
     */
    destinationId?: string;
    /**
     * Address they were opened to.
     *
     * 1 to 64 characters.
     *
     * @example "10.0.0.2"
     */
    destinationIp: string;
    /**
     * Port they were opened to.
     *
     * Whole number, 0 to 65535.
     *
     * @example 8080
     */
    destinationPort: number;
    /**
     * Protocol they spoke.
     *
     * Write tcp, udp, icmp or icmp6. At most 8 characters.
     *
     * @example "tcp"
     */
    protocol: string;
    /**
     * Identifier of the policy that decided; absent when the default did, or no policy was asked.
     *
     * 1 to 256 characters. Has an index for filters.
     *
     * @example "6741f3a2c0de4b0f8a1d2e3f"
     */
    policyId?: string;
    /**
     * Why, in words.
     *
     * 1 to 512 characters.
     *
     * @example "rejected: no policy matches, the default decides"
     */
    reason: string;
    /**
     * Whether the policy that decided is being observed.
     *
     * @default false
     * @example false
     */
    observed?: boolean;
    /**
     * Identifier of a policy observed without effect that would have decided.
     *
     * 1 to 256 characters.
     *
     * @example "6741f3a2c0de4b0f8a1d2e40"
     */
    observedPolicyId?: string;
    /**
     * What that policy would have done.
     *
     * - `Allow`: It passes.
     * - `Reject`: It is refused.
     * - `Continue`: Other policies decide; encryption and logging of this one count all the same.
     *
     * @example "Reject"
     */
    observedAction?: 'Allow' | 'Reject' | 'Continue';
    /**
     * Whether the bytes were encrypted on the way.
     *
     * @default false
     * @example true
     */
    encrypted?: boolean;
    /**
     * Connections decided in the window; none when older ones only ended in it.
     *
     * Whole number, 0 to 9007199254740991.
     *
     * @example 3
     */
    connections: number;
    /**
     * Bytes the source sent over connections that ended in the window.
     *
     * Whole number, 0 to 9007199254740991.
     *
     * @example 1024
     */
    bytesSent: number;
    /**
     * Bytes the source received over connections that ended in the window.
     *
     * Whole number, 0 to 9007199254740991.
     *
     * @example 65536
     */
    bytesReceived: number;
  }>;
};

/**
 * What the action `flows` answers. Takes what became of connections, from the enforcer itself; it is kept as
 * flow reports. A batch that was taken before is not taken again.
 */
export type EnforcerFlowsOutput = {
  /**
   * How many flows of the batch are kept.
   *
   * Whole number, 0 to 500.
   *
   * @example 12
   */
  taken: number;
};

/** What may be sent to create or replace a {@link Enforcer}. */
export type EnforcerInput = Written<Enforcer, 'name' | 'fqdn', 'description' | 'annotations' | 'metadata' | 'associatedTags' | 'protected' | 'machineId' | 'certificateRequest' | 'currentVersion' | 'nextAvailableVersion' | 'operationalStatus' | 'enforcementStatus' | 'logLevel' | 'logLevelDuration' | 'subnets' | 'epoch' | 'startTime'>;

/** What may be sent to change parts of a {@link Enforcer}. */
export type EnforcerPatch = Merged<Enforcer, 'name' | 'description' | 'annotations' | 'associatedTags' | 'protected' | 'certificateRequest' | 'currentVersion' | 'nextAvailableVersion' | 'operationalStatus' | 'enforcementStatus' | 'logLevel' | 'logLevelDuration' | 'subnets' | 'epoch' | 'startTime'>;
