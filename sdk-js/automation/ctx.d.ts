// What a script finds in `ctx`: the one declaration. A test compares it with what a run on a platform really has.
import type { Change, ChangeOf, Input, Orderable, Patch, Plural, Read, TypeName, TypeOf } from '@oarlock/types';

/** A span: milliseconds, or ISO 8601 text such as `PT5S`. */
export type Span = number | string;

/** Which one: its id, `name:NAME` where names are unique, or the object itself. */
export type Reference = string | { readonly id: string };

/** Where to work; the automation's own namespace when left out. */
export interface Place {
  namespace?: string;
}

/** Where something is changed or deleted, and whether although it is protected. */
export interface Overriding extends Place {
  /** Also what refuses changes by being `protected`. */
  override?: boolean;
}

export interface CountQuery extends Place {
  /** A filter, such as `action == Reject`. */
  filter?: string;
  /** In the namespaces below as well. */
  recursive?: boolean;
  /** What namespaces above hand down as well. */
  propagated?: boolean;
}

export interface ListQuery<Name extends TypeName> extends CountQuery {
  /** Only these attributes. */
  fields?: ReadonlyArray<keyof Read<Name> & string>;
  /** By what to sort; `-updateTime` descends. */
  order?: Orderable<Name> | `-${Orderable<Name>}` | ReadonlyArray<Orderable<Name> | `-${Orderable<Name>}`>;
  /** How many at most; the platform has a bound of its own. */
  limit?: number;
}

/**
 * The verbs of one type, the same for every type. Each needs its entitlement: `entitlements` of the automation
 * names the type and the operation, `remove` being `delete`. A refusal rejects with a {@link ApiError}.
 */
export interface TypeApi<Name extends TypeName> {
  /** Those that match, at most `limit` of them. */
  list(query?: ListQuery<Name>): Promise<Read<Name>[]>;
  /** How many match. */
  count(query?: CountQuery): Promise<number>;
  /** One of them. */
  get(id: Reference, place?: Place): Promise<Read<Name>>;
  /** Makes one. */
  create(object: Input<Name>, place?: Place): Promise<Read<Name>>;
  /** Replaces the object that has the id. */
  update(object: Input<Name> & { readonly id: string }, place?: Overriding): Promise<Read<Name>>;
  /** Replaces one. */
  update(id: string, object: Input<Name>, place?: Overriding): Promise<Read<Name>>;
  /** Changes parts of one: what is left out stays, `null` removes. */
  patch(id: Reference, changes: Patch<Name>, place?: Overriding): Promise<Read<Name>>;
  /** Deletes one. */
  remove(id: Reference, place?: Overriding): Promise<void>;
}

/** The verbs with the type as their first argument: `ctx.api.list('automations')` is `ctx.api.automations.list()`. */
export interface AnyTypeApi {
  list<P extends Plural>(type: P, query?: ListQuery<TypeOf<P>>): Promise<Read<TypeOf<P>>[]>;
  count(type: Plural, query?: CountQuery): Promise<number>;
  get<P extends Plural>(type: P, id: Reference, place?: Place): Promise<Read<TypeOf<P>>>;
  create<P extends Plural>(type: P, object: Input<TypeOf<P>>, place?: Place): Promise<Read<TypeOf<P>>>;
  update<P extends Plural>(type: P, object: Input<TypeOf<P>> & { readonly id: string }, place?: Overriding): Promise<Read<TypeOf<P>>>;
  update<P extends Plural>(type: P, id: string, object: Input<TypeOf<P>>, place?: Overriding): Promise<Read<TypeOf<P>>>;
  patch<P extends Plural>(type: P, id: Reference, changes: Patch<TypeOf<P>>, place?: Overriding): Promise<Read<TypeOf<P>>>;
  remove(type: Plural, id: Reference, place?: Overriding): Promise<void>;
}

/** The API of the platform, with the automation's entitlements and never more than its author's rights. */
export type Api = AnyTypeApi & { readonly [P in Plural]: TypeApi<TypeOf<P>> };

/** What a refused call rejects with; other errors are the script's own. */
export interface ApiError extends Error {
  /** Stable, kebab-case: `not-entitled`, `validation`, `not-found`, … */
  readonly code: string;
  /** `status` and, of a validation, `errors`. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Values kept between runs of this automation, up to 64 KiB of JSON each. Keys have 1 to 512 characters. */
export interface KeyValues {
  /** The value, or `undefined` (or `null`) when there is none. */
  get(key: string): Promise<any>;
  /** Keeps a value, for `ttl` when that is given. */
  set(key: string, value: unknown, options?: { ttl?: Span }): Promise<void>;
  /** Adds to a number, from 0 when there is none, and answers the sum. */
  increment(key: string, by?: number, options?: { ttl?: Span }): Promise<number>;
  /** Sets the value when it is `expected`, where `undefined` means that there is none; says whether it did. */
  compareAndSet(key: string, expected: unknown, value: unknown, options?: { ttl?: Span }): Promise<boolean>;
  /** Forgets it; says whether there was one. */
  delete(key: string): Promise<boolean>;
}

/** Stands for a secret in headers, URLs and bodies of `fetch`, and becomes its value only on the way out. */
export interface SecretHandle {
  readonly name: string;
  toString(): string;
  toJSON(): string;
}

export interface Secrets {
  /** A handle for a secret that `secrets` of the automation names. */
  get(name: string): Promise<SecretHandle>;
}

/** Lines of the run; values that are no text are written as JSON. */
export interface Log {
  debug(...parts: unknown[]): void;
  info(...parts: unknown[]): void;
  warn(...parts: unknown[]): void;
  error(...parts: unknown[]): void;
}

/** What is known about this run. */
export interface RunFacts {
  readonly id: string;
  /** Id of the automation. */
  readonly automation: string;
  readonly namespace: string;
  /** 1, and more when `retries` made it run again. */
  readonly attempt: number;
  /** What set it off; `depth` counts the hops, of which eight are allowed. */
  readonly cause: { readonly kind: string; readonly id: string; readonly depth: number; readonly parent?: string };
}

/** The slot of a schedule that is being served. */
export interface ScheduleFacts {
  /** When it was due, RFC 3339. */
  readonly slot: string;
  /** Whether it is served late, after a time in which nobody could. */
  readonly late: boolean;
}

/** The write that a hook asks about. */
export type HookEvent<Name extends TypeName = TypeName> = {
  [N in Name]: {
    readonly id: string;
    readonly time: string;
    readonly type: N;
    readonly operation: 'Create' | 'Update' | 'Delete';
    readonly mode: 'Pre' | 'Post';
    readonly namespace: string;
    /** As it would be, or was, written. Return `{ output }` to have another in its place. */
    readonly object: Read<N>;
    readonly original: Read<N> | null;
    /** Who writes, as `@auth:` tags. */
    readonly claims: readonly string[];
    readonly requestId: string;
    readonly dryRun: boolean;
  };
}[Name];

/**
 * What a script is given.
 *
 * `Event` is what its trigger makes of `event`: {@link EventOf} for OnEvent, {@link HookEvent} for OnHook.
 */
export interface Ctx<Event = any, Params = any, Payload = any> {
  /** The event (OnEvent) or the write in question (OnHook). */
  readonly event: Event;
  /** `parameters` of the automation. */
  readonly params: Params;
  /** What the call brought, what `when` returned, or what the action before returned. */
  readonly payload: Payload;
  readonly run: RunFacts;
  /** Only of a run that a schedule set off. */
  readonly schedule?: ScheduleFacts;
  readonly api: Api;
  readonly kv: KeyValues;
  readonly secrets: Secrets;
  readonly log: Log;
  /** The same as the global one. */
  readonly console: Console;
  /** HTTP through the outbound guard, `limits.outboundRequests` times. */
  readonly fetch: typeof fetch;
  readonly crypto: typeof crypto;
  /** Waits. */
  sleep(span: Span): Promise<void>;
  /** The time. */
  now(): Date;
  /** Ends the run; in a script that answers a hook, refuses the write for this reason. */
  refuse(reason: string, details?: { attribute?: string; [key: string]: unknown }): never;
}

/** The event of a trigger on these types. */
export type EventOf<Name extends TypeName = TypeName> = Change<Name>;

/** The context of a script whose trigger is OnEvent on these types. */
export type EventCtx<Name extends TypeName = TypeName, Params = any> = Ctx<ChangeOf<Name>, Params>;

/** The context of a script that answers hooks on these types. */
export type HookCtx<Name extends TypeName = TypeName, Params = any> = Ctx<HookEvent<Name>, Params>;

/** What a script that answers a hook returns: nothing to go on, or the object to write in place of the one given. */
export type HookAnswer<Name extends TypeName = TypeName> = void | { output: Read<Name> };
