// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
/**
 * A value that an automation keeps between its runs.
 *
 * Group: What happens. Routes: `/v1/kventries`.
 */
export interface Kventry {
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
   * Key the automation chose.
   *
   * 1 to 512 characters. Has an index for filters.
   *
   * @example "last-seen"
   */
  key: string;
  /**
   * The value.
   *
   * Any JSON, at most 65536 bytes.
   *
   * @example {"count":3}
   */
  value: unknown;
  /**
   * Grows by one with each change, for compare-and-set.
   *
   * Whole number, 1 to 9007199254740991.
   *
   * @example 1
   */
  revision: number;
  /**
   * When it is deleted by itself.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters. Has an index for filters.
   *
   * @example "2027-01-01T00:00:00.000Z"
   */
  expirationTime?: string;
}
