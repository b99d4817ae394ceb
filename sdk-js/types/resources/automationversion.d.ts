// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
/**
 * A saved version of an automation. Runs that go on finish on theirs.
 *
 * Group: What happens. Routes: `/v1/automationversions`.
 */
export interface Automationversion {
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
   * Number of the version, from 1.
   *
   * Whole number, 1 to 9007199254740991.
   *
   * @example 3
   */
  number: number;
  /**
   * Source of the condition.
   *
   * ECMAScript. At most 65536 characters.
   *
   * @example "export async function when(ctx) { return true; }"
   */
  condition?: string;
  /**
   * Source of the script.
   *
   * ECMAScript. 1 to 262144 characters.
   *
   * @example "export default async function (ctx) { ctx.log.info('hello'); }"
   */
  source: string;
  /**
   * Further modules by file name.
   *
   * At most 32 entries. Key: a path has letters, digits, '-', '_', '.' and '/', as in './lib/tags.js'; 1 to
   * 256 characters. Value: ECMAScript; 1 to 65536 characters.
   *
   * @default {}
   * @example {"./format.js":"export const line = (o) => o.name;"}
   */
  modules: Record<string, string>;
  /**
   * Claims of who saved it.
   *
   * At most 64 elements. Each: `key=value`; 1 to 1023 characters.
   *
   * @default []
   * @example ["@auth:realm=account","@auth:account=admin"]
   */
  author: string[];
}
