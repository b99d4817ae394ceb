// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Written } from '../platform.js';

/**
 * Tells what both ends would decide of a connection between two units of the namespace, by which policy, and
 * how little would let it pass. Nothing is connected and nothing changed.
 *
 * Group: Who may talk to whom. Routes: `/v1/connectionchecks`.
 */
export interface Connectioncheck {
  /**
   * What would open the connection.
   *
   * @example {"unit":"frontend"}
   */
  source: {
    /**
     * Name or identifier of a processing unit of the namespace.
     *
     * 1 to 300 characters.
     *
     * @example "frontend"
     */
    unit?: string;
    /**
     * Tags a unit would have, in place of a unit.
     *
     * At most 256 different elements. Each: `key=value`; 1 to 1023 characters.
     *
     * @default []
     * @example ["app=myapp","role=frontend"]
     */
    tags?: string[];
  };
  /**
   * What would be asked for it.
   *
   * @example {"tags":["role=database"]}
   */
  destination: {
    /**
     * Name or identifier of a processing unit of the namespace.
     *
     * 1 to 300 characters.
     *
     * @example "frontend"
     */
    unit?: string;
    /**
     * Tags a unit would have, in place of a unit.
     *
     * At most 256 different elements. Each: `key=value`; 1 to 1023 characters.
     *
     * @default []
     * @example ["app=myapp","role=frontend"]
     */
    tags?: string[];
  };
  /**
   * TCP port; when absent, of the ports that policies name, the one for which least is missing.
   *
   * Whole number, 1 to 65535.
   *
   * @example 5432
   */
  port?: number;
  /**
   * What becomes of the connection.
   *
   * - `Accept`: It was allowed.
   * - `Reject`: It was refused, or cut because policies changed.
   *
   * Written by the platform.
   *
   * @example "Reject"
   */
  readonly decision: 'Accept' | 'Reject';
  /**
   * What the end decides that opens it.
   *
   * Written by the platform.
   */
  readonly initiator: {
    /**
     * What it decides.
     *
     * - `Accept`: It was allowed.
     * - `Reject`: It was refused, or cut because policies changed.
     *
     * @example "Reject"
     */
    decision: 'Accept' | 'Reject';
    /**
     * Identifier of the policy that decides; absent when the default does.
     *
     * At most 256 characters.
     *
     * @example "6741f3a2c0de4b0f8a1d2e3f"
     */
    policyId?: string;
    /**
     * Name of that policy.
     *
     * At most 256 characters.
     *
     * @example "front-to-back"
     */
    policyName?: string;
    /**
     * The decision in words.
     *
     * At most 512 characters.
     *
     * @example "rejected: no policy matches, the default decides"
     */
    reason: string;
  };
  /**
   * What the end decides that is asked for it.
   *
   * Written by the platform.
   */
  readonly receiver: {
    /**
     * What it decides.
     *
     * - `Accept`: It was allowed.
     * - `Reject`: It was refused, or cut because policies changed.
     *
     * @example "Reject"
     */
    decision: 'Accept' | 'Reject';
    /**
     * Identifier of the policy that decides; absent when the default does.
     *
     * At most 256 characters.
     *
     * @example "6741f3a2c0de4b0f8a1d2e3f"
     */
    policyId?: string;
    /**
     * Name of that policy.
     *
     * At most 256 characters.
     *
     * @example "front-to-back"
     */
    policyName?: string;
    /**
     * The decision in words.
     *
     * At most 512 characters.
     *
     * @example "rejected: no policy matches, the default decides"
     */
    reason: string;
  };
  /**
   * What would have to change, all of it, for the connection to pass.
   *
   * At most 64 elements. Written by the platform.
   *
   * @default []
   */
  readonly changes: Array<{
    /**
     * What to do.
     *
     * - `AddTag`: Give an end a tag.
     * - `RemoveTag`: Take a tag from an end.
     * - `OpenPort`: Let a policy speak of the port.
     * - `Extend`: Let a policy be in force now.
     * - `ProgramBothSides`: Let a policy program both ends.
     * - `RemovePolicy`: Take a policy away, or let it select less.
     * - `AddPolicy`: Write a new policy.
     *
     * @example "AddTag"
     */
    kind: 'AddTag' | 'RemoveTag' | 'OpenPort' | 'Extend' | 'ProgramBothSides' | 'RemovePolicy' | 'AddPolicy';
    /**
     * The same in words.
     *
     * At most 16384 characters.
     *
     * @example "give the receiver the tag role=database"
     */
    text: string;
    /**
     * Which end gets or loses the tag.
     *
     * - `Initiator`: The end that opens it.
     * - `Receiver`: The end that is asked for it.
     *
     * @example "Receiver"
     */
    end?: 'Initiator' | 'Receiver';
    /**
     * The tag.
     *
     * `key=value`. At most 1024 characters.
     *
     * @example "role=database"
     */
    tag?: string;
    /**
     * Identifier of the policy to change.
     *
     * At most 256 characters.
     *
     * @example "6741f3a2c0de4b0f8a1d2e3f"
     */
    policyId?: string;
    /**
     * Name of the policy to change.
     *
     * At most 256 characters.
     *
     * @example "front-to-back"
     */
    policyName?: string;
    /**
     * The policy to add, as it would be created.
     *
     * At most 1024 entries. Key: 1 to 64 characters. Value: Any JSON, at most 65536 bytes.
     *
     * @default {}
     * @example {"name":"frontend-to-database","subject":[["role=frontend"]]}
     */
    policy?: Record<string, unknown>;
  }>;
  /**
   * Identifier of the policy that would allow it then.
   *
   * At most 256 characters. Written by the platform.
   *
   * @example "6741f3a2c0de4b0f8a1d2e3f"
   */
  readonly allowingPolicyId: string;
  /**
   * Name of that policy.
   *
   * At most 256 characters. Written by the platform.
   *
   * @example "front-to-back"
   */
  readonly allowingPolicyName: string;
}

/** What may be sent to create or replace a {@link Connectioncheck}. */
export type ConnectioncheckInput = Written<Connectioncheck, 'source' | 'destination', 'port'>;
