// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
/**
 * What became of connections, as the enforcer of one end tells it, those alike within a few seconds counted
 * together. One that tells of rejected connections is an event when it arrives; the others are only kept.
 *
 * Group: What was seen. Routes: `/v1/flowreports`.
 *
 * Kept for PT168H.
 */
export interface Flowreport {
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
  observed: boolean;
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
  encrypted: boolean;
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
  /**
   * Identifier of the enforcer that tells.
   *
   * Identifier of a resource. At most 64 characters.
   *
   * @example "6741f3a2c0de4b0f8a1d2e3f"
   */
  enforcerId: string;
}
