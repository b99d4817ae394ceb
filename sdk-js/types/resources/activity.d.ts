// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
/**
 * Who changed what, or was refused to: the audit trail.
 *
 * Group: What happens. Routes: `/v1/activities`.
 *
 * Kept for PT2160H.
 */
export interface Activity {
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
   * What was done or tried.
   *
   * - `Create`: Make one.
   * - `Get`: Read one.
   * - `List`: List and search them.
   * - `Count`: Count them.
   * - `Update`: Replace one.
   * - `Patch`: Change parts of one.
   * - `Delete`: Remove one.
   *
   * Has an index for filters.
   *
   * @example "Update"
   */
  operation: 'Create' | 'Get' | 'List' | 'Count' | 'Update' | 'Patch' | 'Delete';
  /**
   * Whether it was done.
   *
   * - `Succeeded`: It was done.
   * - `Refused`: It was refused.
   *
   * Has an index for filters.
   *
   * @example "Succeeded"
   */
  outcome: 'Succeeded' | 'Refused';
  /**
   * Type of the resource.
   *
   * Name of a resource type. At most 64 characters. Has an index for filters.
   *
   * @example "networkaccesspolicy"
   */
  targetType: string;
  /**
   * Identifier of the resource.
   *
   * Identifier of a resource. At most 64 characters. Has an index for filters.
   *
   * @example "6741f3a2c0de4b0f8a1d2e3f"
   */
  targetId?: string;
  /**
   * Name of the resource.
   *
   * At most 1024 characters.
   *
   * @example "web-to-db"
   */
  targetName?: string;
  /**
   * Claims of who did it.
   *
   * At most 64 elements. Each: `key=value`; 1 to 1023 characters. Has an index for filters.
   *
   * @default []
   * @example ["@auth:realm=account","@auth:account=admin"]
   */
  claims: string[];
  /**
   * What changed, secrets masked.
   *
   * At most 1000 elements.
   *
   * @default []
   * @example [{"attribute":"/action","before":"Allow","after":"Reject"}]
   */
  diff: Array<{
    /**
     * JSON pointer of the attribute.
     *
     * At most 1024 characters.
     *
     * @example "/action"
     */
    attribute: string;
    /**
     * Its value before; absent when it was added.
     *
     * Any JSON, at most 65536 bytes.
     *
     * @example "Allow"
     */
    before?: unknown;
    /**
     * Its value after; absent when it was removed.
     *
     * Any JSON, at most 65536 bytes.
     *
     * @example "Reject"
     */
    after?: unknown;
  }>;
  /**
   * Code of the problem, when it was refused.
   *
   * At most 128 characters.
   *
   * @example "forbidden"
   */
  code?: string;
  /**
   * What the caller was told, when it was refused.
   *
   * At most 4096 characters.
   *
   * @example "You may not update networkaccesspolicy in /acme."
   */
  message?: string;
  /**
   * Identifier of the request.
   *
   * At most 256 characters. Has an index for filters.
   *
   * @example "01JD8Z3N7Q"
   */
  requestId?: string;
  /**
   * Address it came from.
   *
   * At most 64 characters.
   *
   * @example "10.1.2.3"
   */
  source?: string;
  /**
   * What it was caused by, when not by a person's request.
   *
   * @example {"kind":"Run","id":"6741f3a2c0de4b0f8a1d2e40","depth":1}
   */
  cause?: {
    /**
     * What kind of cause.
     *
     * - `Request`: Somebody called the API.
     * - `Event`: A committed event.
     * - `Schedule`: A slot of a schedule.
     * - `Call`: A call of a call URL.
     * - `Hook`: A hook policy.
     * - `Test`: A test of an automation.
     * - `Redrive`: Somebody asked for a repetition.
     * - `Run`: A run of an automation.
     * - `Platform`: The platform itself.
     *
     * @example "Event"
     */
    kind: 'Request' | 'Event' | 'Schedule' | 'Call' | 'Hook' | 'Test' | 'Redrive' | 'Run' | 'Platform';
    /**
     * Identifier of the request, event, run, firing or call that is the cause.
     *
     * At most 256 characters.
     *
     * @example "6741f3a2c0de4b0f8a1d2e40"
     */
    id?: string;
    /**
     * Steps from the first cause; beyond the hop budget the chain is cut.
     *
     * Whole number, 0 to 64.
     *
     * @example 1
     */
    depth: number;
    /**
     * Event or run that caused the cause.
     *
     * At most 256 characters.
     *
     * @example "6741f3a2c0de4b0f8a1d2e41"
     */
    parent?: string;
    /**
     * Request at the start of the chain.
     *
     * At most 256 characters.
     *
     * @example "01JD8Z3N7Q"
     */
    request?: string;
    /**
     * Trace the chain belongs to, as W3C Trace Context writes it.
     *
     * At most 64 characters.
     *
     * @example "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
     */
    traceparent?: string;
  };
}
