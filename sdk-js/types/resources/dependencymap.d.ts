// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Written } from '../platform.js';

/**
 * Who talked to whom in a window of time, and who was refused: the flow reports of the namespace, added up by
 * source, destination and port. Nothing is stored.
 *
 * Group: What was seen. Routes: `/v1/dependencymaps`.
 */
export interface Dependencymap {
  /**
   * Reports that began then or later count; when absent, those of the hour before the end.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
   *
   * @example "2026-11-21T23:00:00.000Z"
   */
  startTime?: string;
  /**
   * Reports that began before then count; when absent, all up to now.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
   *
   * @example "2026-11-22T00:00:00.000Z"
   */
  endTime?: string;
  /**
   * Units and addresses that are an end of something.
   *
   * At most 10000 elements. Written by the platform.
   *
   * @default []
   */
  readonly nodes: Array<{
    /**
     * The unit, as its enforcer calls it, or the address.
     *
     * 1 to 300 characters.
     *
     * @example "frontend-1c9e02aa"
     */
    id: string;
    /**
     * What it is.
     *
     * - `ProcessingUnit`: A unit that proved who it is.
     * - `ExternalNetwork`: An address that proved nothing: outside, or of a host without an enforcer.
     *
     * @example "ProcessingUnit"
     */
    type: 'ProcessingUnit' | 'ExternalNetwork';
  }>;
  /**
   * Who talked to whom, or tried to, those with most connections first.
   *
   * At most 5000 elements. Written by the platform.
   *
   * @default []
   */
  readonly edges: Array<{
    /**
     * What opened the connections.
     *
     * 1 to 300 characters.
     *
     * @example "frontend-1c9e02aa"
     */
    source: string;
    /**
     * What they were opened to.
     *
     * 1 to 300 characters.
     *
     * @example "backend-77d0b5e1"
     */
    destination: string;
    /**
     * Port they were opened to.
     *
     * Whole number, 0 to 65535.
     *
     * @example 8080
     */
    port: number;
    /**
     * Protocol they spoke.
     *
     * At most 8 characters.
     *
     * @example "tcp"
     */
    protocol: string;
    /**
     * Connections that were allowed.
     *
     * Whole number, 0 to 9007199254740991.
     *
     * @example 12
     */
    accepted: number;
    /**
     * Connections that were refused, or cut because policies changed.
     *
     * Whole number, 0 to 9007199254740991.
     *
     * @example 3
     */
    rejected: number;
    /**
     * Bytes the source sent.
     *
     * Whole number, 0 to 9007199254740991.
     *
     * @example 1024
     */
    bytesSent: number;
    /**
     * Bytes the source received.
     *
     * Whole number, 0 to 9007199254740991.
     *
     * @example 65536
     */
    bytesReceived: number;
    /**
     * Whether all that was allowed was encrypted.
     *
     * @default false
     * @example true
     */
    encrypted?: boolean;
    /**
     * When the first report of it began.
     *
     * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
     *
     * @example "2026-11-21T23:50:00.000Z"
     */
    firstSeen: string;
    /**
     * When the last report of it ended.
     *
     * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
     *
     * @example "2026-11-21T23:50:10.000Z"
     */
    lastSeen: string;
  }>;
  /**
   * How many flow reports were added up.
   *
   * Whole number, 0 to 100000. Written by the platform.
   *
   * @example 1200
   */
  readonly reports: number;
  /**
   * Whether that was all of them; the oldest are left out when there are too many.
   *
   * Written by the platform.
   *
   * @example true
   */
  readonly complete: boolean;
}

/** What may be sent to create or replace a {@link Dependencymap}. */
export type DependencymapInput = Written<Dependencymap, never, 'startTime' | 'endTime'>;
