import type { Input, Issue, IssueInput, Patch, Read, TypeName } from '@oarlock/types';
import type { Credentials } from './credentials.js';
import { ConnectionError, problemOf, ProblemError } from './problems.js';
import { abortable, backoff, bounded, pause } from './waiting.js';

/** What the client needs of an answer: a `Response` has it. */
export interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | null;
  text(): Promise<string>;
}

/** What sends requests: the `fetch` of browsers and Node, `nodeFetch` of `@oarlock/client/node`, or your own. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string; signal: AbortSignal },
) => Promise<Answer>;

/** How often, and how patiently. */
export interface Patience {
  /** Attempts in all for what may be repeated; 4. */
  attempts?: number;
  /** Milliseconds before the second attempt, doubling; 200. */
  delay?: number;
  /** Longest wait between two attempts, also when `Retry-After` wants more, in milliseconds; 10,000. */
  delayMax?: number;
  /** Longest time of one attempt, in milliseconds; 65,000: the platform itself gives up after 60 seconds. */
  timeout?: number;
}

export interface ClientOptions extends Patience {
  /** Where the platform is: `https://localhost:8443`. */
  url: string;
  credentials: Credentials;
  /** Where to work unless a call says otherwise; that of the token when left out. */
  namespace?: string | undefined;
  fetch?: Fetch;
}

/** What every call may be told. */
export interface CallOptions {
  /** In place of the client's namespace. */
  namespace?: string | undefined;
  /** Ends the call; it throws what the signal was aborted with. */
  signal?: AbortSignal | undefined;
}

/** One request below `/v1/`. */
export interface ApiRequest extends CallOptions {
  method: string;
  /** Below `/v1/`, its parts encoded. */
  path: string;
  query?: Record<string, string | number | boolean | readonly string[] | undefined>;
  headers?: Record<string, string | undefined>;
  body?: unknown;
  /** Whether sending it twice does no more than sending it once. */
  repeatable?: boolean;
}

/** One write of a batch. */
export type BatchWrite = {
  [Name in TypeName]:
    | { operation: 'Create'; type: Name; namespace?: string; body: Input<Name> }
    | { operation: 'Update'; type: Name; id: string; namespace?: string; version?: number; body: Input<Name> }
    | { operation: 'Patch'; type: Name; id: string; namespace?: string; version?: number; body: Patch<Name> }
    | { operation: 'Delete'; type: Name; id: string; namespace?: string; version?: number };
}[TypeName];

/** What became of one write of a batch. */
export interface BatchResult {
  /** 201, 200 or 204. */
  readonly status: number;
  readonly resource?: Read<TypeName>;
}

const DEFAULTS = { attempts: 4, delay: 200, delayMax: 10_000, timeout: 65_000 };

/** Answers after which the platform, or a proxy before it, has done nothing yet. */
const NOT_DONE = new Set([429, 503]);
const PERHAPS_DONE = new Set([502, 504]);

/** The platform's word for an answer that came too late; the write may still have happened. */
const TIMED_OUT = 'timed-out';

/**
 * A connection to a platform: sends requests, with a token that it renews, and again where that is safe.
 * Types are functions of it: `automations(client).list()`.
 */
export class Client {
  readonly url: string;
  readonly namespace: string | undefined;
  readonly credentials: Credentials;
  readonly #options: ClientOptions;
  readonly #fetch: Fetch;
  readonly #patience: Required<Patience>;

  constructor(options: ClientOptions) {
    const { url, credentials, namespace, fetch, ...patience } = options;
    this.url = url.replace(/\/+$/, '');
    this.namespace = namespace;
    this.credentials = credentials;
    this.#options = options;
    this.#fetch = fetch ?? ((where, init) => globalThis.fetch(where, init));
    this.#patience = { ...DEFAULTS, ...patience };
  }

  /** The same client at work in another namespace; both share their token. */
  in(namespace: string): this {
    return new (this.constructor as new (options: ClientOptions) => this)({ ...this.#options, namespace });
  }

  /** Sends a request and reads its JSON answer; `undefined` when there is none. */
  async json<T>(request: ApiRequest): Promise<T> {
    const { text } = await this.send(request);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** Sends a request, again where that is safe; throws a {@link ProblemError} when it is refused. */
  async send(request: ApiRequest): Promise<{ answer: Answer; text: string }> {
    let lostOnce = false;
    for (let attempt = 1; ; attempt++) {
      const limit = bounded(request.signal, this.#patience.timeout, () => new ConnectionError(`no answer within ${this.#patience.timeout} ms`));
      try {
        const answer = await this.#authorized(request, limit.signal);
        const text = await answer.text();
        if (answer.status < 400) return { answer, text };
        const problem = problemOf(answer.status, text, answer.headers.get('X-Request-Id') ?? '');
        // The first attempt did it, though its answer was lost.
        if (lostOnce && request.method === 'DELETE' && problem.status === 404) return { answer, text: '' };
        lostOnce ||= PERHAPS_DONE.has(problem.status) || problem.code === TIMED_OUT;
        await this.#rest(attempt, problem, request, answer.headers.get('Retry-After'));
      } catch (error) {
        request.signal?.throwIfAborted();
        if (error instanceof ProblemError) throw error;
        lostOnce = true;
        await this.#rest(attempt, unanswered(limit.signal.aborted ? limit.signal.reason : error), request, null);
      } finally {
        limit.done();
      }
    }
  }

  /** Waits before the next attempt, or throws when there is to be none. */
  async #rest(attempt: number, error: ProblemError | ConnectionError, request: ApiRequest, retryAfter: string | null): Promise<void> {
    const status = error instanceof ProblemError ? error.status : 0;
    const notDone = NOT_DONE.has(status) && (error as ProblemError).code !== TIMED_OUT;
    const perhaps = status === 0 || PERHAPS_DONE.has(status) || NOT_DONE.has(status);
    if (attempt >= this.#patience.attempts || !(notDone || (perhaps && request.repeatable))) throw error;
    const { delay, delayMax } = this.#patience;
    const told = retryAfter === null ? 0 : seconds(retryAfter) * 1000;
    await pause(Math.min(delayMax, Math.max(told, backoff(attempt, delay, delayMax))), request.signal);
  }

  /** One attempt; with another token when the first is refused. */
  async #authorized(request: ApiRequest, signal: AbortSignal): Promise<Answer> {
    const used = await abortable(this.credentials(this.#issue), signal);
    const answer = await this.#sent(request, signal, used);
    if (answer.status !== 401) return answer;
    const other = await abortable(this.credentials(this.#issue, used), signal);
    if (other === used) return answer;
    await answer.text();
    return this.#sent(request, signal, other);
  }

  readonly #issue = async (input: IssueInput): Promise<Issue> => {
    const limit = bounded(undefined, this.#patience.timeout, () => new ConnectionError('no token in time'));
    try {
      const answer = await this.#sent({ method: 'POST', path: 'issue', body: input }, limit.signal);
      const text = await answer.text();
      if (answer.status >= 400) throw problemOf(answer.status, text, answer.headers.get('X-Request-Id') ?? '');
      return JSON.parse(text) as Issue;
    } catch (error) {
      throw error instanceof ProblemError ? error : unanswered(limit.signal.aborted ? limit.signal.reason : error);
    } finally {
      limit.done();
    }
  };

  #sent({ method, path, query, headers, body, namespace = this.namespace }: ApiRequest, signal: AbortSignal, token?: string): Promise<Answer> {
    const all: Record<string, string> = { Accept: 'application/json' };
    if (token !== undefined) all['Authorization'] = `Bearer ${token}`;
    if (token !== undefined && namespace !== undefined) all['X-Namespace'] = namespace;
    if (body !== undefined) all['Content-Type'] = 'application/json';
    for (const [name, value] of Object.entries(headers ?? {})) if (value !== undefined) all[name] = value;
    const init = { method, headers: all, signal, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    return this.#fetch(`${this.url}/v1/${path}${search(query)}`, init);
  }

  /** A stream of server-sent events, whose end is for the caller to notice. */
  async stream(request: ApiRequest, signal: AbortSignal): Promise<Answer> {
    const answer = await this.#authorized({ ...request, headers: { ...request.headers, Accept: 'text/event-stream' } }, signal);
    if (answer.status >= 400) throw problemOf(answer.status, await answer.text(), answer.headers.get('X-Request-Id') ?? '');
    return answer;
  }

  /**
   * Several writes, up to 500: all of them or none. They are told apart from a repetition by the key, so that a
   * lost answer is asked for again.
   */
  batch(writes: readonly BatchWrite[], options: CallOptions & { dryRun?: boolean; override?: boolean; idempotencyKey?: string } = {}): Promise<BatchResult[]> {
    const { dryRun, override, idempotencyKey = crypto.randomUUID(), ...call } = options;
    return this.json({
      ...call, method: 'POST', path: 'batch', body: writes, query: { dryRun, override },
      headers: { 'Idempotency-Key': idempotencyKey }, repeatable: writes.every(({ operation }) => operation === 'Create'),
    });
  }
}

function unanswered(error: unknown): ConnectionError {
  if (error instanceof ConnectionError) return error;
  const { message, cause } = error as Error;
  const why = cause instanceof Error ? `: ${cause.message}` : '';
  return new ConnectionError(`The platform did not answer: ${message}${why}`, { cause: error });
}

/** `Retry-After` is seconds or a date (RFC 9110, 10.2.3). */
function seconds(text: string): number {
  const number = Number(text);
  if (Number.isFinite(number)) return Math.max(0, number);
  const date = Date.parse(text);
  return Number.isNaN(date) ? 0 : Math.max(0, (date - Date.now()) / 1000);
}

function search(query: ApiRequest['query'] = {}): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== false && value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(Array.isArray(value) ? value.join(',') : String(value))}`);
  return parts.length ? `?${parts.join('&')}` : '';
}
