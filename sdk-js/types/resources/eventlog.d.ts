// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Written } from '../platform.js';

/**
 * A line for people about something that happened to a resource.
 *
 * Group: What happens. Routes: `/v1/eventlogs`.
 *
 * Kept for PT720H.
 */
export interface Eventlog {
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
   * What kind of thing happened, words separated by colons.
   *
   * 1 to 128 characters. Has an index for filters.
   *
   * @example "enforcer:policy"
   */
  category: string;
  /**
   * How grave it is.
   *
   * - `Debug`: For whoever hunts a fault.
   * - `Info`: What happened.
   * - `Warning`: Something to look at.
   * - `Error`: Something went wrong.
   * - `Critical`: Something does not work at all.
   *
   * Has an index for filters.
   *
   * @default "Info"
   * @example "Warning"
   */
  level: 'Debug' | 'Info' | 'Warning' | 'Error' | 'Critical';
  /**
   * What happened, in a few words.
   *
   * 1 to 256 characters.
   *
   * @example "Policy is late"
   */
  title: string;
  /**
   * What happened, in full.
   *
   * Markdown. At most 16384 characters.
   *
   * @example "The enforcer is two epochs behind."
   */
  content: string;
  /**
   * Type of the resource.
   *
   * Name of a resource type. At most 64 characters. Has an index for filters.
   *
   * @example "enforcer"
   */
  targetType: string;
  /**
   * Identifier of the resource.
   *
   * Identifier of a resource. At most 64 characters. Has an index for filters.
   *
   * @example "6741f3a2c0de4b0f8a1d2e3f"
   */
  targetId: string;
  /**
   * Further facts for programs.
   *
   * At most 1024 entries. Key: 1 to 256 characters. Value: Any JSON, at most 16384 bytes.
   *
   * @default {}
   * @example {"epoch":41}
   */
  data: Record<string, unknown>;
}

/** What may be sent to create or replace a {@link Eventlog}. */
export type EventlogInput = Written<Eventlog, 'category' | 'title' | 'content' | 'targetType' | 'targetId', 'level' | 'data'>;
