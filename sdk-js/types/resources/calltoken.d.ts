// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
/**
 * A URL that runs an automation, without the URL itself. Deleting it makes the URL useless.
 *
 * Group: What happens. Routes: `/v1/calltokens`.
 */
export interface Calltoken {
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
   * What the URL is for, in words.
   *
   * At most 1024 characters.
   *
   * @example "For the build server."
   */
  description?: string;
  /**
   * Claims of who made it.
   *
   * At most 64 elements. Each: `key=value`; 1 to 1023 characters.
   *
   * @default []
   * @example ["@auth:realm=account","@auth:account=admin"]
   */
  author: string[];
  /**
   * When it was last called.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
   *
   * @example "2026-11-21T23:50:00.000Z"
   */
  lastUsedAt?: string;
  /**
   * How often it was called.
   *
   * Whole number, 0 to 9007199254740991.
   *
   * @example 12
   */
  calls?: number;
  /**
   * When it is deleted by itself.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters. Has an index for filters.
   *
   * @example "2027-01-01T00:00:00.000Z"
   */
  expirationTime?: string;
}
