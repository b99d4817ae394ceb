import type { ProblemDocument, Violation } from '@oarlock/types';

/** Everything this client throws, but for what an abort signal was aborted with. */
export class OarlockError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** No answer came, or none that could be read; a write may or may not have happened. */
export class ConnectionError extends OarlockError {}

/** Events that were missed are past their retention; watching can go on after {@link GapError.to}. */
export class GapError extends OarlockError {
  constructor(
    /** First sequence that is missing. */
    readonly from: number,
    /** Last sequence that is missing. */
    readonly to: number,
  ) {
    super(`Events ${from} to ${to} are past their retention: look at the present state, then watch after ${to}`);
  }
}

/** The platform refused. Its message says all that was wrong. */
export class ProblemError extends OarlockError {
  /** Stable, kebab-case: `validation`, `stale`, `hook-refused`, … */
  readonly code: string;
  readonly title: string;
  /** HTTP status. */
  readonly status: number;
  /** What happened this time, and the way out. */
  readonly detail: string;
  /** Id of the request, to find it by in the audit trail. */
  readonly requestId: string;
  /** Each single thing that is wrong. */
  readonly errors: readonly Violation[];

  constructor(problem: ProblemDocument) {
    super(told(problem));
    this.code = problem.code;
    this.title = problem.title;
    this.status = problem.status;
    this.detail = problem.detail;
    this.requestId = problem.instance;
    this.errors = problem.errors;
  }
}

function told({ title, detail, errors }: ProblemDocument): string {
  const all = errors.map((one) => [one.attribute, one.detail].filter(Boolean).join(': ') + (one.hint ? ` (${one.hint})` : ''));
  return [`${title}: ${detail}`, ...(all.length > 1 ? all : [])].join('\n  ');
}

/** 400: the request could not be read: JSON, a filter, a parameter nobody knows. */
export class MalformedError extends ProblemError {}
/** 401: no token, or one that is expired, revoked, not of this platform. */
export class UnauthenticatedError extends ProblemError {}
/** 403: not allowed, or refused by a hook: `code` is `hook-refused` then. */
export class ForbiddenError extends ProblemError {}
/** 404: not there, or not yours. */
export class NotFoundError extends ProblemError {}
/** 409: in the way of something that exists. */
export class ConflictError extends ProblemError {}
/** 412: it changed since the version in `ifMatch`. */
export class StaleError extends ProblemError {}
/** 413: larger than the platform takes. */
export class TooLargeError extends ProblemError {}
/** 422: the object is not valid; {@link ProblemError.errors} has all violations. */
export class InvalidError extends ProblemError {}
/** 429: too often, also after the retries. */
export class TooManyError extends ProblemError {}
/** 503: not now, also after the retries. */
export class UnavailableError extends ProblemError {}

const CLASSES: Record<number, typeof ProblemError> = {
  400: MalformedError,
  401: UnauthenticatedError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  412: StaleError,
  413: TooLargeError,
  422: InvalidError,
  429: TooManyError,
  503: UnavailableError,
};

/** The error for an answer; what a proxy said in other words is made a problem too. */
export function problemOf(status: number, body: string, requestId: string): ProblemError {
  const document = parsed(body);
  const problem: ProblemDocument = {
    type: 'about:blank',
    code: `http-${status}`,
    title: `HTTP ${status}`,
    detail: document ? 'no detail given' : body.slice(0, DETAIL_CHARACTERS) || 'an empty answer',
    instance: requestId,
    ...document,
    status,
    errors: document?.errors ?? [],
  };
  return new (CLASSES[status] ?? ProblemError)(problem);
}

const DETAIL_CHARACTERS = 500;

function parsed(body: string): Partial<ProblemDocument> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
