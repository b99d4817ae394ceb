// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Written } from '../platform.js';

/**
 * Sends the messages of a hook again, all that were given up or a range of them, in the order in which they
 * were made. The same ids are sent again, so a receiver that remembers ids takes each once. Deleting it stops
 * what is left.
 *
 * Group: What happens. Routes: `/v1/redrives`.
 *
 * Kept for PT720H.
 */
export interface Redrive {
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
   * Hook policy whose messages are sent again: its id, or name: and its name.
   *
   * 1 to 300 characters. Has an index for filters.
   *
   * @example "name:tell-the-cmdb"
   */
  source: string;
  /**
   * Which of its messages.
   *
   * 1 to 2 different elements.
   *
   * @default ["DeadLettered"]
   * @example ["DeadLettered"]
   */
  statuses: Array<'DeadLettered' | 'Delivered'>;
  /**
   * Those made at that time or later; from the first when absent.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
   *
   * @example "2026-11-20T23:50:00.000Z"
   */
  from?: string;
  /**
   * Those made before that time; all up to now when absent.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
   *
   * @example "2026-11-21T23:50:00.000Z"
   */
  until?: string;
  /**
   * Where it stands.
   *
   * - `Gathering`: Messages are put in line.
   * - `Sending`: All are in line; some wait for an answer.
   * - `Done`: Each was delivered or given up.
   *
   * Written by the platform. Has an index for filters.
   *
   * @example "Sending"
   */
  readonly progress?: 'Gathering' | 'Sending' | 'Done';
  /**
   * Messages it was meant for when it began.
   *
   * Whole number, 0 to 9007199254740991. Written by the platform.
   *
   * @example 120
   */
  readonly total?: number;
  /**
   * Messages that were put in line again.
   *
   * Whole number, 0 to 9007199254740991. Written by the platform.
   *
   * @example 120
   */
  readonly redriven?: number;
  /**
   * When the last of these was made; what is left was made then or later.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters. Written by the platform.
   *
   * @example "2026-11-21T10:20:30.000Z"
   */
  readonly gathered?: string;
  /**
   * Of these, those that still wait for an answer.
   *
   * Whole number, 0 to 9007199254740991. Written by the platform.
   *
   * @example 20
   */
  readonly waiting?: number;
  /**
   * When the last of them was delivered or given up.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters. Written by the platform.
   *
   * @example "2026-11-21T23:51:00.000Z"
   */
  readonly doneAt?: string;
}

/** What may be sent to create or replace a {@link Redrive}. */
export type RedriveInput = Written<Redrive, 'source', 'statuses' | 'from' | 'until'>;
