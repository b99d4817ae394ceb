// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
/**
 * One slot of a schedule and what became of it. Every slot has one, so that a schedule can be accounted for.
 *
 * Group: What happens. Routes: `/v1/firings`.
 *
 * Kept for PT720H.
 */
export interface Firing {
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
   * Identifier of the automation.
   *
   * Identifier of a resource. At most 64 characters. Has an index for filters.
   *
   * @example "6741f3a2c0de4b0f8a1d2e3f"
   */
  automation: string;
  /**
   * When it was due.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
   *
   * @example "2026-11-21T23:50:02.000Z"
   */
  slot: string;
  /**
   * What became of it.
   *
   * - `Fired`: It fired in time.
   * - `Late`: It fired after its time.
   * - `Skipped`: The overlap or misfire policy skipped it.
   * - `Coalesced`: A later run stands for it.
   * - `Missed`: It passed while nobody could fire it.
   *
   * Has an index for filters.
   *
   * @example "Fired"
   */
  outcome: 'Fired' | 'Late' | 'Skipped' | 'Coalesced' | 'Missed';
  /**
   * Why, when it was not simply fired.
   *
   * At most 1024 characters.
   *
   * @example "The run before it still goes on."
   */
  reason?: string;
  /**
   * When it was fired.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
   *
   * @example "2026-11-21T23:50:02.003Z"
   */
  firedAt?: string;
  /**
   * Slots that this one stands for, itself included.
   *
   * Whole number, 1 to 1000000000.
   *
   * @example 1
   */
  slots?: number;
  /**
   * Node of the platform that decided.
   *
   * At most 256 characters.
   *
   * @example "node-1"
   */
  node?: string;
  /**
   * Identifier of the run.
   *
   * Identifier of a resource. At most 64 characters.
   *
   * @example "6741f3a2c0de4b0f8a1d2e40"
   */
  run?: string;
}
