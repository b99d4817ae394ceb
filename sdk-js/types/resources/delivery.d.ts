// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
/**
 * One message to an endpoint of a hook or a forwarder, with each attempt to deliver it.
 *
 * Group: What happens. Routes: `/v1/deliveries`.
 *
 * Kept for PT168H.
 */
export interface Delivery {
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
   * Type of what sends the message.
   *
   * Name of a resource type. At most 64 characters.
   *
   * @example "hookpolicy"
   */
  sourceType: string;
  /**
   * Identifier of the hook policy or forwarder.
   *
   * Identifier of a resource. At most 64 characters. Has an index for filters.
   *
   * @example "6741f3a2c0de4b0f8a1d2e3f"
   */
  source: string;
  /**
   * Name of the hook policy or forwarder.
   *
   * At most 256 characters.
   *
   * @example "policies-need-an-owner"
   */
  sourceName?: string;
  /**
   * Whether a hook was called before or after the write.
   *
   * - `Pre`: Before the write is stored; it may refuse or replace.
   * - `Post`: After the write is stored.
   * - `Both`: Before and after.
   *
   * @example "Pre"
   */
  mode?: 'Pre' | 'Post' | 'Both';
  /**
   * URL the message goes to, or identifier of the automation.
   *
   * At most 2048 characters.
   *
   * @example "https://hooks.example.com/oarlock"
   */
  endpoint?: string;
  /**
   * Event the message tells of.
   *
   * At most 128 characters. Has an index for filters.
   *
   * @example "01JD8Z3N7QX5"
   */
  eventId?: string;
  /**
   * Place of that event in the log.
   *
   * Whole number, 0 to 9007199254740991.
   *
   * @example 41
   */
  sequence?: number;
  /**
   * The write the message tells of.
   *
   * - `Create`: A resource is made.
   * - `Update`: A resource changes, by PUT or PATCH.
   * - `Delete`: A resource is removed.
   *
   * @example "Create"
   */
  operation?: 'Create' | 'Update' | 'Delete';
  /**
   * Type of the resource written.
   *
   * Name of a resource type. At most 64 characters.
   *
   * @example "networkaccesspolicy"
   */
  targetType?: string;
  /**
   * Identifier of the resource written.
   *
   * Identifier of a resource. At most 64 characters. Has an index for filters.
   *
   * @example "6741f3a2c0de4b0f8a1d2e3f"
   */
  targetId?: string;
  /**
   * Name of the resource written.
   *
   * At most 1024 characters.
   *
   * @example "web-to-db"
   */
  targetName?: string;
  /**
   * Where the delivery stands.
   *
   * - `Pending`: It waits for its first or next attempt.
   * - `Delivered`: The endpoint took it.
   * - `Refused`: The endpoint refused the write.
   * - `Failed`: A hook that must allow the write gave no proper answer, so the write was refused.
   * - `PassedUnchecked`: A hook gave no proper answer, and the write went on without it.
   * - `Revalidated`: A hook that a write had passed unchecked allowed it when it was back.
   * - `RefusedLater`: A hook that a write had passed unchecked refused it when it was back.
   * - `DeadLettered`: It was given up; redrive sends it again.
   *
   * Has an index for filters.
   *
   * @example "Delivered"
   */
  status: 'Pending' | 'Delivered' | 'Refused' | 'Failed' | 'PassedUnchecked' | 'Revalidated' | 'RefusedLater' | 'DeadLettered';
  /**
   * Each attempt, oldest first.
   *
   * At most 64 elements.
   *
   * @default []
   * @example [{"number":1,"at":"2026-11-21T23:50:00.000Z","statusCode":200,"latency":"PT0.043S"}]
   */
  attempts: Array<{
    /**
     * Number of the attempt, from 1.
     *
     * Whole number, 1 to 1000.
     *
     * @example 1
     */
    number: number;
    /**
     * When it started.
     *
     * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
     *
     * @example "2026-11-21T23:50:00.000Z"
     */
    at: string;
    /**
     * HTTP status of the answer.
     *
     * Whole number, 100 to 599.
     *
     * @example 200
     */
    statusCode?: number;
    /**
     * Time until the answer or the failure.
     *
     * ISO 8601 without calendar parts, such as `PT30S`. At most 64 characters.
     *
     * @example "PT0.043S"
     */
    latency?: string;
    /**
     * Why there was no answer.
     *
     * At most 1024 characters.
     *
     * @example "connection refused"
     */
    error?: string;
    /**
     * First bytes of the answer.
     *
     * Markdown. At most 4096 characters.
     *
     * @example "{}"
     */
    response?: string;
  }>;
  /**
   * When the next attempt is due.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
   *
   * @example "2026-11-21T23:50:01.000Z"
   */
  nextAttemptAt?: string;
  /**
   * Redrive that sent it again last.
   *
   * Identifier of a resource. At most 64 characters. Has an index for filters.
   *
   * @example "6741f3a2c0de4b0f8a1d2e41"
   */
  redrive?: string;
  /**
   * Request whose write it was.
   *
   * At most 256 characters. Has an index for filters.
   *
   * @example "01JD8Z3N7Q"
   */
  requestId?: string;
  /**
   * What led to it; the chain begins with its request.
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
