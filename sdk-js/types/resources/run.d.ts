// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
/**
 * One execution of an automation: what set it off, how it ended, what it logged and used.
 *
 * Group: What happens. Routes: `/v1/runs`.
 *
 * Kept for PT720H.
 */
export interface Run {
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
   * Version of the automation that ran.
   *
   * Whole number, 1 to 9007199254740991.
   *
   * @example 3
   */
  version: number;
  /**
   * Where the run stands.
   *
   * - `Queued`: It waits for a worker.
   * - `Running`: Its script goes on.
   * - `Succeeded`: The script returned.
   * - `Skipped`: The condition said no.
   * - `Failed`: The script threw, or could not be loaded.
   * - `LimitExceeded`: The script passed a limit other than its wall time; limit names it.
   * - `TimedOut`: The script passed its wall time.
   * - `Lost`: The worker was lost through no doing of the script.
   * - `Cancelled`: Somebody cancelled it.
   *
   * Has an index for filters.
   *
   * @example "Succeeded"
   */
  status: 'Queued' | 'Running' | 'Succeeded' | 'Skipped' | 'Failed' | 'LimitExceeded' | 'TimedOut' | 'Lost' | 'Cancelled';
  /**
   * Name of the limit that ended the run.
   *
   * At most 64 characters.
   *
   * @example "cpuTime"
   */
  limit?: string;
  /**
   * What went wrong, with the place in the source.
   *
   * @example {"message":"TypeError: x is undefined","line":3,"column":12,"stack":"default (source.js:3:12)"}
   */
  error?: {
    /**
     * What the script threw.
     *
     * At most 8192 characters.
     *
     * @example "TypeError: x is undefined"
     */
    message: string;
    /**
     * Line in the source, from 1.
     *
     * Whole number, 0 to 1000000.
     *
     * @example 3
     */
    line?: number;
    /**
     * Column in the line, from 1.
     *
     * Whole number, 0 to 1000000.
     *
     * @example 12
     */
    column?: number;
    /**
     * Call stack, the script's own frames only.
     *
     * Markdown. At most 16384 characters.
     *
     * @example "default (source.js:3:12)"
     */
    stack?: string;
  };
  /**
   * What the script returned.
   *
   * Any JSON, at most 1048576 bytes.
   *
   * @example {"seen":"web-to-db"}
   */
  result?: unknown;
  /**
   * What the script was given: the event or the payload, secrets masked.
   *
   * Any JSON, at most 262144 bytes.
   *
   * @example {"payload":{"text":"hello"}}
   */
  input?: unknown;
  /**
   * Number of the attempt, from 1.
   *
   * Whole number, 1 to 1000.
   *
   * @example 1
   */
  attempt: number;
  /**
   * Why it ran.
   *
   * @example {"kind":"Event","id":"6741f3a2c0de4b0f8a1d2e40","depth":1}
   */
  cause: {
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
  /**
   * Whether side effects were captured instead of had.
   *
   * @default false
   * @example false
   */
  dryRun: boolean;
  /**
   * What a dry run would have done.
   *
   * At most 1000 elements.
   *
   * @default []
   * @example [{"kind":"Api","detail":{"operation":"Create","type":"alarm"}}]
   */
  effects: Array<{
    /**
     * What kind of effect.
     *
     * - `Api`: A write through the platform's API.
     * - `Fetch`: A request to a server outside.
     * - `Kv`: A change of the automation's own values.
     *
     * @example "Fetch"
     */
    kind: 'Api' | 'Fetch' | 'Kv';
    /**
     * The call with its arguments, secrets masked.
     *
     * Any JSON, at most 65536 bytes.
     *
     * @example {"method":"POST","url":"https://example.com/"}
     */
    detail: unknown;
  }>;
  /**
   * What the run really used of its entitlements; with a test, the least set to declare.
   *
   * At most 128 entries. Key: Name of a resource type; 1 to 64 characters. Value: At most 256 different
   * elements.
   *
   * @default {}
   * @example {"networkaccesspolicy":["get"]}
   */
  usedEntitlements: Record<string, Array<'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete' | '*'>>;
  /**
   * Run that this one repeats.
   *
   * Identifier of a resource. At most 64 characters.
   *
   * @example "6741f3a2c0de4b0f8a1d2e3f"
   */
  redriveOf?: string;
  /**
   * When the next attempt is due, after a failure that is tried again.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
   *
   * @example "2026-11-21T23:50:05.000Z"
   */
  nextAttemptAt?: string;
  /**
   * When it was asked for.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
   *
   * @example "2026-11-21T23:50:00.000Z"
   */
  queuedAt: string;
  /**
   * When the script started.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
   *
   * @example "2026-11-21T23:50:00.010Z"
   */
  startedAt?: string;
  /**
   * When it ended.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
   *
   * @example "2026-11-21T23:50:00.031Z"
   */
  endedAt?: string;
  /**
   * Processor time of the script.
   *
   * ISO 8601 without calendar parts, such as `PT30S`. At most 64 characters.
   *
   * @example "PT0.012S"
   */
  cpuTime?: string;
  /**
   * Calls of the platform's API.
   *
   * Whole number, 0 to 1000000.
   *
   * @example 2
   */
  apiCalls?: number;
  /**
   * Requests sent out.
   *
   * Whole number, 0 to 1000000.
   *
   * @example 1
   */
  outboundRequests?: number;
  /**
   * Node of the platform that ran it.
   *
   * At most 256 characters.
   *
   * @example "node-1"
   */
  node?: string;
  /**
   * What the script logged.
   *
   * At most 10000 elements.
   *
   * @default []
   * @example [{"at":"2026-11-21T23:50:00.020Z","level":"info","message":"Create web-to-db"}]
   */
  logs: Array<{
    /**
     * When it was logged.
     *
     * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
     *
     * @example "2026-11-21T23:50:00.020Z"
     */
    at: string;
    /**
     * How grave it is.
     *
     * - `debug`: For whoever hunts a fault.
     * - `info`: What happened.
     * - `warn`: Something to look at.
     * - `error`: Something went wrong.
     *
     * @example "info"
     */
    level: 'debug' | 'info' | 'warn' | 'error';
    /**
     * The text.
     *
     * Markdown. At most 65536 characters.
     *
     * @example "Create web-to-db"
     */
    message: string;
  }>;
  /**
   * Log text dropped because the limit was reached.
   *
   * Whole number, 0 to 9007199254740991.
   *
   * @example 0
   */
  logBytesDropped?: number;
}

/** What the action `redrive` answers. Runs the same version again with the same input, as a new run. */
export type RunRedriveOutput = {
  /**
   * Identifier of the run.
   *
   * Identifier of a resource. At most 64 characters.
   *
   * @example "6741f3a2c0de4b0f8a1d2e3f"
   */
  run: string;
};
