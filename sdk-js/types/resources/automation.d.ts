// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { Merged, Written } from '../platform.js';

/**
 * A script of yours that runs when something happens: on an event, at times, when called from outside, or to
 * answer a hook.
 *
 * Group: What happens. Routes: `/v1/automations`.
 */
export interface Automation {
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
   * Name people call it by; it may be given in place of the id, as name:web-to-db.
   *
   * 1 to 256 characters. Has an index for filters.
   *
   * @example "web-to-db"
   */
  name: string;
  /**
   * What it is for, in words.
   *
   * Markdown. At most 1024 characters.
   *
   * @example "The shop's front end reads its database."
   */
  description?: string;
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
   * Grows by one with each write; the ETag of the resource.
   *
   * Whole number, 1 to 9007199254740991. Written by the platform.
   *
   * @example 1
   */
  readonly version: number;
  /**
   * Free notes of tools, by key; no policy looks at them.
   *
   * At most 64 entries. Key: 1 to 256 characters. Value: At most 256 elements; Each: 1 to 1024 characters.
   *
   * @default {}
   * @example {"ticket":["NET-42"]}
   */
  annotations: Record<string, string[]>;
  /**
   * Tags starting with @ that the creator vouches for; they never change.
   *
   * At most 64 different elements. Each: `key=value`; Metadata tags start with @, and not with @auth:, which
   * is kept for tokens; 1 to 1023 characters. Cannot be changed after creation.
   *
   * @default []
   * @example ["@app:image=nginx"]
   */
  metadata: string[];
  /**
   * Tags that users give it.
   *
   * At most 128 different elements. Each: `key=value`; User tags do not start with $, @ or +, which are kept
   * for the platform; 1 to 1023 characters.
   *
   * @default []
   * @example ["env=prod"]
   */
  associatedTags: string[];
  /**
   * All tags that policies can match: those of users, the metadata and the computed ones.
   *
   * At most 512 different elements. Each: `key=value`; 1 to 1023 characters. Written by the platform. Has an
   * index for filters.
   *
   * @default []
   * @example ["$name=web-to-db","env=prod"]
   */
  readonly normalizedTags: string[];
  /**
   * Refuses updates and deletion unless the request says override=true.
   *
   * @default false
   * @example false
   */
  protected: boolean;
  /**
   * What sets it off.
   *
   * @example {"kind":"OnSchedule","cron":"0/2 * * * * ?"}
   */
  trigger: 
    /** Runs for each write that matches, after it is stored, at least once. */
    | {
      kind: 'OnEvent';
      /**
       * Types of the resources it listens to.
       *
       * 1 to 64 different elements. Each: Name of a resource type; 1 to 64 characters.
       *
       * @example ["networkaccesspolicy"]
       */
      types: string[];
      /**
       * Which writes it listens to.
       *
       * 1 to 3 different elements.
       *
       * @default ["Create","Update","Delete"]
       * @example ["Create","Update","Delete"]
       */
      operations?: Array<'Create' | 'Update' | 'Delete'>;
      /**
       * Tag expression the resource matches; any resource when absent.
       *
       * At most 64 elements. Each: 1 to 64 different elements; Each: `key=value`, `key`, `!key=value`, `!key`
       * or `key=prefix*`; 1 to 1024 characters.
       *
       * @example [["env=prod"]]
       */
      subject?: string[][];
      /**
       * Condition on the attributes of the resource, in the filter language of lists.
       *
       * Filter expression. At most 4096 characters.
       *
       * @example "action == Reject"
       */
      filter?: string;
      /**
       * Listens in the namespaces below as well.
       *
       * @default false
       * @example false
       */
      recursive?: boolean;
    }
    /** Runs at times given by a cron expression or an interval, exactly one of them. */
    | {
      kind: 'OnSchedule';
      /**
       * Cron expression: six or seven fields with seconds first, or five fields for second 0.
       *
       * Quartz cron of six or seven fields, or cron of five. At most 256 characters.
       *
       * @example "0/2 * * * * ?"
       */
      cron?: string;
      /**
       * Interval between runs, PT1S to P366D, counted from the creation of the automation.
       *
       * ISO 8601 without calendar parts, such as `PT30S`. At most 64 characters.
       *
       * @example "PT30M"
       */
      every?: string;
      /**
       * Time zone the cron expression is read in.
       *
       * IANA time zone. At most 64 characters.
       *
       * @default "UTC"
       * @example "Europe/Berlin"
       */
      timeZone?: string;
      /**
       * What happens with slots that passed while nobody could fire them.
       *
       * - `Skip`: They are skipped.
       * - `Once`: One run stands for all of them.
       * - `All`: Each is made up for, up to a limit of the platform.
       *
       * @default "Once"
       * @example "Once"
       */
      misfire?: 'Skip' | 'Once' | 'All';
      /**
       * What happens when a slot comes while the run before it still goes on.
       *
       * - `Skip`: The slot is skipped.
       * - `Queue`: The run waits for the one before it.
       * - `Parallel`: Both run.
       *
       * @default "Skip"
       * @example "Skip"
       */
      overlap?: 'Skip' | 'Queue' | 'Parallel';
      /**
       * Longest random delay added to each slot, at most PT1H, so that many schedules do not fire at once.
       *
       * ISO 8601 without calendar parts, such as `PT30S`. At most 64 characters.
       *
       * @default "PT0S"
       * @example "PT5S"
       */
      jitter?: string;
    }
    /** Runs when somebody posts to a URL made by the action calltokens. */
    | {
      kind: 'OnCall';
      /**
       * Whether the caller waits for what the script returns.
       *
       * - `Sync`: The value the script returns.
       * - `Async`: 202 with the id of the run, at once.
       *
       * @default "Sync"
       * @example "Sync"
       */
      response?: 'Sync' | 'Async';
    }
    /** Answers the hook policies whose selectors pick the automation; may refuse or replace. */
    | {
      kind: 'OnHook';
    };
  /**
   * Source of function when(ctx), which decides whether the actions run; a when exported by the source serves
   * as well.
   *
   * ECMAScript. At most 65536 characters.
   *
   * @example "export async function when(ctx) { return ctx.event.object.action === 'Reject'; }"
   */
  condition?: string;
  /**
   * ES module whose default export is the action. Checked for syntax when saved; each saved source is a
   * version.
   *
   * ECMAScript. 1 to 262144 characters.
   *
   * @example "export default async function (ctx) { ctx.log.info('hello'); }"
   */
  source: string;
  /**
   * Further modules by file name, for relative imports.
   *
   * At most 32 entries. Key: a path has letters, digits, '-', '_', '.' and '/', as in './lib/tags.js'; 1 to
   * 256 characters. Value: ECMAScript; 1 to 65536 characters.
   *
   * @default {}
   * @example {"./format.js":"export const line = (o) => o.name;"}
   */
  modules: Record<string, string>;
  /**
   * Values the script finds in ctx.params.
   *
   * At most 1024 entries. Key: 1 to 256 characters. Value: Any JSON, at most 65536 bytes.
   *
   * @default {}
   * @example {"channel":"#net"}
   */
  parameters: Record<string, unknown>;
  /**
   * What a run may do, by resource type; never more than its author may.
   *
   * At most 128 entries. Key: Name of a resource type, or `*`; 1 to 64 characters. Value: At most 256
   * different elements.
   *
   * @default {}
   * @example {"networkaccesspolicy":["get","list"]}
   */
  entitlements: Record<string, Array<'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete' | '*'>>;
  /**
   * What a run may use.
   *
   * @example {"wallTime":"PT10S","memory":"64MiB"}
   */
  limits?: {
    /**
     * Longest time from the start of the script to its answer; PT30S by default, at most PT15M.
     *
     * ISO 8601 without calendar parts, such as `PT30S`. At most 64 characters.
     *
     * @example "PT10S"
     */
    wallTime?: string;
    /**
     * Most processor time of the script; PT10S by default, at most PT5M.
     *
     * ISO 8601 without calendar parts, such as `PT30S`. At most 64 characters.
     *
     * @example "PT2S"
     */
    cpuTime?: string;
    /**
     * Most heap of the script; 64MiB by default, at most 512MiB.
     *
     * Write a number of bytes with its unit: B, KiB, MiB or GiB, for example 64MiB. At most 16 characters.
     *
     * @example "64MiB"
     */
    memory?: string;
    /**
     * Most log text kept of a run; 256KiB by default, at most 4MiB. What is over is dropped and counted.
     *
     * Write a number of bytes with its unit: B, KiB, MiB or GiB, for example 64MiB. At most 16 characters.
     *
     * @example "256KiB"
     */
    log?: string;
    /**
     * Largest value the script may return, as JSON; 1MiB by default and at most.
     *
     * Write a number of bytes with its unit: B, KiB, MiB or GiB, for example 64MiB. At most 16 characters.
     *
     * @example "64KiB"
     */
    result?: string;
    /**
     * Most requests the script may send out; 50 by default.
     *
     * Whole number, 0 to 1000.
     *
     * @example 10
     */
    outboundRequests?: number;
    /**
     * Most calls of the platform's API; 500 by default.
     *
     * Whole number, 0 to 10000.
     *
     * @example 100
     */
    apiCalls?: number;
  };
  /**
   * Names of the secrets of the namespace that the script may use.
   *
   * At most 32 different elements. Each: 1 to 1024 characters.
   *
   * @default []
   * @example ["slack-token"]
   */
  secrets: string[];
  /**
   * Hosts its fetches may ask, as far as the outbound guard lets them: names, *. with a domain, or * for any;
   * none when empty.
   *
   * At most 64 different elements. Each: Write a host name or an address, *. and a domain, or * for any; 1 to
   * 1024 characters.
   *
   * @default ["*"]
   * @example ["hooks.slack.com"]
   */
  hosts: string[];
  /**
   * Most runs at the same time; further ones wait.
   *
   * Whole number, 1 to 100.
   *
   * @default 10
   * @example 10
   */
  concurrency: number;
  /**
   * How a run that failed is tried again; not at all when absent.
   *
   * @example {"attempts":3,"delay":"PT5S","maxDelay":"PT10M"}
   */
  retries?: {
    /**
     * Attempts in all, the first one included.
     *
     * Whole number, 1 to 20.
     *
     * @default 1
     * @example 3
     */
    attempts?: number;
    /**
     * Wait before the second attempt; it doubles from one to the next.
     *
     * ISO 8601 without calendar parts, such as `PT30S`. At most 64 characters.
     *
     * @default "PT1S"
     * @example "PT5S"
     */
    delay?: string;
    /**
     * Longest wait between two attempts, at most PT24H.
     *
     * ISO 8601 without calendar parts, such as `PT30S`. At most 64 characters.
     *
     * @default "PT10M"
     * @example "PT10M"
     */
    maxDelay?: string;
  };
  /**
   * Number of the version that new runs use.
   *
   * Whole number, 1 to 9007199254740991. Written by the platform.
   *
   * @example 3
   */
  readonly currentVersion?: number;
  /**
   * Claims of who saved the current version, whose rights bound those of its runs.
   *
   * At most 64 elements. Each: `key=value`; 1 to 1023 characters. Written by the platform.
   *
   * @default []
   * @example ["@auth:realm=account","@auth:account=admin"]
   */
  readonly author: string[];
  /**
   * When its schedule fires next.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters. Written by the platform.
   *
   * @example "2026-11-21T23:50:02.000Z"
   */
  readonly nextAt?: string;
  /**
   * Switches it off without deleting it.
   *
   * @default false
   * @example false
   */
  disabled: boolean;
}

/**
 * What the action `calltokens` is told. Makes a URL that runs the automation when somebody posts to it; the
 * URL is shown once.
 */
export type AutomationCalltokensInput = {
  /**
   * What the URL is for, in words.
   *
   * At most 1024 characters.
   *
   * @example "For the build server."
   */
  description?: string;
  /**
   * When the URL stops working; never when absent.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
   *
   * @example "2027-01-01T00:00:00.000Z"
   */
  expirationTime?: string;
};

/**
 * What the action `calltokens` answers. Makes a URL that runs the automation when somebody posts to it; the
 * URL is shown once.
 */
export type AutomationCalltokensOutput = {
  /**
   * URL to post to; it cannot be shown again.
   *
   * Absolute http or https URL. At most 2048 characters.
   *
   * @example "https://localhost:8443/v1/calls/Zk9sQ2RlZmdoaWprbG1ub3A"
   */
  url: string;
  /**
   * Identifier of the call token, to remove it by.
   *
   * Identifier of a resource. At most 64 characters.
   *
   * @example "6741f3a2c0de4b0f8a1d2e3f"
   */
  id: string;
};

/**
 * What the action `test` is told. Runs the automation with a sample event or payload; a dry run captures its
 * side effects instead of having them.
 */
export type AutomationTestInput = {
  /**
   * Event the script finds in ctx.event.
   *
   * Any JSON, at most 262144 bytes.
   *
   * @example {"operation":"Create","type":"networkaccesspolicy","object":{"name":"p"}}
   */
  event?: unknown;
  /**
   * Payload the script finds in ctx.payload.
   *
   * Any JSON, at most 262144 bytes.
   *
   * @example {"text":"hello"}
   */
  payload?: unknown;
  /**
   * Captures side effects instead of having them.
   *
   * @default true
   * @example true
   */
  dryRun?: boolean;
};

/** What the action `run` is told. Runs the automation now, with a payload. */
export type AutomationRunInput = {
  /**
   * Payload the script finds in ctx.payload.
   *
   * Any JSON, at most 262144 bytes.
   *
   * @example {"text":"hello"}
   */
  payload?: unknown;
};

/** What the action `run` answers. Runs the automation now, with a payload. */
export type AutomationRunOutput = {
  /**
   * Identifier of the run.
   *
   * Identifier of a resource. At most 64 characters.
   *
   * @example "6741f3a2c0de4b0f8a1d2e3f"
   */
  run: string;
};

/** What the action `rollback` is told. Makes a saved version the current one again, as a new version. */
export type AutomationRollbackInput = {
  /**
   * Number of the version to go back to.
   *
   * Whole number, 1 to 9007199254740991.
   *
   * @example 2
   */
  version: number;
};

/** What the action `preview` is told. Shows when a schedule would fire next, without saving it. */
export type AutomationPreviewInput = {
  /**
   * The schedule in question.
   *
   * @example {"cron":"0 30 2 * * ?","timeZone":"Europe/Berlin"}
   */
  schedule: {
    /**
     * Cron expression: six or seven fields with seconds first, or five fields for second 0.
     *
     * Quartz cron of six or seven fields, or cron of five. At most 256 characters.
     *
     * @example "0/2 * * * * ?"
     */
    cron?: string;
    /**
     * Interval between runs, PT1S to P366D, counted from the creation of the automation.
     *
     * ISO 8601 without calendar parts, such as `PT30S`. At most 64 characters.
     *
     * @example "PT30M"
     */
    every?: string;
    /**
     * Time zone the cron expression is read in.
     *
     * IANA time zone. At most 64 characters.
     *
     * @default "UTC"
     * @example "Europe/Berlin"
     */
    timeZone?: string;
    /**
     * What happens with slots that passed while nobody could fire them.
     *
     * - `Skip`: They are skipped.
     * - `Once`: One run stands for all of them.
     * - `All`: Each is made up for, up to a limit of the platform.
     *
     * @default "Once"
     * @example "Once"
     */
    misfire?: 'Skip' | 'Once' | 'All';
    /**
     * What happens when a slot comes while the run before it still goes on.
     *
     * - `Skip`: The slot is skipped.
     * - `Queue`: The run waits for the one before it.
     * - `Parallel`: Both run.
     *
     * @default "Skip"
     * @example "Skip"
     */
    overlap?: 'Skip' | 'Queue' | 'Parallel';
    /**
     * Longest random delay added to each slot, at most PT1H, so that many schedules do not fire at once.
     *
     * ISO 8601 without calendar parts, such as `PT30S`. At most 64 characters.
     *
     * @default "PT0S"
     * @example "PT5S"
     */
    jitter?: string;
  };
  /**
   * From when to look; now when absent.
   *
   * RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`. At most 64 characters.
   *
   * @example "2026-11-21T23:50:00.000Z"
   */
  from?: string;
  /**
   * How many slots to show.
   *
   * Whole number, 1 to 100.
   *
   * @default 10
   * @example 5
   */
  count?: number;
};

/** What the action `preview` answers. Shows when a schedule would fire next, without saving it. */
export type AutomationPreviewOutput = {
  /**
   * The next slots, earliest first.
   *
   * At most 100 elements. Each: RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`; 1 to 64 characters.
   *
   * @default []
   * @example ["2026-11-22T01:30:00.000Z"]
   */
  slots: string[];
};

/** What may be sent to create or replace a {@link Automation}. */
export type AutomationInput = Written<Automation, 'name' | 'trigger' | 'source', 'description' | 'annotations' | 'metadata' | 'associatedTags' | 'protected' | 'condition' | 'modules' | 'parameters' | 'entitlements' | 'limits' | 'secrets' | 'hosts' | 'concurrency' | 'retries' | 'disabled'>;

/** What may be sent to change parts of a {@link Automation}. */
export type AutomationPatch = Merged<Automation, 'name' | 'description' | 'annotations' | 'associatedTags' | 'protected' | 'trigger' | 'condition' | 'source' | 'modules' | 'parameters' | 'entitlements' | 'limits' | 'secrets' | 'hosts' | 'concurrency' | 'retries' | 'disabled'>;
