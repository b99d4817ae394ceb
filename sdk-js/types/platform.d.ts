import type { ResourceTypes, TypeName } from './index.js';

/** What may be read, made from its declaration `Shape` in {@link ResourceTypes}. */
export type Read<Name extends TypeName> = ResourceTypes[Name]['read'];

/** What may be sent to create or replace one. */
export type Input<Name extends TypeName> = ResourceTypes[Name]['input'];

/** What may be sent to change parts of one. */
export type Patch<Name extends TypeName> = ResourceTypes[Name]['patch'];

/** Attributes that lists can be ordered by. */
export type Orderable<Name extends TypeName> = ResourceTypes[Name]['orderable'];

/** The lower-case plural that addresses a type, such as `automations`. */
export type Plural = ResourceTypes[TypeName]['plural'];

/** The type that a plural addresses. */
export type TypeOf<P extends Plural> = {
  [Name in TypeName]: ResourceTypes[Name]['plural'] extends P ? Name : never;
}[TypeName];

/** Attributes that the platform alone writes are left out, those with a default may be. */
export type Written<T, Required extends keyof T, Optional extends keyof T> = Pick<T, Required> &
  Partial<Pick<T, Optional>>;

/** A merge patch (RFC 7396): `null` removes, what is left out stays. */
export type Merged<T, Writable extends keyof T> = {
  [K in keyof T as Extract<K, Writable>]?: MergedValue<T[K]> | null;
};

type MergedValue<V> = V extends readonly unknown[]
  ? V
  : V extends object
    ? { [K in keyof V]?: MergedValue<V[K]> | null }
    : V;

/** One thing wrong with a request. */
export interface Violation {
  /** Stable, for programs: `required`, `unknown-attribute`, … */
  readonly code: string;
  /** For people: what is wrong and what would be right. */
  readonly detail: string;
  /** Where in the body, as a JSON pointer (RFC 6901): `/trigger/cron`. */
  readonly pointer?: string;
  /** The same with dots: `trigger.cron`. */
  readonly attribute?: string;
  /** A guess at what was meant: `Did you mean "name"?` */
  readonly hint?: string;
}

/** A refusal: a problem document (RFC 9457). */
export interface ProblemDocument {
  /** Where the code is explained. */
  readonly type: string;
  /** Stable, kebab-case. */
  readonly code: string;
  /** The same for every problem of that code. */
  readonly title: string;
  /** HTTP status. */
  readonly status: number;
  /** What happened this time, and the way out. */
  readonly detail: string;
  /** Id of the request: the audit trail and the log of the platform have it too. */
  readonly instance: string;
  /** All that is wrong, not only the first. */
  readonly errors: readonly Violation[];
}

/** Why something happened. */
export interface Cause {
  /** `Request`, `Run`, `Event`, `Schedule`, `Platform`, … */
  readonly kind: string;
  /** Id of what caused it. */
  readonly id: string;
  /** Hops since somebody outside asked; a chain is cut beyond eight. */
  readonly depth: number;
  readonly parent?: string;
  /** Id of the request, or of what the platform did by itself, that the whole chain began with. */
  readonly request?: string;
  readonly requestId?: string;
  readonly address?: string;
  /** Who it was, as `@auth:` tags. */
  readonly claims?: readonly string[];
}

/** A committed write of one type: it was stored together with this event. */
export interface ChangeOf<Name extends TypeName> {
  /** Never given twice: what makes handling it idempotent. */
  readonly id: string;
  /** Place in the event log; grows, with gaps. */
  readonly sequence: number;
  /** When it was committed, RFC 3339. */
  readonly time: string;
  readonly type: Name;
  readonly operation: 'Create' | 'Update' | 'Delete';
  readonly namespace: string;
  /** As it is after the write; of a deletion, as it last was. */
  readonly object: Read<Name>;
  /** As it was before an update. */
  readonly original?: Read<Name>;
  readonly cause: Cause;
}

/** An event of one of the types; `type` says which, and so what `object` is. */
export type Change<Name extends TypeName = TypeName> = { [N in Name]: ChangeOf<N> }[Name];

/** Events that a subscriber cannot have any more, because they are past their retention. */
export interface Gap {
  readonly kind: 'Gap';
  /** First sequence that is missing. */
  readonly from: number;
  /** Last sequence that is missing. */
  readonly to: number;
}
