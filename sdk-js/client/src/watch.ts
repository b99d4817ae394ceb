import type { Change, Gap, TypeName } from '@oarlock/types';
import type { Answer, CallOptions, Client } from './client.js';
import { ConnectionError, GapError, OarlockError, ProblemError } from './problems.js';
import { frames } from './sse.js';
import { backoff, bounded, pause } from './waiting.js';

export interface WatchOptions<Name extends TypeName = TypeName> extends CallOptions {
  /** All types when left out. */
  types?: readonly Name[];
  operations?: ReadonlyArray<'Create' | 'Update' | 'Delete'>;
  /** In the namespaces below as well. */
  recursive?: boolean;
  /** A filter on the object of an event. */
  filter?: string;
  /** Goes on after this sequence; from now on when left out, from the beginning with 0. */
  after?: number;
  /** Called each time the stream is open: what happens from now on will be told. */
  onOpen?: (position: number) => void;
  /** Called with events that are lost; without it a {@link GapError} is thrown. */
  onGap?: (gap: Gap) => void;
}

/** The platform gives a sign of life every 15 seconds. */
const SILENCE_MAX_MILLIS = 45_000;
const RETURN_AFTER_MILLIS = 250;
const RETURN_AFTER_MAX_MILLIS = 15_000;

const AGAIN = new Set([401, 429, 500, 502, 503, 504]);
const UNAUTHENTICATED_MAX = 2;

/**
 * Events as they happen. When the connection breaks it comes back and goes on after the last event seen, so that
 * none is missing and none comes twice; it ends when its signal is aborted or its loop is left, and throws when
 * the platform will not have it.
 *
 * @example for await (const event of new Watch(client, { types: ['automation'] })) console.log(event.object.name);
 */
export class Watch<Name extends TypeName = TypeName> implements AsyncIterable<Change<Name>> {
  /** Sequence up to which everything was told; `after` of a successor. */
  position: number | undefined;
  readonly #client: Client;
  readonly #options: WatchOptions<Name>;

  constructor(client: Client, options: WatchOptions<Name> = {}) {
    this.#client = client;
    this.#options = options;
    this.position = options.after;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Change<Name>> {
    for (let failures = 1, unauthenticated = 0; ; failures++) {
      const limit = bounded(this.#options.signal, SILENCE_MAX_MILLIS, () => new ConnectionError('the stream fell silent'));
      try {
        const answer = await this.#open(limit.signal);
        for await (const change of this.#read(answer, limit.again)) {
          failures = unauthenticated = 0;
          yield change;
        }
      } catch (error) {
        this.#options.signal?.throwIfAborted();
        const status = error instanceof ProblemError ? error.status : 0;
        unauthenticated += status === 401 ? 1 : 0;
        if (error instanceof OarlockError && !(error instanceof ConnectionError) && !AGAIN.has(status)) throw error;
        if (unauthenticated >= UNAUTHENTICATED_MAX) throw error;
      } finally {
        limit.done();
        limit.abort();
      }
      this.#options.signal?.throwIfAborted();
      await pause(backoff(Math.max(1, failures), RETURN_AFTER_MILLIS, RETURN_AFTER_MAX_MILLIS), this.#options.signal);
    }
  }

  #open(signal: AbortSignal): Promise<Answer> {
    const { namespace, types, operations, recursive, filter } = this.#options;
    const query = { types, operations, recursive, filter, after: this.position };
    return this.#client.stream({ method: 'GET', path: 'events', namespace, query }, signal);
  }

  async *#read(answer: Answer, alive: () => void): AsyncGenerator<Change<Name>> {
    let open = false;
    for await (const { event, id, data } of frames(answer.body, alive)) {
      if (event === 'end') return;
      if (event === 'gap') this.#gap(JSON.parse(data) as Gap);
      else if (data !== '') {
        const change = JSON.parse(data) as Change<Name>;
        this.position = change.sequence;
        yield change;
      }
      if (id !== '') this.position = Math.max(this.position ?? 0, Number(id));
      if (!open) this.#options.onOpen?.(this.position ?? 0);
      open = true;
    }
  }

  #gap(gap: Gap): void {
    if (!this.#options.onGap) throw new GapError(gap.from, gap.to);
    this.#options.onGap(gap);
  }
}
